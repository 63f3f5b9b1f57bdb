"""What the front page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q

from backline.catalog.models import Beat, BeatQuerySet, Genre
from backline.catalog.queries.search import matching_public_beats
from backline.core.paging import page_of
from backline.listening.calendar import reporting
from backline.listening.queries import beats_in_period
from backline.people.models import Account, Artist
from backline.web.sections import known
from backline.web.tracks import Track, in_order, public_beats, tracks

PER_PAGE = 24
TRENDING_DAYS = 7
TRENDING_AMONG = 500
ARTISTS_SHOWN = 6
PUBLIC = Q(
    beats__state=Beat.State.PUBLIC, beats__deleted_at__isnull=True, beats__artist__revoked_at__isnull=True
)


@dataclass(frozen=True)
class Search:
    """What is looked for: words in the name, tags or artists of a beat, a genre's slug, an order, a page from 1."""

    words: str = ""
    genre: str = ""
    order: str = "newest"
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.genre)


@dataclass(frozen=True)
class Results:
    """One page of beats. `total` counts all pages; `since` and `until` are the days that *trending* counts."""

    tracks: list[Track]
    total: int
    page: int
    pages: int
    since: date
    until: date


@dataclass(frozen=True)
class GenreCount:
    """A genre with public beats."""

    slug: str
    name: str
    beats: int


def results(search: Search, *, account: Account | None, now: datetime) -> Results:
    """The beats found; a page beyond the end is the last."""
    found = _matching(search).order_by("-first_published_at", "-id").values_list("id", flat=True)
    since, until = reporting().complete_days(TRENDING_DAYS, now=now)
    trending = search.order == "trending"
    total = min(TRENDING_AMONG, found.count()) if trending else found.count()
    here = page_of(total, page=search.page, size=PER_PAGE)
    ids = _most_played(list(found[:TRENDING_AMONG]), since, until) if trending else found
    shown = list(ids[here.start : here.stop])
    beats = in_order(shown, public_beats().filter(pk__in=shown))
    return Results(tracks(beats, account=account), total, here.number, here.pages, since, until)


def genre_counts() -> list[GenreCount]:
    """Genres that have public beats, by name."""
    rows = Genre.objects.annotate(count=Count("beats", filter=PUBLIC, distinct=True)).filter(count__gt=0)
    return [GenreCount(slug, name, count) for slug, name, count in rows.values_list("slug", "name", "count")]


def lately_active() -> list[Artist]:
    """Artists whose own beats were published last."""
    last_at = Max("beats__first_published_at", filter=PUBLIC)
    artists = Artist.objects.filter(revoked_at__isnull=True).annotate(last_at=last_at)
    return list(artists.filter(last_at__isnull=False).order_by("-last_at", "-id")[:ARTISTS_SHOWN])


def _most_played(ids: list[int], since: date, until: date) -> list[int]:
    """Most played first, equals as they come: all of them when plays cannot be read."""
    figures = known("plays", lambda: beats_in_period(ids, first=since, last=until)) or {}
    plays = {beat_id: found.plays for beat_id, found in figures.items()}
    return sorted(ids, key=lambda beat_id: plays.get(beat_id, 0), reverse=True)


def _matching(search: Search) -> BeatQuerySet:
    beats = Beat.objects.public()
    if search.words:
        beats = beats.filter(pk__in=matching_public_beats(search.words))
    if search.genre:
        beats = beats.filter(genres__slug=search.genre)
    return beats
