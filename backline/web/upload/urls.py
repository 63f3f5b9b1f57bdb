from django.urls import path

from backline.web.upload import pieces, views

urlpatterns = [
    path("backstage/upload/", views.upload, name="upload"),
    path("backstage/uploads/", pieces.begin, name="uploads"),
    path("backstage/uploads/<uuid:upload_id>", pieces.one, name="one-upload"),
    path("backstage/uploads/<uuid:upload_id>/finish", pieces.finish, name="finish-upload"),
]
