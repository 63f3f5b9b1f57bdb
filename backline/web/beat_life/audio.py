"""Other audio for a beat: a plain form that takes one file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from backline.catalog import actions
from backline.catalog.models import Beat
from backline.core import clock
from backline.integrations.audio import Failed
from backline.web import access, viewer
from backline.web.numbers import number_in
from backline.web.render import page
from backline.web.upload.limits import path_of, too_large


@csrf_exempt  # `_receive` checks it: here the body would be read before the person's rights are known
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def replace(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Shows the form; takes a file and gives it to the beat."""
    member, beat = access.beat_of_member(request, beat_id, edit=True)
    viewer.remember_artist(request, member)
    if request.method != "POST":
        return _form(request, beat)
    if sentence := too_large(request):
        return _form(request, beat, sentence, status=413)
    return _receive(request, beat)


@csrf_protect
def _receive(request: HttpRequest, beat: Beat) -> HttpResponse:
    if draft := request.POST.get("from", ""):
        return _take(request, beat, draft)
    file = request.FILES.get("audio")
    if file is None:
        return _form(request, beat, "Choose a WAV or FLAC file.", status=422)
    try:
        _store(request, beat, file)
    except actions.UploadRefused as refusal:
        return _form(request, beat, refusal.sentence, status=422)
    except actions.NotPossible as refusal:
        return _form(request, beat, str(refusal), status=422)
    except Failed as failure:
        return _form(request, beat, str(failure), status=503)
    messages.success(request, f"{beat.name} has new audio. Its plays and licences stay.")
    return redirect("beat-form", beat.pk)


def _take(request: HttpRequest, beat: Beat, number: str) -> HttpResponse:
    """The file of a draft that sounds the same, instead of a new one."""
    _, draft = access.beat_of_member(request, number_in(number) or 0, edit=True)
    if draft.artist_id != beat.artist_id:
        raise Http404
    try:
        actions.hand_over_audio(beat, other=draft, now=clock.now(), by=viewer.person(request))
    except actions.NotPossible as refusal:
        return _form(request, beat, str(refusal), status=422)
    messages.success(request, f"{beat.name} has the audio of {draft.name}, which is in the trash.")
    return redirect("beat-form", beat.pk)


def _store(request: HttpRequest, beat: Beat, file: UploadedFile[Any]) -> None:
    path, name = path_of(file), file.name or ""
    actions.upload_replacement(beat, draft=path, file_name=name, now=clock.now(), by=viewer.person(request))


def _form(request: HttpRequest, beat: Beat, refusal: str = "", *, status: int = 200) -> HttpResponse:
    return page(request, "beat_life/audio.html", status=status, beat=beat, refusal=refusal)
