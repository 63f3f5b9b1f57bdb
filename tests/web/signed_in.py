"""A client whose account has just given its password, without passing the sign-in's throttle."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from tests.conftest import Cast


def just_signed_in(cast: Cast, name: str) -> Client:
    """Signed in as the named one of the cast, who gave the password this minute."""
    client = cast.client(name)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, getattr(cast, name), method="password", reauthenticated=True)
    request.session.save()
    return client
