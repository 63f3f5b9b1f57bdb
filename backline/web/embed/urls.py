from django.urls import path

from backline.web.embed import views

urlpatterns = [
    path("embed/<int:beat_id>/", views.embed, name="embed"),
    path("embed/<int:beat_id>/play", views.play, name="embed-play"),
    path("oembed/", views.oembed, name="oembed"),
]
