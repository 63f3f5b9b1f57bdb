from django.urls import path

from backline.web.beat import private, views

urlpatterns = [
    path("beats/p/<str:token>/", private.private_beat, name="private-beat"),
    path("beats/p/<str:token>/sound/", private.private_sound, name="private-sound"),
    path("beats/<int:beat_id>-<slug:slug>/", views.beat, name="beat"),
    path("beats/<int:beat_id>/", views.beat, name="beat_by_id"),
    path("beats/<int:beat_id>/play", views.play, name="play"),
    path("beats/<int:beat_id>/like", views.like, name="like"),
]
