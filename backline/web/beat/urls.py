from django.urls import path

from backline.web.beat import views

urlpatterns = [
    path("beats/<int:beat_id>-<slug:slug>/", views.beat, name="beat"),
    path("beats/<int:beat_id>/", views.beat, name="beat_by_id"),
    path("beats/<int:beat_id>/play", views.play, name="play"),
    path("beats/<int:beat_id>/like", views.like, name="like"),
]
