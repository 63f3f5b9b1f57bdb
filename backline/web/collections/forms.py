"""What narrows and orders the list of collections."""

from __future__ import annotations

from typing import Any

from django import forms

from backline.catalog.queries import shelf
from backline.web.list_state import ARTWORK, Choices, ListFilter


class CollectionFilter(ListFilter):
    """Group, artist, cover, and when it was made and last changed."""

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
    artwork = forms.ChoiceField(required=False, choices=ARTWORK)
    created_from = forms.DateField(required=False)
    created_until = forms.DateField(required=False)
    updated_from = forms.DateField(required=False)
    updated_until = forms.DateField(required=False)

    def __init__(self, data: Any, *, artists: Choices) -> None:
        super().__init__(data)
        self.fields["by"].choices = [("", "Any artist"), *artists]  # type: ignore[attr-defined]
