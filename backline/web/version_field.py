"""When a form's thing was last saved before: how the second of two edits is told, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

BROKEN = "This form is not complete. Load the page again."


@dataclass(frozen=True)
class Difference:
    """Something in which the saved thing and the form differ."""

    label: str
    theirs: str


class VersionField(forms.Field):
    """A hidden field that holds an instant with its zone."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> datetime:
        """The instant.

        Raises:
            ValidationError: it is missing or none.
        """
        try:
            version = parse_datetime(str(value or ""))
        except ValueError:
            version = None
        if version is None or version.tzinfo is None:
            raise forms.ValidationError(BROKEN)
        return version
