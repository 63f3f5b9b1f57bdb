"""The head of a page of insights: what it is about, in one line of facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from backline.audience.queries import followers
from backline.catalog import queries as catalog
from backline.catalog.covers import Cover, beat_cover
from backline.catalog.models import Credit, Genre
from backline.catalog.queries.collections import CollectionRow
from backline.core import clock
from backline.domain.music import key_name
from backline.standing.queries import level_of
from backline.web.formats import counted, duration, full_day, number, percent
from backline.web.insights.subject import Subject
from backline.web.pool_share import platform_share

GENRES_SHOWN = 3


@dataclass(frozen=True)
class Head:
    """Facts in order. `cover` is None for an artist; `plays_beat` is the beat the play button plays, None for none."""

    facts: list[str]
    cover: Cover | None
    plays_beat: int | None


def head(subject: Subject) -> Head:
    """The head of a subject."""
    if subject.row is not None:
        return _collection_head(subject, subject.row)
    return _beat_head(subject) if subject.beat is not None else _artist_head(subject)


def _beat_head(subject: Subject) -> Head:
    beat = subject.beat
    assert beat is not None
    credited = Credit.objects.filter(beat=beat, state=Credit.State.ACCEPTED).order_by("position")
    names = list(credited.values_list("artist__name", flat=True)) or [beat.artist.name]
    out = beat.first_published_at
    facts = [
        ", ".join(names),
        f"published {full_day(out)}" if out else "not published yet",
        f"{beat.bpm} BPM" if beat.bpm else "",
        key_name(beat.key, beat.scale) if beat.key is not None and beat.scale else "",
        counted(subject.totals.plays, "play"),
        counted(subject.totals.downloads, "download"),
    ]
    plays = beat.pk if beat.is_public and beat.recording.stream_key else None
    return Head([fact for fact in facts if fact], beat_cover(beat), plays)


def _collection_head(subject: Subject, row: CollectionRow) -> Head:
    cards = catalog.beat_cards(row.beat_ids)
    facts = [
        row.kind,
        f"released {full_day(row.release_on)}" if row.release_on else "no release date",
        counted(len(row.beat_ids), "beat"),
        duration(sum(card.duration_ms for card in cards.values())),
        ", ".join(_genres(subject)),
        counted(subject.totals.plays, "play"),
        counted(subject.totals.likes, "like"),
    ]
    return Head([fact for fact in facts if fact], row.cover, None)


def _artist_head(subject: Subject) -> Head:
    member = subject.member
    level = level_of(member.artist_id)
    now = clock.now()
    fans = followers(member.artist_id, since=now, until=now)
    share = platform_share(member)
    facts = [
        counted(fans.total, "follower"),
        counted(len(catalog.places_of_artist(member.artist_id)), "collection"),
        counted(catalog.catalog_counts(member.artist_id, since=now).public_beats, "public beat"),
        counted(subject.totals.plays, "play"),
        ", ".join(_genres(subject)),
        f"{percent(share.bp, 2)} of all pool points" if share and share.bp is not None else "",
        f"level {level.level}",
        f"{number(level.xp)} XP",
    ]
    return Head([fact for fact in facts if fact], None, None)


def _genres(subject: Subject) -> list[str]:
    """The most frequent genres of the beats."""
    held = Genre.beats.through.objects.filter(beat__in=subject.beat_ids)
    found = Counter(held.values_list("genre__name", flat=True))
    return sorted(found, key=lambda name: (-found[name], name))[:GENRES_SHOWN]
