"""The staff account."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password

from backline.people.models import Account
from backline.web.accounts.forms import seen_name


class WelcomeForm(forms.Form):
    """Who the first staff member is; `zone` is filled by the browser."""

    name = forms.CharField(
        max_length=80, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label="Password",
        help_text="At least 10 characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}))

    def clean_name(self) -> str:
        """Says what is wrong with the name."""
        return seen_name(self.cleaned_data["name"])

    def clean_password(self) -> str:
        """A password that passes the installation's rules."""
        password: str = self.cleaned_data["password"]
        draft = Account(email=self.data.get("email", ""), name=self.data.get("name", ""))
        validate_password(password, draft)
        return password

    def clean_zone(self) -> str:
        """The browser's zone, or UTC when it is not one we know."""
        zone: str = self.cleaned_data["zone"]
        return zone if zone in available_timezones() else "UTC"
