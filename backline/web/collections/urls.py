from django.urls import path

from backline.web.collections import views

urlpatterns = [
    path("dashboard/collections/", views.my_collections, name="collections"),
    path("dashboard/collections/collections.csv", views.collections_csv, name="collections-csv"),
    path("dashboard/collections/delete/", views.delete, name="collections-delete"),
    path("dashboard/collections/undo/", views.undo, name="collections-undo"),
]
