"""What narrows the list of beats."""

from __future__ import annotations

from django import forms

from backline.catalog.models import Beat


class BeatFilter(forms.Form):
    """Words in the name, the state, the page. What makes no sense is ignored."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *Beat.State.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
