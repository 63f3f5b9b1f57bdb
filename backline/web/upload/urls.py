from django.urls import path

from backline.web.upload import views

urlpatterns = [path("backstage/upload/", views.upload, name="upload")]
