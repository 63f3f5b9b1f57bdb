from django.urls import path

from backline.domain.applications import KINDS
from backline.web.program import staff, views

ONE = "program/applications/<int:application_id>/"
STAFF = "staff/applications/<int:application_id>/"

urlpatterns = [
    path("program/", views.program, name="program"),
    *(path(f"program/{kind}/", views.apply, {"kind": kind}, name="apply") for kind in KINDS),
    path(ONE, views.application, name="application"),
    path(f"{ONE}files/", views.files, name="application-files"),
    path(f"{ONE}proofs/", views.proofs, name="application-proofs"),
    path(f"{ONE}withdraw/", views.withdraw, name="application-withdraw"),
    path("staff/applications/", staff.applications, name="staff-applications"),
    path(STAFF, staff.application, name="staff-application"),
    path(f"{STAFF}act/", staff.act, name="staff-application-act"),
    path(f"{STAFF}files/<int:attachment_id>/", staff.attachment, name="staff-attachment"),
]
