"""What a sender says of a file before its first byte, read from JSON."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest

from backline.catalog.actions import Announced, UploadRefused
from backline.catalog.fields import LONGEST
from backline.catalog.models import Collection
from backline.people.models import Member
from backline.web import access
from backline.web.clean_text import clean_object

MOST_BYTES = 64 * 1024


class AnnounceForm(forms.Form):
    """The members of the JSON object; `collection` is the number of one of the artist's own."""

    name = forms.CharField(strip=False)
    size = forms.IntegerField(min_value=0, max_value=10**12)
    mark = forms.CharField(required=False, max_length=150)
    batch = forms.UUIDField(required=False)
    position = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    collection_name = forms.CharField(required=False, max_length=LONGEST["name"])
    collection = forms.IntegerField(required=False)


def announced(request: HttpRequest, member: Member, *, key: str = "") -> Announced:
    """What the request says; `key` names the upload for good.

    Raises:
        UploadRefused: it cannot be read. Http404: a collection that is not the artist's own.
    """
    given = clean_object(request.read(MOST_BYTES))
    if given is None:
        raise UploadRefused("invalid", "Send a JSON object with name and size.")
    form = AnnounceForm(given)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise UploadRefused("invalid", f"{name}: {' '.join(map(str, errors))}")
    data = form.cleaned_data
    return Announced(
        file_name=data["name"],
        size_bytes=data["size"],
        mark=f"key:{key}"[:200] if key else data["mark"],
        once=bool(key),
        batch=data["batch"],
        position=data["position"] or 0,
        collection_name=data["collection_name"],
        collection=own_collection(request, member, data["collection"]),
    )


def own_collection(request: HttpRequest, member: Member, collection_id: int | None) -> Collection | None:
    """The collection for new drafts to go into, None for none.

    Raises:
        Http404: it is not one of the artist's own.
    """
    if collection_id is None:
        return None
    _, collection = access.collection_of_member(request, collection_id)
    if collection.artist_id != member.artist_id:
        raise Http404
    return collection
