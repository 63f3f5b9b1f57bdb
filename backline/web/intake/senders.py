"""Who sends: a platform's back end by bearer token, else the player of whoever the cookies name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from backline.core.recent import Recent
from backline.listening.addresses import client_address
from backline.listening.origins import VISITOR_COOKIE, BackEndOrigin, Origin, PlayerOrigin, visitor_id
from backline.people.models import Account, Token
from backline.people.queries import token_for

_SESSION = re.compile(r"[a-z0-9]{8,40}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")

# Tokens that were valid a moment ago; one that is revoked ends this much later.
_recent: Recent[str, BackEndOrigin] = Recent(for_=timedelta(seconds=2), most=1_000)


class NotAllowedError(Exception):
    """This sender may not send events; `status` is the HTTP status to answer."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def sender(environ: WSGIEnvironment, *, now: datetime) -> Origin:
    """The sender of a request.

    Raises:
        NotAllowedError: an unknown token (401), a token without the scope or a page of another site (403).
    """
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    if authorization:
        return _back_end(authorization, now)
    if _is_foreign(environ):
        raise NotAllowedError(403, "Players on pages of other sites cannot report listens here.")
    cookies = _cookies(environ.get("HTTP_COOKIE", ""))
    account = _account(cookies.get(settings.SESSION_COOKIE_NAME, ""))
    visitor = cookies.get(VISITOR_COOKIE, "")
    return PlayerOrigin(
        account_id=account.pk if account else None,
        staff=account.is_staff if account else False,
        visitor=visitor_id(visitor),
        address=client_address(
            environ.get("REMOTE_ADDR", ""),
            environ.get("HTTP_X_FORWARDED_FOR", ""),
            trusted_hops=settings.TRUSTED_PROXY_HOPS,
        ),
        agent=environ.get("HTTP_USER_AGENT", ""),
        country=_country(environ),
    )


def _back_end(authorization: str, now: datetime) -> BackEndOrigin:
    if (known := _recent.get(authorization, now)) is not None:
        return known
    scheme, _, text = authorization.partition(" ")
    token = token_for(text.strip(), now=now) if scheme.lower() == "bearer" else None
    if token is None:
        raise NotAllowedError(401, "The token is unknown, revoked or has expired.")
    if Token.Scope.EVENTS_WRITE not in token.scopes:
        raise NotAllowedError(403, f"The token needs the scope {Token.Scope.EVENTS_WRITE.value}.")
    origin = BackEndOrigin(token.account_id, frozenset(token.artists.values_list("id", flat=True)))
    _recent.put(authorization, origin, now)
    return origin


def _country(environ: WSGIEnvironment) -> str:
    """The country that a proxy of ours names; XX and T1 are how some say that they do not know it."""
    if not settings.COUNTRY_HEADER or settings.TRUSTED_PROXY_HOPS < 1:
        return ""
    name = settings.COUNTRY_HEADER.upper().replace("-", "_")
    said = environ.get(f"HTTP_{name}", "").strip().upper()
    return said if _COUNTRY.match(said) and said != "XX" else ""


def _is_foreign(environ: WSGIEnvironment) -> bool:
    """Whether a browser says that the request comes from a page of another site."""
    if environ.get("HTTP_SEC_FETCH_SITE") == "cross-site":
        return True
    origin = environ.get("HTTP_ORIGIN")
    if not origin:
        return False
    return urlsplit(origin).netloc not in {environ.get("HTTP_HOST", ""), urlsplit(settings.PUBLIC_URL).netloc}


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _account(session_key: str) -> Account | None:
    """The account that is signed in with this session, as Django's own middleware would find it."""
    if not _SESSION.match(session_key):
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    account_id = session.get(SESSION_KEY)
    if account_id is None or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    # Changing the password ends the other sessions.
    if account is None or not constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()
    ):
        return None
    return account
