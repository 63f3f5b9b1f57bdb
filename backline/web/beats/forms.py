"""What narrows and orders the list of beats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from backline.catalog.models import Beat
from backline.catalog.queries import catalogue

SIZES = (10, 20, 50)
Choices = Sequence[tuple[str, str]]


def _choice(choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=choices)


class BeatFilter(forms.Form):
    """Everything is in the address; what makes no sense there is ignored."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    state = _choice([("", "Any visibility"), *Beat.State.choices])
    review = _choice(
        [("", "Any details"), (catalogue.ANY, "Needs review"), *((r, f"No {r}") for r in catalogue.REASONS)]
    )
    collection = _choice()
    credits = _choice(
        [("", "Solo and with others"), (catalogue.SOLO, "Solo"), (catalogue.TOGETHER, "With others")]
    )
    genre = _choice()
    artwork = _choice(
        [("", "Any artwork"), (catalogue.OWN_ART, "Own cover"), (catalogue.DRAWN_ART, "Generated cover")]
    )
    from_on = forms.DateField(required=False)
    until_on = forms.DateField(required=False)
    least = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    most = forms.IntegerField(required=False, min_value=0, max_value=10**12)
    sort = forms.CharField(required=False, max_length=20)
    size = forms.TypedChoiceField(required=False, choices=[(n, n) for n in SIZES], coerce=int)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    def __init__(self, data: Any, *, collections: Choices, genres: Choices) -> None:
        super().__init__(data)
        any_collection = [("", "Any collection"), (catalogue.SINGLES, "Singles")]
        self.fields["collection"].choices = [*any_collection, *collections]  # type: ignore[attr-defined]
        self.fields["genre"].choices = [("", "Any genre"), *genres]  # type: ignore[attr-defined]
