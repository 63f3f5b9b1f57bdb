"""Webhooks of Stripe: the signature is checked, the event kept under its id, and answered; the worker handles it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from backline.core import clock
from backline.integrations.stripe.events import event_of
from backline.integrations.stripe.signatures import is_signed
from backline.money.actions import InboxFull, store_event

LONGEST = 512 * 1024
"""The largest event that is read, in bytes."""


@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Events of version 1, with the object in them."""
    return _take(request, settings.STRIPE_WEBHOOK_SECRETS)


@csrf_exempt
@require_POST
def account_events(request: HttpRequest) -> HttpResponse:
    """Events of version 2, which only name the object."""
    return _take(request, settings.STRIPE_THIN_SECRETS)


def _take(request: HttpRequest, secrets: Sequence[str]) -> HttpResponse:
    """204 once it is kept, or was before; 400 when nobody we know signed it, or it is no event; 503: send it again."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return HttpResponse(status=413)
    now, body = clock.now(), request.body
    header = request.headers.get("Stripe-Signature", "")
    if not is_signed(body, header, secrets=secrets, now_s=now.timestamp()):
        return HttpResponse("The signature does not fit.", status=400, content_type="text/plain")
    try:
        event = event_of(json.loads(body))
    except (AttributeError, KeyError, TypeError, ValueError):
        return HttpResponse("This is no event.", status=400, content_type="text/plain")
    try:
        store_event(event, raw=body.decode(), now=now)
    except InboxFull:
        return HttpResponse(status=503, headers={"Retry-After": "2"})
    return HttpResponse(status=204)
