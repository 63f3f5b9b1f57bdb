"""A passkey in software: what a browser would send for it, and what no browser would."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT_AND_VERIFIED = 0x01 | 0x04
HOLDS_A_KEY = 0x40


class SoftKey:
    """One key for one site."""

    def __init__(self, site: str, handle: str) -> None:
        self.site, self.handle = site, handle
        self.id = os.urandom(16)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def register(self, options: dict[str, Any]) -> str:
        """The answer to the options of a new passkey."""
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        about = self._about(PRESENT_AND_VERIFIED | HOLDS_A_KEY, 0, held)
        return self._said(
            {
                "clientDataJSON": self._collected("webauthn.create", options["publicKey"]["challenge"]),
                "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
            }
        )

    def sign(self, options: dict[str, Any], *, wrongly: bool = False) -> str:
        """The answer to the options of a sign-in; `wrongly`: its signature is of something else."""
        about = self._about(PRESENT_AND_VERIFIED, 1)
        collected = self._collected("webauthn.get", options["publicKey"]["challenge"])
        said = about + sha256(websafe_decode(collected)).digest()
        signature = self.key.sign(b"another" if wrongly else said, ec.ECDSA(hashes.SHA256()))
        return self._said(
            {
                "clientDataJSON": collected,
                "authenticatorData": websafe_encode(about),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.handle.encode()),
            }
        )

    def _about(self, flags: int, counter: int, held: Any = b"") -> AuthenticatorData:
        hashed = sha256(self.site.encode()).digest()
        about: AuthenticatorData = AuthenticatorData.create(
            hashed, AuthenticatorData.FLAG(flags), counter, held
        )
        return about

    def _collected(self, kind: str, challenge: str) -> str:
        origin = f"http://{self.site}"
        return websafe_encode(CollectedClientData.create(kind, challenge, origin))

    def _said(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.id)
        extensions: dict[str, Any] = {"credProps": {"rk": True}}
        return json.dumps(
            {
                "id": name, "rawId": name, "type": "public-key", "response": response,
                "clientExtensionResults": extensions,
            }
        )  # fmt: skip
