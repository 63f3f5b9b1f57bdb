"""Sign-in by an OpenID Connect provider: authorization code with PKCE, state and nonce, and a signed token.

The sign-in library's own client takes the token unchecked, since it came by TLS; this one checks signature, issuer,
audience, nonce and time, reads redirects as errors, and has a time limit for all of an answer.
"""

from backline.integrations.oidc.asking import NoAnswer, Untrusted
from backline.integrations.oidc.claims import Claims
from backline.integrations.oidc.provider import Provider, provider_of
from backline.integrations.oidc.signing_in import Attempt, Endpoints, discovered, redeem, sign_in_address

__all__ = [
    "Attempt",
    "Claims",
    "Endpoints",
    "NoAnswer",
    "Provider",
    "Untrusted",
    "discovered",
    "provider_of",
    "redeem",
    "sign_in_address",
]
