"""The library's passkey forms, for what no browser sends: it reads them expecting a browser's word."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature
from django.forms import HiddenInput, JSONField
from django.forms.fields import InvalidJSONInput

UNREADABLE = (
    TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error, InvalidSignature,
)  # fmt: skip
"""What reading and checking raise over a thing of another shape, cut-off bytes, or a signature that is not right."""


@contextmanager
def unreadable_is_wrong() -> Iterator[None]:
    """What cannot be read is a wrong answer like another; a ValidationError passes through."""
    try:
        yield
    except UNREADABLE as problem:
        raise get_adapter().validation_error("incorrect_code") from problem


class AnswerField(JSONField):
    """What the browser answers, as JSON; a number of thousands of digits and endless brackets are wrong answers."""

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError: it cannot be read."""
        with unreadable_is_wrong():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """As it came: a page that is shown again does not read it."""
        return data if data is None else InvalidJSONInput(data)


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey."""

    credential = AnswerField(widget=HiddenInput)

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

    credential = AnswerField(widget=HiddenInput)


class SignInForm(_Answered, forms.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""

    credential = AnswerField(widget=HiddenInput)


class ConfirmForm(_Answered, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""

    credential = AnswerField(widget=HiddenInput)
