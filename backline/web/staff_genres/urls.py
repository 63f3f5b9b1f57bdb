from django.urls import path

from backline.web.staff_genres import views

urlpatterns = [
    path("staff/genres/", views.genres, name="staff-genres"),
    path("staff/genres/<int:genre_id>/rename/", views.rename, name="staff-genre-rename"),
    path("staff/genres/<int:genre_id>/remove/", views.remove, name="staff-genre-remove"),
]
