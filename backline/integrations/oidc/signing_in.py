"""The two halves of a sign-in: the address that the browser goes to, and what its return is worth."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from backline.integrations.oidc.asking import NoAnswer, Untrusted, ask
from backline.integrations.oidc.claims import Claims, verified
from backline.integrations.oidc.provider import Provider

WELL_KNOWN = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Attempt:
    """What one sign-in is tied to: none of it comes back from the browser but `state`."""

    state: str
    nonce: str
    verifier: str
    back_to: str
    """The whole address of our callback."""


@dataclass(frozen=True)
class Endpoints:
    """Where the provider does what, by its own description."""

    issuer: str
    authorization: str
    token: str
    keys: str
    person: str
    """Where it tells about the person; empty when it does not."""
    takes_secret_in_form: bool


def discovered(provider: Provider) -> Endpoints:
    """The provider's description of itself.

    Raises:
        NoAnswer: it is away, or describes nothing we can use. Untrusted: it describes somebody else.
    """
    found = ask(provider.issuer.rstrip("/") + WELL_KNOWN)
    issuer = str(found.get("issuer", ""))
    if issuer.rstrip("/") != provider.issuer.rstrip("/"):
        raise Untrusted(f"{provider.issuer} describes {issuer!r}")
    places = {name: found.get(name, "") for name in (*NEEDED, "userinfo_endpoint")}
    for name, place in places.items():
        if (place or name in NEEDED) and not _is_kept_secret(place, provider):
            raise NoAnswer(f"{provider.issuer} names no usable {name}: {place!r}")
    return Endpoints(
        issuer=issuer,
        authorization=places["authorization_endpoint"],
        token=places["token_endpoint"],
        keys=places["jwks_uri"],
        person=places["userinfo_endpoint"],
        takes_secret_in_form="client_secret_post"
        in (found.get("token_endpoint_auth_methods_supported") or ()),
    )


def sign_in_address(provider: Provider, at: Endpoints, attempt: Attempt, *, again: bool) -> str:
    """Where the browser goes; `again` asks the provider not to take an older sign-in for this one."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": attempt.back_to,
        "scope": "openid profile email",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": _challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    glue = "&" if urlsplit(at.authorization).query else "?"
    return f"{at.authorization}{glue}{urlencode(asked)}"


def redeem(provider: Provider, at: Endpoints, attempt: Attempt, *, code: str) -> Claims:
    """Who came back: the code is exchanged for the signed token, and that is checked.

    Raises:
        NoAnswer, Untrusted.
    """
    tokens = _tokens(provider, at, attempt, code)
    token, access = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(token, str):
        raise NoAnswer(f"{at.token} answered no id_token")
    claims = verified(
        token, ask(at.keys), issuer=at.issuer, client_id=provider.client_id, nonce=attempt.nonce
    )
    if not claims.email and at.person and isinstance(access, str):
        claims = claims.with_told(ask(at.person, headers={"Authorization": f"Bearer {access}"}))
    return claims


def _tokens(provider: Provider, at: Endpoints, attempt: Attempt, code: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": attempt.back_to,
        "code_verifier": attempt.verifier,
    }
    post = partial(ask, at.token)
    if provider.secret and not at.takes_secret_in_form:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.secret)}"
        basic = base64.b64encode(pair.encode()).decode()
        return post(form=form, headers={"Authorization": f"Basic {basic}"})
    form["client_id"] = provider.client_id
    return post(form=form | ({"client_secret": provider.secret} if provider.secret else {}))


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _is_kept_secret(place: object, provider: Provider) -> bool:
    """Whether what is said there is said by TLS, or on this machine."""
    return isinstance(place, str) and place.startswith(
        ("https://", "http://") if provider.is_local else "https://"
    )
