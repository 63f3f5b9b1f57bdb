"""The fields of a beat, as a person fills them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from backline.catalog.fields import LONGEST, BeatFields
from backline.catalog.models import Beat
from backline.domain import quality, tags
from backline.web.version_field import VersionField

PITCHES = ("C", "C♯ / D♭", "D", "D♯ / E♭", "E", "F", "F♯ / G♭", "G", "G♯ / A♭", "A", "A♯ / B♭", "B")
NOT_SAID = ("", "not said yet")


def _text(label: str, field: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST[field], **more)


class BeatForm(forms.Form):
    """Nothing is required: a draft can always be saved. `version` is when the beat was last saved before."""

    version = VersionField()
    name = _text("Name", "name")
    description = _text(
        "Description",
        "description",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Optional, up to 2,000 characters.",
    )
    genres = forms.MultipleChoiceField(label="Genres", required=False, widget=forms.CheckboxSelectMultiple)
    tags = forms.CharField(
        label="Tags", required=False, max_length=600, help_text="Optional, up to 10, separated by commas."
    )
    bpm = forms.IntegerField(
        label="BPM", required=False, min_value=quality.SLOWEST_BPM, max_value=quality.FASTEST_BPM
    )
    key = forms.TypedChoiceField(
        label="Key", required=False, coerce=int, empty_value=None, choices=[NOT_SAID, *enumerate(PITCHES)]
    )
    scale = forms.ChoiceField(label="Scale", required=False, choices=[NOT_SAID, *Beat.Scale.choices])
    sample_status = forms.ChoiceField(
        label="Sample status", required=False, choices=Beat.SampleStatus.choices, widget=forms.RadioSelect
    )
    sample_note = _text("Note for buyers", "sample_note", help_text="Shown where a sample needs clearance.")
    ai_declaration = forms.ChoiceField(
        label="AI declaration", required=False, choices=Beat.AiDeclaration.choices, widget=forms.RadioSelect
    )
    ai_note = _text("Which tool, and how it was used", "ai_note", help_text="Needed for AI-assisted beats.")

    def __init__(self, *args: Any, genres: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["genres"].choices = genres  # type: ignore[attr-defined]

    def values(self) -> BeatFields:
        """What the form says; fields in error count as empty. Call it after `is_valid`."""
        data = self.cleaned_data
        return BeatFields(
            name=data.get("name", ""),
            description=data.get("description", ""),
            genres=tuple(data.get("genres", ())),
            tags=tags.split(data.get("tags", "")),
            bpm=data.get("bpm"),
            key=data.get("key"),
            scale=data.get("scale", ""),
            sample_status=data.get("sample_status", ""),
            sample_note=data.get("sample_note", ""),
            ai_declaration=data.get("ai_declaration", ""),
            ai_note=data.get("ai_note", ""),
        )


def initial(fields: BeatFields, *, version: datetime) -> dict[str, Any]:
    """The form's values for a beat as it is saved."""
    return {
        "version": version.isoformat(),
        "name": fields.name,
        "description": fields.description,
        "genres": list(fields.genres),
        "tags": ", ".join(fields.tags),
        "bpm": fields.bpm,
        "key": fields.key,
        "scale": fields.scale,
        "sample_status": fields.sample_status,
        "sample_note": fields.sample_note,
        "ai_declaration": fields.ai_declaration,
        "ai_note": fields.ai_note,
    }
