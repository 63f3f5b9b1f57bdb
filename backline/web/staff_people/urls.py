from django.urls import path

from backline.web.staff_people import views

urlpatterns = [
    path("staff/people/", views.people, name="staff-people"),
    path("staff/people/artists/new/", views.new_artist, name="staff-new-artist"),
    path("staff/people/accounts/<int:account_id>/", views.person, name="staff-person"),
    path("staff/people/artists/<int:artist_id>/", views.artist, name="staff-artist"),
]
