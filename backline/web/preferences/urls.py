from django.urls import path

from backline.web.preferences import views

urlpatterns = [
    path("settings/", views.settings_page, name="settings"),
    path("settings/sessions/<int:session_id>/end/", views.end_session, name="end_session"),
    path("settings/theme/", views.theme, name="theme"),
]
