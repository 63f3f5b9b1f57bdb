from django.urls import path

from backline.web.collection import views

urlpatterns = [
    path("collections/<int:collection_id>-<slug:slug>/", views.collection, name="collection"),
    path("collections/<int:collection_id>/", views.collection, name="collection_by_id"),
]
