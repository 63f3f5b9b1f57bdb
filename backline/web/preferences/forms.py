"""What an account may set about itself."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import available_timezones

from django import forms

from backline.people.models import Account
from backline.web.accounts.forms import seen_name

WEEKDAYS = [(0, "Monday"), (5, "Saturday"), (6, "Sunday")]


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs makes it generic, Django does not
    """Name, zone, first day of the week, and whether producers see who plays their beats."""

    zone = forms.ChoiceField(
        choices=_zones,
        label="Time zone",
        help_text="Greeting, timestamps and the upload calendar follow it. Plays and money follow the platform's zone.",
    )
    first_weekday = forms.TypedChoiceField(choices=WEEKDAYS, coerce=int, label="First day of the week")

    class Meta:
        model = Account
        fields = ("name", "zone", "first_weekday", "show_to_producers")
        labels: ClassVar[dict[str, str]] = {
            "name": "Your name",
            "show_to_producers": "Show me to producers I play",
        }

    def clean_name(self) -> str:
        """Says what is wrong with the name: others read it in mails."""
        return seen_name(self.cleaned_data["name"])
