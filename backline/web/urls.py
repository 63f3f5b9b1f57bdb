"""Every address. Each screen lists its own; names are the screen's."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

SCREENS = [
    "health",
    "welcome",
    "discover",
    "artist",
    "beat",
    "collection",
    "dashboard",
    "finances",
    "activity",
    "progress",
    "leaderboards",
    "beats",
    "collections",
    "collection_form",
    "upload",
    "beat_form",
    "receipts",
    "cases",
    "staff",
    "statement",
    "rewards",
    "program",
    "preferences",
    "originality",
    "styleguide",
    "api",
]

urlpatterns = [
    *[path("", include(f"backline.web.{screen}.urls")) for screen in SCREENS],
    path("accounts/", include("allauth.urls")),
    path("staff/admin/", admin.site.urls),
]

handler400 = "backline.web.errors.views.bad_request"
handler403 = "backline.web.errors.views.forbidden"
handler404 = "backline.web.errors.views.not_found"
handler500 = "backline.web.errors.views.server_error"
