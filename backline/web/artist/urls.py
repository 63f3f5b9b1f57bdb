from django.urls import path

from backline.web.artist import views

urlpatterns = [
    path("@<str:handle>/", views.artist, name="artist"),
    path("@<str:handle>/feed.atom", views.feed, name="feed"),
    path("@<str:handle>/follow", views.follow, name="follow"),
]
