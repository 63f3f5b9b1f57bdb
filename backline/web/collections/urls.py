from django.urls import path

from backline.web.collections import views

urlpatterns = [path("dashboard/collections/", views.my_collections, name="collections")]
