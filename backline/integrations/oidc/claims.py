"""What a provider says of a person, once its signature and everything it is tied to was checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from backline.integrations.oidc.asking import NoAnswer, Untrusted

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key pair only: with a shared secret, whoever checks could also sign."""
NEEDED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY_S = 60
LONGEST_SUBJECT = 191
"""Characters: what the table of links holds; the protocol allows 255."""


@dataclass(frozen=True)
class Claims:
    """A person as the provider knows them; texts are empty where it said nothing."""

    subject: str
    email: str
    email_verified: bool
    name: str
    zone: str
    signed_in_s: int | None
    """When the person last proved who they are to the provider, in seconds since 1970; None: not said."""

    def with_told(self, told: dict[str, Any]) -> Claims:
        """With what the provider tells beside the token.

        Raises:
            Untrusted: it tells of another person.
        """
        if told.get("sub") != self.subject:
            raise Untrusted("what was told is about another subject")
        found = _claims(self.subject, told)
        return replace(
            self,
            email=found.email,
            email_verified=found.email_verified,
            name=self.name or found.name,
            zone=self.zone or found.zone,
        )


def verified(token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str) -> Claims:
    """The claims of a token that this issuer signed for us, for this sign-in, and that has not run out.

    Raises:
        Untrusted: any of that is not so. NoAnswer: the keys cannot be read.
    """
    import jwt  # only who signs in by a provider needs it

    try:
        said = jwt.decode(
            token,
            _key(token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_S,
            options={"require": NEEDED},
        )
    except jwt.PyJWKSetError as error:
        raise NoAnswer(f"the keys: {error}") from error
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise Untrusted(f"the token: {error}") from error
    if said.get("nonce") != nonce:
        raise Untrusted("the token is of another sign-in: its nonce differs")
    if said.get("azp", client_id) != client_id or (_is_for_many(said["aud"]) and "azp" not in said):
        raise Untrusted("the token is meant for somebody else")
    if not 0 < len(said["sub"]) <= LONGEST_SUBJECT:
        raise Untrusted("the token's subject is no usable name")
    return _claims(said["sub"], said)


def _key(token: str, keys: dict[str, Any]) -> Any:
    """The key that the token names; one without a name is taken when it is the only one."""
    import jwt

    known = jwt.PyJWKSet.from_dict(keys).keys
    named = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in known if key.key_id == named] if named else known
    if len(fitting) != 1:
        raise jwt.InvalidKeyError(f"{len(fitting)} keys are called {named!r}")
    return fitting[0].key


def _claims(subject: str, said: dict[str, Any]) -> Claims:
    given = " ".join(filter(None, (_text(said, "given_name"), _text(said, "family_name"))))
    at = said.get("auth_time")
    return Claims(
        subject=subject,
        email=_text(said, "email"),
        # Some say "false" as a word, which is not nothing.
        email_verified=said.get("email_verified") is True,
        name=_text(said, "name") or given or _text(said, "preferred_username"),
        zone=_text(said, "zoneinfo"),
        signed_in_s=at if isinstance(at, int) else None,
    )


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _is_for_many(audience: object) -> bool:
    return isinstance(audience, list) and len(audience) > 1
