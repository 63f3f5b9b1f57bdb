"""The library's passkey forms, for what no browser sends: it reads them expecting a browser's word."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature

UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, struct.error, InvalidSignature)
"""What reading and checking raise over a thing of another shape, cut-off bytes, or a signature that is not right."""


@contextmanager
def unreadable_is_wrong() -> Iterator[None]:
    """What cannot be read is a wrong answer like another; a ValidationError passes through."""
    try:
        yield
    except UNREADABLE as problem:
        raise get_adapter().validation_error("incorrect_code") from problem


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey."""

    def clean(self) -> Any:
        """Raises ValidationError: it cannot be read, or is of another request."""
        with unreadable_is_wrong():
            return super().clean()


class _Answered:
    def clean_credential(self) -> Any:
        with unreadable_is_wrong():
            return super().clean_credential()  # type: ignore[misc]


class SecondFactorForm(_Answered, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class SignInForm(_Answered, forms.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class ConfirmForm(_Answered, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""
