"""The fields of a beat, as a person fills them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from backline.catalog.fields import LONGEST, BeatFields
from backline.catalog.models import Beat
from backline.domain import quality, tags
from backline.web.beat_form import offer_fields
from backline.web.beat_form.offer_fields import OfferFields
from backline.web.version_field import VersionField

Choices = Mapping[str, Sequence[tuple[str, str]]]
"""Of genres and collections: the values that may be chosen, each with its name."""
PITCHES = ("C", "C♯ / D♭", "D", "D♯ / E♭", "E", "F", "F♯ / G♭", "G", "G♯ / A♭", "A", "A♯ / B♭", "B")
NOT_SAID = ("", "not said yet")


def _text(label: str, field: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST[field], **more)


class BeatForm(OfferFields):
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
    ai_tool = _text("Tool", "ai_tool")
    ai_note = _text("How it was used", "ai_note")
    ai_rights = forms.BooleanField(label="I hold the commercial rights to what the tool made", required=False)
    collections = forms.MultipleChoiceField(
        label="Collections", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for field, known in choices.items():
            self.fields[field].choices = known  # type: ignore[attr-defined]

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
            ai_tool=data.get("ai_tool", ""),
            ai_note=data.get("ai_note", ""),
            ai_rights=bool(data.get("ai_rights")),
            licensing=data.get("licensing", ""),
            offer=self.offer(),
        )


def initial(fields: BeatFields, *, version: datetime, collections: Iterable[int] = ()) -> dict[str, Any]:
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
        "ai_tool": fields.ai_tool,
        "ai_note": fields.ai_note,
        "ai_rights": fields.ai_rights,
        "licensing": fields.licensing,
        "collections": [str(number) for number in collections],
        **offer_fields.initial(fields.offer),
    }
