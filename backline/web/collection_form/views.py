"""The collection form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from backline.catalog import actions
from backline.catalog.models import Collection
from backline.core import clock
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.collection_form import queries
from backline.web.collection_form.forms import CollectionForm, NewCollectionForm, initial
from backline.web.collection_form.saving import MOST_WORDS, Sent, said, save, sent
from backline.web.cover_choice import chosen_style
from backline.web.render import page
from backline.web.upload.limits import COVER_AND_FIELDS_BYTES, too_large


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Create collection", edit=True)
def new_collection(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows what a collection starts with; makes it and goes on to its form."""
    form = NewCollectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = actions.create_collection(member.artist, **form.cleaned_data, now=clock.now())
        messages.success(request, f"{made.name} is created. It is private until you make it public.")
        return redirect("collection-form", made.pk)
    status = 422 if form.is_bound else 200
    return page(request, "collection_form/new.html", status=status, form=form)


@csrf_exempt  # `_press` checks it: here the body would be read before the person's rights are known
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def collection_form(request: HttpRequest, collection_id: int) -> HttpResponse:
    """Shows the form; saves it with what the pressed button does to the order of the beats."""
    member, collection = access.collection_of_member(request, collection_id, edit=True)
    viewer.remember_artist(request, member)  # the frame is about this collection's artist
    if request.method != "POST":
        return _show(request, collection, words=request.GET.get("find", "")[:MOST_WORDS])
    if sentence := too_large(request, COVER_AND_FIELDS_BYTES):
        return _show(request, collection, refusal=sentence, status=413)
    return _press(request, collection)


@csrf_protect
def _press(request: HttpRequest, collection: Collection) -> HttpResponse:
    form, beside, action = CollectionForm(request.POST), sent(request.POST), request.POST.get("action", "")
    if action == "find" or not form.is_valid():
        return _show(request, collection, form=form, beside=beside, status=200 if action == "find" else 422)
    try:
        cover, zone = request.FILES.get("cover"), viewer.person(request).zone_info
        save(collection, form, beside=beside, cover=cover, zone=zone, now=clock.now())
    except actions.EditedMeanwhile:
        return _conflict(request, collection, form, beside)
    except (actions.InvalidFields, actions.CoverRefused) as refusal:
        sentence = " ".join(getattr(refusal, "problems", {"": str(refusal)}).values())
        return _show(request, collection, form=form, beside=beside, refusal=sentence, status=422)
    messages.success(request, said(action))
    return redirect(_back(collection, action, words=beside.words))


def _back(collection: Collection, action: str, *, words: str) -> str:
    """The form again, still finding what was looked for: on the button that moved a beat, else at the beats."""
    verb, _, number = action.partition(":")
    find = f"?{urlencode({'find': words})}" if words else ""
    if verb in ("up", "down") and number.isdigit():
        return f"/backstage/collections/{collection.pk}/{find}#{verb}-{number}"
    return f"/backstage/collections/{collection.pk}/{find}{'#beats' if find or action != 'save' else ''}"


def _conflict(
    request: HttpRequest, collection: Collection, form: CollectionForm, beside: Sent
) -> HttpResponse:
    """The second of two edits keeps what it has, sees what the first saved, and may save over it knowingly."""
    _, collection = access.collection_of_member(request, collection.pk, edit=True)
    mine = form.values(viewer.person(request).zone_info)
    differing = queries.differences(collection, mine, beat_ids=beside.order)
    data = request.POST.copy()
    data["version"] = collection.updated_at.isoformat()
    more = {"conflict": True, "differing": differing}
    return _show(request, collection, form=CollectionForm(data), beside=beside, status=409, more=more)


def _show(
    request: HttpRequest,
    collection: Collection,
    *,
    form: CollectionForm | None = None,
    beside: Sent | None = None,
    words: str = "",
    status: int = 200,
    refusal: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    beside = beside or Sent(queries.held(collection), [], words, chosen_style(collection))
    context = {
        "collection": collection,
        "form": form or CollectionForm(initial=initial(collection, zone=viewer.person(request).zone_info)),
        "sheet": queries.sheet(collection, beat_ids=beside.order, words=beside.words),
        "beside": beside,
        "here": f"/backstage/collections/{collection.pk}/",
    }
    context |= {"refusal": refusal, "conflict": False, "differing": []} | (more or {})
    return page(request, "collection_form/page.html", status=status, **context)
