"""A beat's life by the API: scheduled, private, archived, deleted and had back, with the screens' refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AwareDatetime

from backline.catalog import actions
from backline.catalog.actions import Incomplete, NotPossible
from backline.core import clock
from backline.web import access
from backline.web.api.auth import WRITE, caller
from backline.web.api.beat_out import BeatOut, beat_out
from backline.web.api.problems import Problem, ProblemOut

Done = TypeVar("Done")
router = Router(tags=["Beats"])
ANSWERS: dict[int, Any] = {
    200: BeatOut,
    401: ProblemOut,
    403: ProblemOut,
    404: ProblemOut,
    409: ProblemOut,
    422: ProblemOut,
}


class ScheduleIn(Schema):
    """When the beat is to come out, with its zone."""

    at: AwareDatetime


class LinkOut(Schema):
    """A private beat's address, and how often it was opened and started there."""

    url: str
    opens: int
    plays: int


def change(request: HttpRequest, beat_id: int, act: Callable[..., object], **more: datetime) -> BeatOut:
    """Does something to one of the token's own beats and answers it as it is then; else as `refusing`."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    refusing(partial(act, beat, now=clock.now(), by=caller(request), **more))
    _, beat = access.beat_of_member(request, beat_id)
    return beat_out(request, beat)


@router.post("/beats/{int:beat_id}/schedule", auth=WRITE, summary="Schedule a beat", response=ANSWERS)
def schedule_beat(request: HttpRequest, beat_id: int, body: ScheduleIn) -> BeatOut:
    """Has it published at a time to come; again: at another one."""
    return change(request, beat_id, actions.schedule_beat, at=body.at)


@router.post("/beats/{int:beat_id}/draft", auth=WRITE, summary="Make a beat a draft", response=ANSWERS)
def unpublish_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """Takes it out of the public, off its link, or off its schedule."""
    return change(request, beat_id, actions.unpublish_beat)


@router.post(
    "/beats/{int:beat_id}/private",
    auth=WRITE,
    summary="Make a beat private",
    response=ANSWERS | {200: LinkOut},
)
def make_private(request: HttpRequest, beat_id: int) -> LinkOut:
    """Answers the link by which it is heard; repeating it answers the same one."""
    _, beat = access.beat_of_member(request, beat_id, edit=True)
    link = refusing(partial(actions.make_private, beat, now=clock.now(), by=caller(request)))
    return LinkOut(
        url=request.build_absolute_uri(link.get_absolute_url()), opens=link.opens, plays=link.plays
    )


@router.post("/beats/{int:beat_id}/archive", auth=WRITE, summary="Archive a beat", response=ANSWERS)
def archive_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """Out of sight and out of the pool; its plays and licences stay."""
    return change(request, beat_id, actions.archive_beat)


@router.post(
    "/beats/{int:beat_id}/unarchive", auth=WRITE, summary="Take a beat out of the archive", response=ANSWERS
)
def unarchive_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """Back to what it was: public when it was and still may be, else a draft."""
    return change(request, beat_id, actions.unarchive_beat)


@router.post("/beats/{int:beat_id}/restore", auth=WRITE, summary="Restore a beat", response=ANSWERS)
def restore_beat(request: HttpRequest, beat_id: int) -> BeatOut:
    """Takes it out of the trash, in the state it had."""
    beat = access.trashed_beat_of_member(request, beat_id)
    refusing(partial(actions.restore_beat, beat, now=clock.now(), by=caller(request)))
    _, beat = access.beat_of_member(request, beat_id)
    return beat_out(request, beat)


def refusing(act: Callable[[], Done]) -> Done:
    """What an action answers.

    Raises:
        Problem: 422 while something is missing, 409 when the beat's state does not allow it.
    """
    try:
        return act()
    except Incomplete as incomplete:
        missing = [part.field for part in incomplete.missing]
        errors = [{"field": part.field, "message": part.sentence} for part in incomplete.missing]
        raise Problem(422, "incomplete", str(incomplete), missing=missing, errors=errors) from None
    except NotPossible as refusal:
        raise Problem(409, "not_possible", str(refusal)) from None
