"""The uploaded file."""

from __future__ import annotations

from django import forms


class AudioForm(forms.Form):
    """One recording. What is in it is checked by content, not here."""

    audio = forms.FileField(
        label="Recording",
        allow_empty_file=True,  # refused later, with a better sentence
        max_length=1000,
        widget=forms.FileInput(attrs={"accept": ".wav,.flac,audio/wav,audio/flac"}),
        error_messages={"required": "Choose a WAV or FLAC file first."},
    )
