"""The cells of the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from backline.catalog import queries as catalog
from backline.catalog.fields import LONGEST, BeatFields
from backline.catalog.models import Beat
from backline.domain import music, quality, tags
from backline.web.version_field import VersionField

ALL = "all"
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "name": ("Name", ("name",)),
    "genres": ("Genres", ("genres",)),
    "tags": ("Tags", ("tags",)),
    "bpm": ("BPM", ("bpm",)),
    "key": ("Key", ("key", "scale")),
    "sample_status": ("Sample status", ("sample_status",)),
    "ai_declaration": ("AI", ("ai_declaration",)),
}
"""Column → its heading, and the fields in it."""
TO_ALL = tuple(column for column in COLUMNS if column != "name")
PITCHES = [(key, music.pitch_name(key)) for key in range(12)]


class GenresField(forms.CharField):
    """Names of genres, separated by commas; gives their slugs."""

    def clean(self, value: Any) -> Any:
        """The slugs.

        Raises:
            ValidationError: there is no such genre.
        """
        slugs, unknown = catalog.genre_slugs(word for word in super().clean(value).split(",") if word.strip())
        if unknown:
            raise forms.ValidationError(f"There is no genre {', '.join(unknown)}.")
        return tuple(slugs)


class CellsForm(forms.Form):
    """What the table shows of a beat; nothing is required. Also the row that is put into all others."""

    name = forms.CharField(label="Name", required=False, max_length=LONGEST["name"])
    genres = GenresField(
        label="Genres", required=False, max_length=200, widget=forms.TextInput(attrs={"list": "genres"})
    )
    tags = forms.CharField(label="Tags", required=False, max_length=600)
    bpm = forms.IntegerField(
        label="BPM", required=False, min_value=quality.SLOWEST_BPM, max_value=quality.FASTEST_BPM
    )
    key = forms.TypedChoiceField(
        label="Key", required=False, coerce=int, empty_value=None, choices=[("", "–"), *PITCHES]
    )
    scale = forms.ChoiceField(label="Scale", required=False, choices=[("", "–"), *Beat.Scale.choices])
    sample_status = forms.ChoiceField(
        label="Sample status", required=False, choices=[("", "–"), *Beat.SampleStatus.choices]
    )
    ai_declaration = forms.ChoiceField(
        label="AI declaration", required=False, choices=[("", "–"), *Beat.AiDeclaration.choices]
    )


class RowForm(CellsForm):
    """One beat's cells, and when it was last saved before."""

    version = VersionField()

    def over(self, fields: BeatFields) -> BeatFields:
        """The beat's fields with these cells in place of theirs. Call it after `is_valid`."""
        data = self.cleaned_data
        return replace(
            fields,
            name=data["name"] or fields.name,
            genres=data["genres"],
            tags=tags.split(data["tags"]),
            bpm=data["bpm"],
            key=data["key"],
            scale=data["scale"],
            sample_status=data["sample_status"],
            ai_declaration=data["ai_declaration"],
        )


def prefix(beat: Beat) -> str:
    """What the names of a beat's cells begin with."""
    return f"b{beat.pk}"


def into_all(data: QueryDict, beats: list[Beat], *, column: str) -> QueryDict:
    """The form's values with the first row's in that column put into every beat's; unknown columns change nothing."""
    if column not in TO_ALL:
        return data
    filled = data.copy()
    for beat in beats:
        for field in COLUMNS[column][1]:
            filled[f"{prefix(beat)}-{field}"] = data.get(f"{ALL}-{field}", "")
    return filled
