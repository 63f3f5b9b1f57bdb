"""Notifications of the signed-in account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.domain.notices import GROUPS
from backline.outbox import actions, queries
from backline.web import access, viewer
from backline.web.numbers import page_in
from backline.web.render import page

SIZE = 20
ON_PAGE = {key: group for key, group in GROUPS.items() if "page" in group.channels}


@require_safe
@access.signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    """Everything the account was told, newest first."""
    account = viewer.person(request).pk
    group = request.GET.get("group", "")
    group = group if group in ON_PAGE else ""
    told = queries.notification_page(account, group=group, page=page_in(request.GET), size=SIZE)
    return page(
        request, "notifications/page.html", told=told, group=group, groups=ON_PAGE,
        unread=queries.unread_count(account),
    )  # fmt: skip


@require_POST
@access.signed_in
def read(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    actions.mark_read(viewer.person(request).pk, now=clock.now())
    return redirect("notifications")


@require_POST
@access.signed_in
def opened(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Marks one as read and goes where it leads."""
    account = viewer.person(request).pk
    told = queries.notification(account, notification_id)
    if told is None:
        raise Http404
    actions.mark_read(account, ids=[told.id], now=clock.now())
    return redirect(told.url)


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """What the account wants to be told, by group and channel; each switch takes effect at once."""
    account = viewer.person(request).pk
    if request.method == "POST":
        on = {
            (group.key, channel): f"{group.key}:{channel}" in request.POST
            for group in GROUPS.values()
            for channel in group.channels
        }
        actions.choose_channels(account, on)
        messages.success(request, "Saved.")
        return redirect("notification_settings")
    return page(
        request, "notifications/settings.html", groups=GROUPS.values(), on=queries.channel_choices(account)
    )
