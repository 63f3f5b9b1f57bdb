"""What new drafts start with, as a person fills it in."""

from __future__ import annotations

from typing import Any

from django import forms

from backline.catalog import queries as catalog
from backline.catalog.covers import STYLES
from backline.catalog.models import Beat
from backline.catalog.queries import Usual
from backline.domain import tags

NOT_SAID = ("", "nothing")


class DefaultsForm(forms.Form):
    """Nothing is required; what is left empty is not filled in."""

    genres = forms.MultipleChoiceField(label="Genres", required=False, widget=forms.CheckboxSelectMultiple)
    tags = forms.CharField(
        label="Tags", required=False, max_length=600, help_text="Up to 10, separated by commas."
    )
    credits = forms.CharField(
        label="Artists to invite",
        required=False,
        max_length=600,
        help_text="Their addresses, such as @kit-nakagawa, separated by commas. Each new draft invites them.",
    )
    licensing = forms.ChoiceField(label="Licensing", choices=Beat.Licensing.choices)
    cover_style = forms.ChoiceField(
        label="Style of a drawn cover",
        required=False,
        choices=[("", "the one its audio picks"), *((style, style.capitalize()) for style in STYLES)],
    )
    sample_status = forms.ChoiceField(
        label="Sample status", required=False, choices=[NOT_SAID, *Beat.SampleStatus.choices]
    )
    ai_declaration = forms.ChoiceField(
        label="AI declaration", required=False, choices=[NOT_SAID, *Beat.AiDeclaration.choices]
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["genres"].choices = catalog.genre_choices()  # type: ignore[attr-defined]

    def wanted(self) -> Usual:
        """What the form says. Call it after `is_valid`."""
        data = self.cleaned_data
        return Usual(
            genres=tuple(data["genres"]),
            tags=tags.split(data["tags"]),
            credits=tuple(word for word in data["credits"].split(",") if word.strip()),
            licensing=data["licensing"],
            cover_style=data["cover_style"],
            sample_status=data["sample_status"],
            ai_declaration=data["ai_declaration"],
        )


class TagForm(forms.Form):
    """A voice tag of one's own. What is in it is checked by content, not here."""

    tag = forms.FileField(
        label="Your own tag",
        allow_empty_file=True,
        max_length=1000,
        widget=forms.FileInput(attrs={"accept": ".wav,.flac,audio/wav,audio/flac"}),
        help_text="WAV or FLAC, up to 10 seconds.",
        error_messages={"required": "Choose a WAV or FLAC file first."},
    )
    remake = forms.BooleanField(label="Make the previews of earlier beats again", required=False)


def initial(usual: Usual) -> dict[str, Any]:
    """The form's values for what is kept."""
    return {
        "genres": list(usual.genres),
        "tags": ", ".join(usual.tags),
        "credits": ", ".join(f"@{handle}" for handle in usual.credits),
        "licensing": usual.licensing,
        "cover_style": usual.cover_style,
        "sample_status": usual.sample_status,
        "ai_declaration": usual.ai_declaration,
    }
