"""One attempt to sign in by the provider, from the button to the return: what is kept of it, and for how long."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from backline.core import clock
from backline.integrations import oidc
from backline.web.sign_in_provider.arriving import CONFIRM
from backline.web.sign_in_provider.configured import configured

CLOCKS_DIFFER_S = 60


def begin(request: HttpRequest, *, purpose: str, next_url: str | None) -> str:
    """The provider's address to go to; the session keeps what the return must fit, for ten minutes.

    Raises:
        oidc.NoAnswer, oidc.Untrusted.
    """
    at = oidc.discovered(configured())
    kept = {"nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(64)}
    state: str = _provider(request).stash_redirect_state(
        request,
        purpose,
        next_url,
        {"zone": request.POST.get("zone", "")},
        at=asdict(at),
        begun_s=int(clock.now().timestamp()),
        **kept,
    )
    attempt = oidc.Attempt(state=state, back_to=_callback(), **kept)
    return oidc.sign_in_address(configured(), at, attempt, again=purpose == CONFIRM)


def begun(request: HttpRequest) -> dict[str, Any]:
    """What the session kept of the attempt that this return names; it serves once.

    Raises:
        PermissionDenied: this browser began no such attempt, or ten minutes ago.
    """
    name = request.GET.get("state", "")
    kept: dict[str, Any] = _provider(request).unstash_redirect_state(request, name)
    return kept | {"state": name}


def finish(request: HttpRequest, kept: dict[str, Any], *, code: str) -> SocialLogin:
    """Who came back.

    Raises:
        oidc.NoAnswer, oidc.Untrusted.
    """
    attempt = oidc.Attempt(
        state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"], back_to=_callback()
    )
    claims = oidc.redeem(configured(), oidc.Endpoints(**kept["at"]), attempt, code=code)
    # A provider that does not say when it last asked is taken at its word that it did.
    asked_s = kept["begun_s"] if claims.signed_in_s is None else claims.signed_in_s
    if kept["process"] == CONFIRM and asked_s < kept["begun_s"] - CLOCKS_DIFFER_S:
        raise oidc.Untrusted("the provider was asked to ask again, and did not")
    arrived: SocialLogin = _provider(request).sociallogin_from_response(request, claims)
    arrived.state = kept
    return arrived


def _provider(request: HttpRequest) -> Any:
    return get_adapter().get_provider(request, "oidc")


def _callback() -> str:
    return f"{settings.PUBLIC_URL}{reverse('oidc-callback')}"
