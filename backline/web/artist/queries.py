"""What an artist's profile shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale
from django.db.models import Count, QuerySet

from backline.audience.queries import Followers, followers, is_following
from backline.catalog.models import Beat, BeatQuerySet, Collection, Credit, Genre
from backline.catalog.queries import featured_beat
from backline.catalog.queries.recommended import Recommendations, recommended_artists
from backline.core.paging import page_of
from backline.listening.calendar import reporting
from backline.listening.queries import artist_figures, artist_totals, plays_of_beats
from backline.people.models import Account, Artist
from backline.people.queries import owner_ids
from backline.web.collection.queries import CollectionCard, cards
from backline.web.sections import known
from backline.web.tracks import Track, in_order, public_beats, tracks, wave_of

PER_PAGE = 20
PERIOD_DAYS = 30
SIDE_SHOWN = 5
GENRES_SHOWN = 3
PARTNERS_SHOWN = 60
FOLLOWERS_SHOWN = 50
LEAD_BARS = 120


@dataclass(frozen=True)
class Head:
    """The top of the profile. `plays` are of all time, `recent_plays` of the 30 complete days before today.

    Both are None when they cannot be read. `claimed`: somebody owns the profile.
    """

    artist: Artist
    place: str
    genres: list[str]
    beats: int
    collections: int
    partners: int
    plays: int | None
    recent_plays: int | None
    followers: Followers
    following: bool
    claimed: bool


@dataclass(frozen=True)
class BeatList:
    """One page of the artist's public beats, collaborations included; the featured one is the first of all.

    `lead` is its wide waveform, where it is on this page.
    """

    tracks: list[Track]
    total: int
    page: int
    pages: int
    featured_id: int | None
    lead: Lead | None


@dataclass(frozen=True)
class Lead:
    """The featured beat as the profile opens with it; `wave` is an SVG path of `LEAD_BARS`."""

    track: Track
    wave: str
    published_at: datetime | None


@dataclass(frozen=True)
class Partner:
    """Another artist, and on how many public beats both are credited."""

    artist: Artist
    beats: int


def head(artist: Artist, *, account: Account | None, now: datetime) -> Head:
    """The artist's name, place and figures."""
    own = _beats(artist)
    first, last = reporting().complete_days(PERIOD_DAYS, now=now)
    genres = Genre.objects.filter(beats__in=own).annotate(count=Count("id")).order_by("-count", "name")
    return Head(
        artist=artist,
        place=place(artist.city, artist.country),
        genres=[genre.name for genre in genres[:GENRES_SHOWN]],
        beats=own.count(),
        collections=public_collections(artist).count(),
        partners=_shared_credits(artist).values("artist").distinct().count(),
        plays=known("plays", lambda: artist_totals(artist.pk).plays),
        recent_plays=known(
            "recent plays", lambda: artist_figures(artist.pk, first=first, last=last, now=now).plays
        ),
        followers=followers(
            artist.pk,
            since=reporting().starts_at(first),
            until=reporting().starts_at(last + timedelta(days=1)),
        ),
        following=is_following(artist.pk, account_id=account.pk if account else None),
        claimed=bool(owner_ids(artist.pk)),
    )


def beat_list(artist: Artist, *, account: Account | None, order: str, page: int) -> BeatList:
    """The artist's beats by plays (`plays`) or by date (`newest`); a page beyond the end is the last."""
    ids = list(_beats(artist).order_by("-first_published_at", "-id").values_list("id", flat=True))
    if order == "plays":
        plays = known("plays", lambda: plays_of_beats(ids)) or {}
        ids.sort(key=lambda beat_id: plays.get(beat_id, 0), reverse=True)
    chosen = featured_beat(artist.pk)
    first = chosen.id if chosen and chosen.shown else None
    ids.sort(key=lambda beat_id: beat_id != first)
    here = page_of(len(ids), page=page, size=PER_PAGE)
    shown = ids[here.start : here.stop]
    beats = in_order(shown, public_beats().filter(pk__in=shown))
    rows = tracks(beats, account=account)
    lead = next(
        (
            Lead(row, wave_of(beat, bars=LEAD_BARS), beat.first_published_at)
            for row, beat in zip(rows, beats, strict=True)
            if beat.pk == first
        ),
        None,
    )
    return BeatList(rows, total=len(ids), page=here.number, pages=here.pages, featured_id=first, lead=lead)


def collection_cards(artist: Artist, *, limit: int | None = None) -> list[CollectionCard]:
    """The artist's public collections, newest first."""
    return cards(public_collections(artist).order_by("-created_at", "-id")[:limit])


def public_collections(artist: Artist) -> QuerySet[Collection]:
    """The artist's collections that everybody may see."""
    return Collection.objects.public().filter(artist=artist)


def partners(artist: Artist, *, limit: int) -> list[Partner]:
    """Who shares the most public beats with the artist."""
    shared = _shared_credits(artist).values_list("artist").annotate(count=Count("id"))
    counts = dict(shared.order_by("-count", "artist")[:limit])
    found = Artist.objects.in_bulk(list(counts))
    return [Partner(found[artist_id], count) for artist_id, count in counts.items()]


def similar(artist: Artist) -> Recommendations:
    """Artists of the same genres, but not those who took themselves out; the worker looks for them once a day."""
    return recommended_artists(artist.pk)


def place(city: str, country: str) -> str:
    """Where the artist works: "Amsterdam, Netherlands"; parts that are not known are left out."""
    name = Locale("en").territories.get(country.upper(), "") if country else ""
    return ", ".join(part for part in (city, name) if part)


def _shared_credits(artist: Artist) -> QuerySet[Credit]:
    """Credits of others on the artist's public beats."""
    credits = Credit.objects.filter(beat__in=_beats(artist), artist__revoked_at__isnull=True)
    return credits.filter(state=Credit.State.ACCEPTED).exclude(artist=artist)


def _beats(artist: Artist) -> BeatQuerySet:
    return Beat.objects.public().credited_to(artist.pk)
