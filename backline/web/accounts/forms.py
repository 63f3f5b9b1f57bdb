"""What we ask at sign-up beyond address and password."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from backline.domain.names import name_problem
from backline.people.models import Account


def seen_name(name: str) -> str:
    """The name of a person, which holds nothing unseen.

    Raises:
        ValidationError: it does.
    """
    if problem := name_problem(name):
        raise ValidationError(problem)
    return name


class NameForm(forms.Form):
    """The base of allauth's sign-up form. `zone` is filled by the browser and optional."""

    name = forms.CharField(
        max_length=80,
        label="Your name",
        help_text="Producers see it only if you choose to show yourself.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}))
    field_order = ("name", "email", "password1", "zone")

    def clean_name(self) -> str:
        """Says what is wrong with the name: others read it in mails."""
        return seen_name(self.cleaned_data["name"])

    def clean_zone(self) -> str:
        """The reported zone, or nothing when it is not one we know."""
        zone: str = self.cleaned_data["zone"]
        return zone if zone in available_timezones() else ""

    def signup(self, request: HttpRequest, user: Account) -> None:
        """allauth calls this after saving; the adapter has kept the fields already."""
