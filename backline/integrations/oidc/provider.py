"""The identity provider that an operator names: where it is, and who we are to it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_ISSUER = 200
"""Characters of an issuer's address: it is stored with each link."""


@dataclass(frozen=True)
class Provider:
    """One OpenID Connect provider. `secret` is empty for a client that proves itself by PKCE alone."""

    issuer: str
    client_id: str
    secret: str
    name: str

    @property
    def key(self) -> str:
        """What links are stored under: another issuer's people are other people, whatever their numbers.

        >>> Provider("https://id.example.org/realms/label/", "backline", "", "Label").key
        'id.example.org/realms/label'
        """
        parts = urlsplit(self.issuer)
        return f"{parts.netloc}{parts.path}".rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether it is a provider on this machine, spoken to without TLS."""
        return self.issuer.startswith("http://")


def provider_of(issuer: str, *, client_id: str, secret: str, name: str, in_public: bool) -> Provider | None:
    """The provider these settings name; None when they name none.

    `in_public` is whether this installation is reached by https: it then takes no provider without TLS.

    Raises:
        ValueError: half of it is missing, or the address is none that may be trusted.
    """
    if not issuer and not client_id:
        return None
    if not issuer or not client_id:
        raise ValueError("BACKLINE_OIDC_ISSUER and BACKLINE_OIDC_CLIENT_ID are set together, or neither is.")
    parts = urlsplit(issuer)
    plain = parts.scheme == "http" and _is_loopback(parts.hostname or "") and not in_public
    if not (parts.scheme == "https" or plain) or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"BACKLINE_OIDC_ISSUER must be an https address, not {issuer!r}.")
    if len(issuer) > LONGEST_ISSUER:
        raise ValueError(f"BACKLINE_OIDC_ISSUER may be {LONGEST_ISSUER} characters long.")
    return Provider(issuer=issuer, client_id=client_id, secret=secret, name=name or parts.hostname)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
