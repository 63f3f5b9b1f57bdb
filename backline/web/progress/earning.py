"""The four ways to earn XP, each with what can still be earned now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backline.domain import xp
from backline.domain.xp import Source
from backline.listening.calendar import reporting
from backline.standing.facts_earning import EarningBeat, earning
from backline.standing.queries import LATELY_DAYS
from backline.web.formats import counted, number


@dataclass(frozen=True)
class Way:
    """A card: the XP of one fact, what is still to be had, and where to go for it."""

    name: str
    gain: int
    note: str
    address: str


def ways(artist_id: int, *, plays_xp: int, now: datetime) -> list[Way]:
    """Upload Tracks, Get Plays, Complete Metadata, Collaborate. `plays_xp` is what plays brought lately."""
    found = earning(artist_id)
    beats = found.beats
    return [
        Way(Source.UPLOAD.label, xp.UPLOAD_XP, _uploads(beats, now), "/backstage/upload/"),
        Way(Source.PLAYS.label, xp.PLAY_XP, _plays(plays_xp), "/dashboard/activity/"),
        Way(Source.METADATA.label, xp.METADATA_XP, _metadata(beats), "/dashboard/beats/"),
        Way(Source.COLLABORATE.label, xp.COLLABORATE_XP, *_collaborate(beats, found.invitations)),
    ]


def _uploads(beats: Sequence[EarningBeat], now: datetime) -> str:
    zone, today = reporting().zone, reporting().today(now)
    instants = [beat.first_published_at for beat in beats if beat.first_published_at]
    left = xp.UPLOADS_A_MONTH - xp.uploads_counted(instants, month=today.replace(day=1), zone=zone)
    if left <= 0:
        return f"All {xp.UPLOADS_A_MONTH} of this month are used; the next month brings {xp.UPLOADS_A_MONTH} more"
    return f"{left} of {xp.UPLOADS_A_MONTH} left this month: up to +{number(left * xp.UPLOAD_XP)}"


def _plays(earned: int) -> str:
    a_day = number(-(-earned // LATELY_DAYS))
    pace = f"none in the last {LATELY_DAYS} days" if earned <= 0 else f"lately about {a_day} a day"
    return f"Per account, beat and day; {pace}"


def _metadata(beats: Sequence[EarningBeat]) -> str:
    out = [beat for beat in beats if beat.first_published_at]
    if not out:
        return "Publish a beat, then fill in BPM, key, scale, description and tags"
    lacking = [beat for beat in out if not beat.complete]
    tags = sum(beat.lacks_only_tags for beat in lacking)
    whole = f"+{number(len(lacking) * xp.METADATA_XP)}"
    if not lacking:
        return "All your published beats are complete"
    if tags == len(lacking):
        return f"{counted(tags, 'beat')} {'lacks' if tags == 1 else 'lack'} only tags: {whole}"
    if tags:
        these = f"{counted(tags, 'beat')} of {len(lacking)}"
        return f"{these} lack only tags: +{number(tags * xp.METADATA_XP)}. All: {whole}"
    return f"{counted(len(lacking), 'beat')} {'lacks' if len(lacking) == 1 else 'lack'} details: {whole}"


def _collaborate(beats: Sequence[EarningBeat], waiting: int) -> tuple[str, str]:
    if waiting:
        words = "1 invitation waits" if waiting == 1 else f"{waiting} invitations wait"
        return f"{words} for your answer: +{number(waiting * xp.COLLABORATE_XP)}", "/dashboard/#needs"
    alone = sum(beat.public and beat.accepted < xp.FEWEST_ARTISTS for beat in beats)
    if alone:
        return (
            f"{counted(alone, 'beat')} of yours {'names' if alone == 1 else 'name'} nobody else yet",
            "/dashboard/beats/",
        )
    return "Per public beat with two or more accepted artists, to each", "/dashboard/beats/"
