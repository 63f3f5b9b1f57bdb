from django.urls import path

from backline.web.personal import views

urlpatterns = [
    path("settings/data/", views.data, name="personal"),
    path("settings/data/export.json", views.export, name="personal-export"),
    path("settings/data/close/", views.close, name="close-artist"),
    path("settings/data/delete/", views.delete, name="delete-account"),
]
