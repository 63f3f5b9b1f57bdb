"""A small OpenID Connect provider on this machine: discovery, PKCE, signed tokens. It checks what a real one checks."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from backline.integrations.oidc import Provider

CLIENT, SECRET, NAME = "backline", "a-secret-of-the-client", "Label ID"
NOOR = {"sub": "u-17", "email": "noor@example.com", "email_verified": True, "name": "Noor Lind"}


@cache
def key_pair(number: int) -> rsa.RSAPrivateKey:
    """A key pair; another number is another one."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class LoopbackProvider:
    """What the provider knows and how it misbehaves; `person` is who signs in next."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(NOOR))
    token_says: dict[str, Any] = field(default_factory=dict)
    """Claims put into the token over the right ones; None takes a claim out."""
    told: dict[str, Any] = field(default_factory=dict)
    """What it tells beside the token."""
    described: dict[str, Any] = field(default_factory=dict)
    """Put into its description over what is right."""
    signs_with: int = 0
    algorithm: str = "RS256"
    fails: str = ""
    """The path that answers 500."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """The queries that browsers came with."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def client(self) -> Provider:
        """Its entry in our settings."""
        return Provider(issuer=self.issuer, client_id=CLIENT, secret=SECRET, name=NAME)

    def settings(self) -> dict[str, str]:
        """The same for a process of its own."""
        return {
            "BACKLINE_OIDC_ISSUER": self.issuer,
            "BACKLINE_OIDC_CLIENT_ID": CLIENT,
            "BACKLINE_OIDC_CLIENT_SECRET": SECRET,
            "BACKLINE_OIDC_NAME": NAME,
        }

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/person",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.described

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key_pair(0).public_key(), as_dict=True)
        return {"keys": [public | {"kid": "k1", "use": "sig", "alg": "RS256"}]}

    def come_back(self, query: dict[str, str]) -> str:
        """Where the browser goes once the person has signed in."""
        code = f"code-{len(self.asked)}-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def tokens(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens of a code; None when anything does not fit it."""
        begun = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            begun is None
            or authorization != basic
            or form["redirect_uri"] != begun["redirect_uri"]
            or (begun["code_challenge"], begun["code_challenge_method"])
            != (challenge.rstrip(b"=").decode(), "S256")
        ):
            return None
        return {
            "access_token": "an-access-token",
            "token_type": "Bearer",
            "id_token": self.token(begun["nonce"]),
        }

    def token(self, nonce: str) -> str:
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        says = {
            name: value
            for name, value in (right | self.person | self.token_says).items()
            if value is not None
        }
        key: Any = key_pair(self.signs_with) if self.algorithm == "RS256" else SECRET * 2
        return jwt.encode(says, key, algorithm=self.algorithm, headers={"kid": "k1"})


@contextmanager
def running() -> Iterator[LoopbackProvider]:
    """The provider at an address of this machine."""
    provider = LoopbackProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield provider
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    provider: LoopbackProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == self.provider.fails:
            self._json({}, status=500)
        elif parts.path == "/.well-known/openid-configuration":
            self._json(self.provider.description())
        elif parts.path == "/keys":
            self._json(self.provider.keys())
        elif parts.path == "/authorize":
            self._authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
        elif parts.path == "/person" and self.headers["Authorization"] == "Bearer an-access-token":
            self._json(self.provider.told)
        else:
            self._json({}, status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        tokens = self.provider.tokens(form, self.headers.get("Authorization", ""))
        if self.path == self.provider.fails:
            self._json({}, status=500)
        else:
            self._json(tokens or {"error": "invalid_grant"}, status=200 if tokens else 400)

    def _authorize(self, query: dict[str, str]) -> None:
        """A page with one link: the person says yes."""
        self.provider.asked.append(query)
        link = escape(self.provider.come_back(query))
        page = f"<!doctype html><title>{NAME}</title><link rel=icon href=data:,><a href='{link}'>Yes, it is me</a>"
        self._answer(200, "text/html", page.encode())

    def _json(self, answer: dict[str, Any], status: int = 200) -> None:
        self._answer(status, "application/json", json.dumps(answer).encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *parts: object) -> None:
        """Says nothing."""
