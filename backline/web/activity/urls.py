from django.urls import path

from backline.web.activity import views

urlpatterns = [
    path("dashboard/activity/", views.activity, name="activity"),
    path("dashboard/activity/days.csv", views.days_csv, name="activity-days"),
]
