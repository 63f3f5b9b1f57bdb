"""Reading the request to play."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from backline.web.clean_text import clean_object


class PlayForm(forms.Form):
    """A listen's id, made by the player, and the ticket it already has when only a fresh address is needed."""

    listen = forms.UUIDField()
    ticket = forms.CharField(max_length=300, required=False)


def play_form(request: HttpRequest) -> PlayForm:
    """The form filled from a JSON object; what is no such object fills nothing and is not valid."""
    return PlayForm(clean_object(request.body) or {})
