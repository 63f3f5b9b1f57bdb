from django.urls import path

from backline.web.view_as import views

urlpatterns = [
    path("staff/view-as/accounts/<int:account_id>/", views.as_account, name="view-as-account"),
    path("staff/view-as/artists/<int:artist_id>/", views.as_artist, name="view-as-artist"),
    path("staff/view-as/stop/", views.stop, name="view-as-stop"),
]
