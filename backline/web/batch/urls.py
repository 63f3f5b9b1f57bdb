from django.urls import path

from backline.web.batch import views

urlpatterns = [path("backstage/upload/batch/", views.batch, name="batch")]
