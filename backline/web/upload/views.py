"""Uploading: a page with a plain form, which a script makes into a queue with progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from backline.catalog import actions
from backline.core import clock
from backline.integrations.audio import DEFAULT, Failed
from backline.people.models import Member
from backline.web import access
from backline.web.render import page
from backline.web.upload.forms import AudioForm
from backline.web.upload.limits import path_of, too_large


@dataclass(frozen=True)
class Refusal:
    """Why a file was not taken. `is_ours`: the file may be good."""

    file_name: str
    sentence: str
    is_ours: bool = False


@csrf_exempt  # `_receive` checks it: here the body would be read before the person's rights are known
@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Upload")
def upload(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows the form, or says why this person or artist may not upload; takes a file."""
    if request.method != "POST":
        return _form(request, member)
    access.demand_edit(member)
    if sentence := too_large(request):
        return _refuse(request, member, Refusal("", sentence), status=413)
    return _receive(request, member)


@csrf_protect
def _receive(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        form = AudioForm(request.POST, request.FILES)
    except UnreadablePostError:
        return HttpResponse("The upload broke off.", status=400, content_type="text/plain")
    if not form.is_valid():
        return _refuse(request, member, Refusal("", str(form.errors["audio"][0])))
    return _store(request, member, form.cleaned_data["audio"])


def _store(request: HttpRequest, member: Member, file: UploadedFile[Any]) -> HttpResponse:
    name = file.name or ""
    try:
        beat = actions.upload_beat(
            member.artist, draft=path_of(file), file_name=name, account=member.account, now=clock.now()
        )
    except actions.UploadRefused as refusal:
        return _refuse(request, member, Refusal(name, refusal.sentence))
    except Failed as failure:
        return _refuse(request, member, Refusal(name, str(failure), is_ours=True), status=503)
    address = f"/backstage/beats/{beat.pk}/"
    if _wants_json(request):
        return JsonResponse({"address": address, "name": beat.name}, status=201)
    return redirect(address)


def _form(
    request: HttpRequest, member: Member, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"obstacle": _obstacle(member), "refusal": refusal, "limits": DEFAULT, "artist": member.artist}
    return page(request, "upload/page.html", status=status, **context)


def _obstacle(member: Member) -> str:
    """Why this person cannot upload for this artist; empty when they can."""
    if not member.edits:
        role = member.get_role_display().lower()
        return (
            f"Your role in {member.artist.name} is {role}, which reads but does not upload. "
            "An owner can change your role."
        )
    if not member.artist.can_upload or member.artist.revoked_at is not None:
        return (
            f"Uploading is switched off for {member.artist.name}. The catalogue stays as it is; "
            "ask the platform's team why."
        )
    return ""


def _refuse(request: HttpRequest, member: Member, refusal: Refusal, *, status: int = 422) -> HttpResponse:
    if _wants_json(request):
        answer = {"file": refusal.file_name, "sentence": refusal.sentence, "again": refusal.is_ours}
        return JsonResponse(answer, status=status)
    return _form(request, member, refusal=refusal, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
