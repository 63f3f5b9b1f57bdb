from django.urls import path

from backline.web.beats import views

urlpatterns = [
    path("dashboard/beats/", views.my_beats, name="beats"),
    path("dashboard/beats/beats.csv", views.beats_csv, name="beats-csv"),
    path("backstage/beats/<int:beat_id>/feature/", views.feature, name="beat-feature"),
]
