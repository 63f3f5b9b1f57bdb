"""What narrows the achievements and turns the pages of the history."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from backline.domain.achievements import Group, Rarity

PATH = "/dashboard/progress/"
STATUSES = [("", "All"), ("unlocked", "Unlocked"), ("locked", "Locked")]
CATEGORIES = [("", "All categories"), *((group.value, group.value.capitalize()) for group in Group)]
RARITIES = [("", "All rarities"), *((rarity.value, rarity.value.capitalize()) for rarity in Rarity)]


class ProgressFilter(forms.Form):
    """Status, category, rarity, the history's page. What makes no sense is ignored."""

    status = forms.ChoiceField(required=False, choices=STATUSES)
    category = forms.ChoiceField(required=False, choices=CATEGORIES)
    rarity = forms.ChoiceField(required=False, choices=RARITIES)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


@dataclass(frozen=True)
class Choices:
    """The choices of one address, empty for all."""

    artist: str
    status: str = ""
    category: str = ""
    rarity: str = ""
    page: int = 1

    def address(self, path: str = PATH, **changes: str) -> str:
        """The page's address with these choices changed; a changed choice keeps the others."""
        kept = {
            "artist": self.artist,
            "status": self.status,
            "category": self.category,
            "rarity": self.rarity,
            "page": str(self.page) if self.page > 1 else "",
        } | changes
        return f"{path}?{urlencode({name: value for name, value in kept.items() if value})}"


def choices_of(request: HttpRequest, *, artist: str) -> Choices:
    """What the request's address chooses."""
    form = ProgressFilter(request.GET)
    form.is_valid()
    found = form.cleaned_data
    return Choices(
        artist,
        found.get("status", ""),
        found.get("category", ""),
        found.get("rarity", ""),
        found.get("page") or 1,
    )
