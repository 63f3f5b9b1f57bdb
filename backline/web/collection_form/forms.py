"""The fields of a collection, as a person fills them in."""

from __future__ import annotations

from typing import Any

from django import forms

from backline.catalog.actions import CollectionFields
from backline.catalog.fields import LONGEST
from backline.catalog.models import Collection
from backline.web.version_field import VersionField


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
    public = forms.BooleanField(label="Public: everybody can see it and its public beats", required=False)

    def values(self) -> CollectionFields:
        """What the form says; fields in error count as empty. Call it after `is_valid`."""
        data = self.cleaned_data
        return CollectionFields(
            name=data.get("name", ""),
            kind=data.get("kind", ""),
            description=data.get("description", ""),
            release_on=data.get("release_on"),
            public=bool(data.get("public")),
        )


def initial(collection: Collection) -> dict[str, Any]:
    """The form's values for a collection as it is saved."""
    return {
        "version": collection.updated_at.isoformat(),
        "name": collection.name,
        "kind": collection.kind,
        "release_on": collection.release_on,
        "description": collection.description,
        "public": collection.state == Collection.State.PUBLIC,
    }
