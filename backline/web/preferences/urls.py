from django.urls import path

from backline.web.preferences import views

urlpatterns = [
    path("settings/", views.settings_page, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
]
