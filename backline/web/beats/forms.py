"""What narrows and orders the list of beats."""

from __future__ import annotations

from typing import Any

from django import forms

from backline.catalog.models import Beat
from backline.catalog.queries import catalogue
from backline.web.list_state import ARTWORK, Choices, ListFilter


def _choice(choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=choices)


class BeatFilter(ListFilter):
    """Visibility, what is missing, where it is placed, with whom it was made."""

    state = _choice([("", "Any visibility"), *Beat.State.choices])
    review = _choice(
        [("", "Any details"), (catalogue.ANY, "Needs review"), *((r, r) for r in catalogue.REASONS)]
    )
    collection = _choice()
    credits = _choice(
        [("", "Solo and with others"), (catalogue.SOLO, "Solo"), (catalogue.TOGETHER, "With others")]
    )
    genre = _choice()
    licensing = _choice([("", "Any licence"), *Beat.Licensing.choices])
    artwork = _choice(ARTWORK)
    from_on = forms.DateField(required=False)
    until_on = forms.DateField(required=False)
    points_from = forms.DecimalField(required=False, min_value=0, max_value=10**9)
    points_to = forms.DecimalField(required=False, min_value=0, max_value=10**9)

    def __init__(self, data: Any, *, collections: Choices, genres: Choices) -> None:
        super().__init__(data)
        any_collection = [("", "Any collection"), (catalogue.SINGLES, "Singles")]
        self.fields["collection"].choices = [*any_collection, *collections]  # type: ignore[attr-defined]
        self.fields["genre"].choices = [("", "Any genre"), *genres]  # type: ignore[attr-defined]
