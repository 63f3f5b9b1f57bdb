from django.urls import path

from backline.web.staff_platform import views

urlpatterns = [
    path("staff/platform/", views.platform, name="staff-platform"),
    path("staff/platform/rule/", views.rule, name="staff-platform-rule"),
    path("staff/platform/log/", views.log, name="staff-log"),
]
