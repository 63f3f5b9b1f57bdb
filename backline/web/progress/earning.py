"""The four ways to earn XP, each with what can still be earned now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog.queries import open_invitations
from backline.domain import xp
from backline.domain.xp import Source
from backline.listening.calendar import reporting
from backline.standing import queries as standing
from backline.standing.facts import OwnBeat, artist_facts
from backline.web.formats import counted, number

DAYS = 30
INVITATIONS = 20


@dataclass(frozen=True)
class Way:
    """A card: the XP of one fact, what is still to be had, and where to go for it."""

    name: str
    gain: int
    note: str
    address: str


def ways(artist_id: int, *, now: datetime) -> list[Way]:
    """Upload Tracks, Get Plays, Complete Metadata, Collaborate."""
    beats = [beat for beat in artist_facts([artist_id])[artist_id].beats if beat.facts.own]
    return [
        Way(Source.UPLOAD.label, xp.UPLOAD_XP, _uploads(beats, now), "/backstage/upload/"),
        Way(Source.PLAYS.label, xp.PLAY_XP, _plays(artist_id, now), "/dashboard/activity/"),
        Way(Source.METADATA.label, xp.METADATA_XP, _metadata(beats), "/dashboard/beats/"),
        Way(Source.COLLABORATE.label, xp.COLLABORATE_XP, *_collaborate(artist_id, beats)),
    ]


def _uploads(beats: list[OwnBeat], now: datetime) -> str:
    zone, today = reporting().zone, reporting().today(now)
    instants = [beat.facts.first_published_at for beat in beats if beat.facts.first_published_at]
    left = xp.UPLOADS_A_MONTH - xp.uploads_counted(instants, month=today.replace(day=1), zone=zone)
    if left <= 0:
        return f"All {xp.UPLOADS_A_MONTH} of this month are used; the next month brings {xp.UPLOADS_A_MONTH} more"
    return f"{left} of {xp.UPLOADS_A_MONTH} left this month: up to +{number(left * xp.UPLOAD_XP)}"


def _plays(artist_id: int, now: datetime) -> str:
    first, _last = reporting().complete_days(DAYS, now=now)
    earned = standing.xp_since(artist_id, since=reporting().starts_at(first), sources=[Source.PLAYS])
    pace = "none in the last 30 days" if earned <= 0 else f"lately about {number(-(-earned // DAYS))} a day"
    return f"Per account, beat and day; {pace}"


def _metadata(beats: list[OwnBeat]) -> str:
    out = [beat for beat in beats if beat.facts.first_published_at]
    if not out:
        return "Publish a beat, then fill in BPM, key, scale, description and tags"
    lacking = [beat for beat in out if not beat.facts.complete]
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


def _collaborate(artist_id: int, beats: list[OwnBeat]) -> tuple[str, str]:
    waiting = len(open_invitations(artist_id, limit=INVITATIONS))
    if waiting:
        words = "1 invitation waits" if waiting == 1 else f"{waiting} invitations wait"
        return f"{words} for your answer: +{number(waiting * xp.COLLABORATE_XP)}", "/dashboard/#needs"
    alone = sum(beat.facts.public and beat.facts.accepted < xp.FEWEST_ARTISTS for beat in beats)
    if alone:
        return (
            f"{counted(alone, 'beat')} of yours {'names' if alone == 1 else 'name'} nobody else yet",
            "/dashboard/beats/",
        )
    return "Per public beat with two or more accepted artists, to each", "/dashboard/beats/"
