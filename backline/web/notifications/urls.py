from django.urls import path

from backline.web.notifications import views

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read, name="notifications_read"),
    path("notifications/<int:notification_id>/", views.opened, name="notification"),
    path("notifications/settings/", views.choices, name="notification_settings"),
]
