from django.urls import path

from backline.web.upload_defaults import views

urlpatterns = [
    path("backstage/upload/defaults/", views.defaults, name="upload-defaults"),
    path("backstage/upload/defaults/tag/", views.voice_tag, name="voice-tag"),
]
