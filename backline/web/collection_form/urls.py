from django.urls import path

from backline.web.collection_form import views

urlpatterns = [
    path("backstage/collections/new/", views.new_collection, name="collection-new"),
    path("backstage/collections/<int:collection_id>/", views.collection_form, name="collection-form"),
]
