"""The fields of a collection, as a person fills them in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from backline.catalog import queries as catalog
from backline.catalog.actions import CollectionFields, InvalidFields
from backline.catalog.fields import LONGEST
from backline.catalog.models import Collection
from backline.catalog.queries.credits import handles
from backline.domain import tags
from backline.domain.local_times import NoSuchTime, instant
from backline.web.version_field import VersionField

MORNING = time(10)


class NewCollectionForm(forms.Form):
    """What a collection starts with; everything can be changed later."""

    name = forms.CharField(label="Name", max_length=LONGEST["name"])
    kind = forms.ChoiceField(label="Type", choices=Collection.Kind.choices)
    release_on = forms.DateField(
        label="Release date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Shown with it. A date to come makes it an upcoming release.",
    )
    description = forms.CharField(
        label="Description",
        required=False,
        max_length=LONGEST["description"],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Up to 2,000 characters.",
    )


class CollectionForm(NewCollectionForm):
    """`version` is when the collection was last saved before."""

    version = VersionField()
    state = forms.ChoiceField(
        label="Who can see it", choices=Collection.State.choices, widget=forms.RadioSelect, required=False
    )
    release_time = forms.TimeField(
        label="Time of day",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="For a scheduled release, in your time zone; 10:00 when nothing is said.",
    )
    genres = forms.MultipleChoiceField(label="Genres", required=False, widget=forms.CheckboxSelectMultiple)
    tags = forms.CharField(label="Tags", required=False, max_length=600, help_text="Separated by commas.")
    artists = forms.CharField(
        label="Other artists",
        required=False,
        max_length=900,
        help_text="Their addresses, separated by commas, such as @kit-nakagawa. New beats in it invite them.",
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["genres"].choices = catalog.genre_choices()  # type: ignore[attr-defined]

    def values(self, zone: ZoneInfo) -> CollectionFields:
        """What the form says, hours in `zone`; fields in error count as empty. Call it after `is_valid`.

        Raises:
            InvalidFields: the clocks in `zone` never show the time of a scheduled release.
        """
        data = self.cleaned_data
        return CollectionFields(
            name=data.get("name", ""),
            kind=data.get("kind", ""),
            description=data.get("description", ""),
            release_on=data.get("release_on"),
            state=data.get("state") or Collection.State.PRIVATE,
            scheduled_at=self._scheduled_at(zone),
            genres=tuple(data.get("genres", ())),
            tags=tags.split(data.get("tags", "")),
            artists=tuple(handles(data.get("artists", "").replace(";", ",").split(","))),
        )

    def _scheduled_at(self, zone: ZoneInfo) -> datetime | None:
        day, hour = self.cleaned_data.get("release_on"), self.cleaned_data.get("release_time") or MORNING
        if day is None or self.cleaned_data.get("state") != Collection.State.SCHEDULED:
            return None
        try:
            return instant(datetime.combine(day, hour), zone)
        except NoSuchTime as refusal:
            raise InvalidFields({"release_time": str(refusal)}) from None


def initial(collection: Collection, *, zone: ZoneInfo) -> dict[str, Any]:
    """The form's values for a collection as it is saved; hours are those of `zone`."""
    at = collection.scheduled_at
    return {
        "version": collection.updated_at.isoformat(),
        "name": collection.name,
        "kind": collection.kind,
        "release_on": at.astimezone(zone).date() if at else collection.release_on,
        "release_time": at.astimezone(zone).time() if at else None,
        "description": collection.description,
        "state": collection.state,
        "genres": list(collection.genres.values_list("slug", flat=True)),
        "tags": ", ".join(collection.tags),
        "artists": ", ".join(f"@{handle}" for handle in _named(collection)),
    }


def _named(collection: Collection) -> list[str]:
    return list(collection.artists.order_by("handle").values_list("handle", flat=True))
