from django.urls import path

from backline.web.originality import views

urlpatterns = [
    path("staff/originality/", views.appeals, name="staff-originality"),
    path("staff/originality/<int:appeal_id>/answer/", views.answer, name="staff-originality-answer"),
]
