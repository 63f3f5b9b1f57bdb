from django.urls import path

from backline.web.profile import views

urlpatterns = [
    path("backstage/profile/", views.profile, name="profile"),
    path("backstage/profile/address/", views.address, name="profile_address"),
    path("backstage/profile/picture/", views.picture, name="profile_picture"),
    path("backstage/profile/cover/", views.banner, name="profile_cover"),
    path("backstage/profile/photos/", views.photos, name="profile_photos"),
    path("backstage/profile/photos/<int:photo_id>/", views.photo, name="profile_photo"),
]
