"""Reading the request to play."""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest


class PlayForm(forms.Form):
    """A listen's id, made by the player, and the ticket it already has when only a fresh address is needed."""

    listen = forms.UUIDField()
    ticket = forms.CharField(max_length=300, required=False)


def play_form(request: HttpRequest) -> PlayForm:
    """The form filled from a JSON object; what is no such object fills nothing and is not valid."""
    try:
        given = json.loads(request.body)
    except ValueError:
        given = None
    return PlayForm(given if isinstance(given, dict) else {})
