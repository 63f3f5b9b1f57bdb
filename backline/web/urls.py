"""Every address. Each screen lists its own; names are the screen's."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

SCREENS = [
    "health",
    "webhooks",
    "plans",
    "welcome",
    "discover",
    "artist",
    "beat",
    "embed",
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
    "upload_defaults",
    "batch",
    "beat_form",
    "beat_life",
    "shares",
    "receipts",
    "insights",
    "cases",
    "staff",
    "staff_people",
    "staff_menu",
    "staff_genres",
    "staff_platform",
    "view_as",
    "payout_setup",
    "statement",
    "rewards",
    "definitions",
    "palette",
    "program",
    "preferences",
    "sign_in_provider",
    "notifications",
    "personal",
    "members",
    "profile",
    "originality",
    "support",
    "help",
    "small_print",
    "styleguide",
    "api",
]

urlpatterns = [
    *[path("", include(f"backline.web.{screen}.urls")) for screen in SCREENS],
    path("accounts/", include("backline.web.accounts.urls")),
    path("staff/admin/", admin.site.urls),
]

handler400 = "backline.web.errors.views.bad_request"
handler403 = "backline.web.errors.views.forbidden"
handler404 = "backline.web.errors.views.not_found"
handler429 = "backline.web.errors.views.too_many"  # of the sign-in library
handler500 = "backline.web.errors.views.server_error"
