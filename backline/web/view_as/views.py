"""Beginning and ending to look as somebody."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from backline.core import clock
from backline.outbox.actions import record_audit
from backline.people.models import Account, Artist
from backline.web import access, viewer
from backline.web.step_up import fresh_sign_in_required
from backline.web.view_as import session
from backline.web.view_as.middleware import TOPIC


@require_POST
@access.staff_only
@fresh_sign_in_required
def as_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Looks as an account."""
    return _begin(request, access.any_account(account_id), None)


@require_POST
@access.staff_only
@fresh_sign_in_required
def as_artist(request: HttpRequest, artist_id: int) -> HttpResponse:
    """Looks at an artist's pages as its first owner sees them."""
    artist = access.any_artist(artist_id)
    account = session.eyes_of(artist)
    if account is None:
        messages.error(request, "This artist has no owner whose pages you may look at.")
        return redirect("staff-artist", artist_id=artist_id)
    return _begin(request, account, artist)


@require_POST
@access.staff_only
def stop(request: HttpRequest) -> HttpResponse:
    """The pages are one's own again."""
    with transaction.atomic():
        seen = session.end(request)
        if seen is None:
            raise Http404
        account = access.any_account(seen)
        record_audit(
            f"stopped looking as {account.email}",
            account_id=viewer.person(request).pk, topic=TOPIC, now=clock.now(),
        )  # fmt: skip
    return redirect("staff-person", account_id=account.pk)


def _begin(request: HttpRequest, account: Account, artist: Artist | None) -> HttpResponse:
    now = clock.now()
    try:
        session.begin(request, account=account, artist=artist, now=now)
    except session.NotToBeSeen as reason:
        messages.error(request, str(reason))
        return redirect("staff-person", account_id=account.pk)
    of = f", of {artist.name}" if artist else ""
    record_audit(
        f"began to look as {account.email}{of}",
        account_id=viewer.person(request).pk, topic=TOPIC, now=now,
    )  # fmt: skip
    return redirect("/dashboard/")
