"""Uploading: a page with a plain form, which scripts make into a queue that sends in pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.models import Beat, Collection
from backline.core import clock, growing
from backline.integrations.audio import DEFAULT, Failed
from backline.people.models import Member
from backline.web import access
from backline.web.numbers import number_in
from backline.web.render import page
from backline.web.shell import shell_for
from backline.web.upload.announcing import own_collection
from backline.web.upload.forms import AudioForm
from backline.web.upload.limits import path_of, too_large
from backline.web.upload.protocol import DISK_FULL

TABLE = "/backstage/upload/batch/?ids="


@dataclass(frozen=True)
class Refusal:
    """Why a file was not taken. `is_ours`: the file may be good."""

    file_name: str
    sentence: str
    is_ours: bool = False


@dataclass
class Outcome:
    """What became of the files of one form."""

    made: list[Beat] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def status(self) -> int:
        """422 when a file was refused, 503 when none was and one could not be looked at."""
        if not self.refusals:
            return 200
        return 503 if all(refusal.is_ours for refusal in self.refusals) else 422


@csrf_exempt  # `_receive` checks it: here the body would be read before the person's rights are known
@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Upload")
def upload(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows the form, or says why this person or artist may not upload; takes files."""
    if request.method != "POST":
        return _form(request, member)
    access.demand_edit(member)
    if sentence := too_large(request):
        return _refuse(request, member, sentence, status=413)
    try:
        return _receive(request, member)
    except OSError as error:
        if error.errno not in growing.NO_ROOM:
            raise
        return HttpResponse(DISK_FULL, status=507, content_type="text/plain; charset=utf-8")


@csrf_protect
def _receive(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        form = AudioForm(request.POST, request.FILES)
    except UnreadablePostError:
        return HttpResponse("The upload broke off.", status=400, content_type="text/plain")
    if not form.is_valid():
        return _refuse(request, member, str(form.errors["audio"][0]))
    into, outcome = _collection(request, member), Outcome()
    for file in request.FILES.getlist("audio"):
        _store(member, file, into, outcome)
    if outcome.refusals:
        return _form(request, member, outcome, status=outcome.status)
    ids = [beat.pk for beat in outcome.made]
    return redirect("beat-form", ids[0]) if len(ids) == 1 else redirect(f"{TABLE}{','.join(map(str, ids))}")


def _store(member: Member, file: UploadedFile[Any], into: Collection | None, outcome: Outcome) -> None:
    name, now = file.name or "", clock.now()
    try:
        beat = actions.upload_beat(
            member.artist, draft=path_of(file), file_name=name, account=member.account, now=now
        )
    except actions.UploadRefused as refusal:
        outcome.refusals.append(Refusal(name, refusal.sentence))
    except Failed as failure:
        outcome.refusals.append(Refusal(name, str(failure), is_ours=True))
    else:
        outcome.made.append(beat)
        if into is not None:
            actions.add_to_collection(into, beat=beat, now=now)
            actions.take_over(beat, collection=into, now=now)


def _form(
    request: HttpRequest, member: Member, outcome: Outcome | None = None, *, status: int = 200
) -> HttpResponse:
    artist, outcome, now = member.artist, outcome or Outcome(), clock.now()
    context: dict[str, Any] = {
        "artist": artist,
        "obstacle": _obstacle(member),
        "refusals": outcome.refusals,
        "made": outcome.made,
        "limits": DEFAULT,
        "collection": _collection(request, member),
        "quota": catalog.quota(artist.pk, now=now),
        "unfinished": catalog.unfinished_uploads(artist.pk, account_id=member.account_id, now=now),
        "here": request.get_full_path(),
        "begin": shell_for(request).link("/backstage/uploads/"),
        "table": TABLE,
    }
    return page(request, "upload/page.html", status=status, **context)


def _collection(request: HttpRequest, member: Member) -> Collection | None:
    """The collection that the address names, for new drafts to go into.

    Raises:
        Http404: it is not one of the artist's own.
    """
    number = request.GET.get("collection", "")
    if not number:
        return None
    return own_collection(request, member, number_in(number) or 0)


def _obstacle(member: Member) -> str:
    """Why this person cannot upload for this artist; empty when they can."""
    if not member.edits:
        role = member.get_role_display().lower()
        return (
            f"Your role in {member.artist.name} is {role}, which reads but does not upload. "
            "An owner can change your role."
        )
    if member.artist.revoked_at is not None:
        return (
            f"The place of {member.artist.name} in the Producer Program was revoked: its beats are hidden, its money "
            "is held, and nothing can be uploaded. Nothing is deleted."
        )
    if not member.artist.can_upload:
        return (
            f"Uploading is switched off for {member.artist.name}. The catalogue stays as it is; "
            "ask the platform's team why."
        )
    return ""


def _refuse(request: HttpRequest, member: Member, sentence: str, *, status: int = 422) -> HttpResponse:
    return _form(request, member, Outcome(refusals=[Refusal("", sentence)]), status=status)
