"""XP for plays: one award for each artist and day, final once the day is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from backline.domain.xp import Source, plays_awards
from backline.listening.calendar import reporting
from backline.standing import facts_plays
from backline.standing.actions.artists import make_tallies
from backline.standing.diff import Scope, settle
from backline.standing.models import Round

DAY = timedelta(days=1)
WINDOW_DAYS = 31


def award_plays(*, now: datetime) -> int:
    """Brings the awards for plays up to date for everybody; answers how many rows that took.

    Closed days are done once. Days on which verdicts changed since are done again.
    """
    book, _ = Round.objects.get_or_create(pk=1)
    through, days = facts_plays.changed_days(book.changes_through)
    rows = sum(award_days(day, day, now=now) for day in sorted(days) if _was_done(day, book.plays_through))
    Round.objects.filter(pk=1).update(changes_through=through)
    closed = facts_plays.last_closed_day()
    for first, last in _windows(book.plays_through, reporting().today(now)):
        rows += award_days(first, last, now=now)
        if closed is not None:
            Round.objects.filter(pk=1).update(plays_through=min(last, closed))
    return rows


def award_artist(artist_id: int, *, now: datetime) -> int:
    """The same for the open days of one artist."""
    book, _ = Round.objects.get_or_create(pk=1)
    first = book.plays_through + DAY if book.plays_through else facts_plays.FIRST_DAY
    return award_days(first, reporting().today(now), artist_ids=[artist_id], now=now)


def award_days(first: date, last: date, *, now: datetime, artist_ids: Sequence[int] | None = None) -> int:
    """Makes the awards of the days `first` to `last` what the plays deserve, for these artists or all."""
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=1)  # one at a time
        points = facts_plays.day_points_of(first, last, artist_ids=artist_ids)
        make_tallies(points)
        starts = {day: reporting().starts_at(day) for each in points.values() for day in each}
        wanted = {artist_id: plays_awards(each, starts=starts) for artist_id, each in points.items()}
        scope = Scope((Source.PLAYS,), first, last, closed_through=facts_plays.last_closed_day())
        return settle(wanted, scope=scope, artist_ids=artist_ids, now=now)


def _was_done(day: date, through: date | None) -> bool:
    return through is not None and day <= through


def _windows(through: date | None, today: date) -> Iterator[tuple[date, date]]:
    """The days that are not final, in order, a month at a time; all at once while no day was ever closed."""
    first = through + DAY if through else facts_plays.first_day()
    if first == facts_plays.FIRST_DAY:
        yield first, today
        return
    while first <= today:
        last = min(first + timedelta(days=WINDOW_DAYS - 1), today)
        yield first, last
        first = last + DAY
