"""What narrows and orders the list of collections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from backline.catalog.queries import catalogue, shelf

SIZES = (10, 20, 50)
Choices = Sequence[tuple[str, str]]


class CollectionFilter(forms.Form):
    """Everything is in the address; what makes no sense there is ignored."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    show = forms.ChoiceField(
        required=False,
        choices=[
            ("", "All"),
            (shelf.REVIEW, "Needs review"),
            (shelf.UPCOMING, "Upcoming"),
            (shelf.RELEASED, "Released"),
            (shelf.EMPTY, "Empty"),
        ],
    )
    by = forms.ChoiceField(required=False)
    artwork = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Any artwork"),
            (catalogue.OWN_ART, "Own cover"),
            (catalogue.DRAWN_ART, "Generated cover"),
        ],
    )
    least = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    most = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    created_from = forms.DateField(required=False)
    created_until = forms.DateField(required=False)
    updated_from = forms.DateField(required=False)
    updated_until = forms.DateField(required=False)
    sort = forms.CharField(required=False, max_length=20)
    size = forms.TypedChoiceField(required=False, choices=[(n, n) for n in SIZES], coerce=int)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data: Any, *, artists: Choices) -> None:
        super().__init__(data)
        self.fields["by"].choices = [("", "Any artist"), *artists]  # type: ignore[attr-defined]
