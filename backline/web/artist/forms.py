"""Reading a profile's address."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

TABS = [
    ("beats", "Beats"),
    ("collections", "Collections"),
    ("about", "About and gallery"),
    ("credits", "Credits"),
    ("followers", "Followers"),
    ("similar", "Similar artists"),
]
ORDERS = [("plays", "Most plays"), ("newest", "Newest")]


@dataclass(frozen=True)
class State:
    """Which tab is open, in which order and at which page its beats are shown."""

    tab: str
    order: str
    page: int


class ProfileForm(forms.Form):
    """The address of a profile. A part that makes no sense counts as not given."""

    tab = forms.ChoiceField(choices=TABS, required=False)
    sort = forms.ChoiceField(choices=ORDERS, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def state(self) -> State:
        """The valid parts, with defaults for the rest."""
        self.full_clean()
        given = self.cleaned_data
        return State(
            tab=given.get("tab") or "beats", order=given.get("sort") or "plays", page=given.get("page") or 1
        )
