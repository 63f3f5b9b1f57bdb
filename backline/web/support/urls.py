from django.urls import path

from backline.web.support import staff, views

urlpatterns = [
    path("help/support/", views.support, name="support"),
    path("help/support/<int:ticket_id>/", views.ticket, name="ticket"),
    path("help/support/files/<int:file_id>/", views.enclosure, name="enclosure"),
    path("staff/support/", staff.inbox, name="staff-support"),
    path("staff/support/<int:ticket_id>/", staff.ticket, name="staff-ticket"),
]
