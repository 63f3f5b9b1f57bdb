"""Beats: upload, read, publish, activity."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from backline.catalog import actions
from backline.catalog.actions import CoverRefused, InvalidFields, UploadRefused
from backline.catalog.models import Beat
from backline.core import clock
from backline.integrations.audio import Failed
from backline.people.models import Member
from backline.web import access
from backline.web.api.activity import ActivityOut, beat_activity
from backline.web.api.auth import READ, UPLOAD, WRITE, caller, uploading_member
from backline.web.api.beat_in import BeatForm, fields_from
from backline.web.api.beat_life import change, refusing
from backline.web.api.beat_out import BeatOut, beat_out
from backline.web.api.problems import Problem, ProblemOut, invalid
from backline.web.upload.limits import path_of

router = Router(tags=["Beats"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut}
REFUSED: dict[int, Any] = {413: ProblemOut, 422: ProblemOut, 503: ProblemOut}


@router.post("/beats", auth=UPLOAD, summary="Upload a beat", response={201: BeatOut, **ERRORS, **REFUSED})
def upload_beat(
    request: HttpRequest,
    form: Form[BeatForm],
    audio: File[UploadedFile],
    cover: File[UploadedFile | None] = None,
) -> Status[BeatOut]:
    """Uploads a WAV or FLAC file and makes a draft of it.

    The file is decoded from beginning to end before the answer. What cannot be accepted is refused as a whole, with a
    sentence that names the file and the reason; nothing of it stays.
    """
    member = uploading_member(request, form.artist)
    try:
        return Status(201, beat_out(request, _store(member, form, audio, cover)))
    except InvalidFields as error:
        raise invalid(error.problems) from None
    except UploadRefused as refusal:
        raise Problem(422, refusal.code, refusal.sentence, file=audio.name) from None
    except CoverRefused as refusal:
        raise Problem(422, "cover_refused", str(refusal), file=cover.name if cover else "") from None
    except Failed as failure:
        raise Problem(503, "try_again", str(failure), file=audio.name) from None


@router.get("/beats/{int:beat_id}", auth=READ, summary="Read a beat", response={200: BeatOut, **ERRORS})
def read_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """A beat of one of the token's artists, or one they are credited on."""
    _, beat = access.beat_of_member(request, beat_id)
    return beat_out(request, beat)


@router.post(
    "/beats/{int:beat_id}/publish",
    auth=WRITE,
    summary="Publish a beat",
    response={200: BeatOut, **ERRORS, 409: ProblemOut, 422: ProblemOut},
)
def publish_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """Makes a draft public; repeating it changes nothing. While something is missing: 422 with `missing`."""
    return change(request, beat_id, actions.publish_beat)


@router.delete(
    "/beats/{int:beat_id}",
    auth=WRITE,
    summary="Delete a beat",
    response={204: None, **ERRORS, 409: ProblemOut},
)
def delete_beat(request: HttpRequest, beat_id: int) -> Status[None]:
    """Into the trash, for 30 days; a beat that was sold or licensed is refused."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    refusing(partial(actions.delete_beat, beat, now=clock.now(), by=caller(request)))
    return Status(204, None)


@router.get(
    "/beats/{int:beat_id}/activity",
    auth=READ,
    summary="Figures of a beat",
    response={200: ActivityOut, **ERRORS, 422: ProblemOut},
)
def read_beat_activity(request: HttpRequest, beat_id: int, period: str = "30d") -> ActivityOut:
    """The beat's figures: `period` is 7d, 30d, 90d (complete days before today), all, or YYYY-MM-DD..YYYY-MM-DD."""
    _, beat = access.beat_of_member(request, beat_id)
    return beat_activity(beat.pk, period, now=clock.now())


def _store(member: Member, form: BeatForm, audio: UploadedFile, cover: UploadedFile | None) -> Beat:
    return actions.upload_beat(
        member.artist,
        draft=path_of(audio),
        file_name=audio.name or "",
        fields=fields_from(form),
        cover=actions.check_cover(path_of(cover), file_name=cover.name or "") if cover else None,
        account=member.account,
        now=clock.now(),
    )
