"""Figures of scopes: equal to a recount of the log, whether they come from days or from months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from backline.domain.periods import Period
from backline.domain.steps import spans
from backline.domain.verdicts import Verdict, is_completed
from backline.listening import queries
from backline.listening.calendar import to_date, to_number
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.queries import Scope
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import JudgedListen
from backline.listening.store.rows import CODES, DayRow
from tests.listening.past import BEATS, Past, at_noon, quick, send_all

pytestmark = pytest.mark.django_db
FIRST = 19_997  # 1 October 2024
DAYS = 75
SCOPES = [Scope.of_artist(10), Scope.of_beats([4]), Scope.of_beats([1, 3])]
RANGES = [(0, 0), (3, 9), (0, 74), (20, 62), (31, 60), (33, 34)]
COUNTED = CODES[Verdict.COUNTED]


@pytest.fixture(autouse=True)
def _world(_fresh_files: None) -> None:
    """Two and a half months of listening, two of them published, with verdicts that changed since."""
    quick()
    past = Past(11)
    for day in range(FIRST, FIRST + DAYS):
        send_all([*past.listens(day, 4), past.download(day), past.mark(day)])
    fold_all(now=at_noon(FIRST + DAYS))
    close_all(now=at_noon(FIRST + DAYS))
    past.change_some(now=at_noon(FIRST + DAYS))


def days(span: tuple[int, int]) -> tuple[date, date]:
    return to_date(FIRST + span[0]), to_date(FIRST + span[1])


def listens(scope: Scope, first: date, last: date) -> Iterator[JudgedListen]:
    """The log's rows of a scope with the verdicts they have now."""
    ids = scope.ids if scope.owner is Owner.BEAT else [beat for beat in BEATS if scope.ids[0] in BEATS[beat]]
    for beat in ids:
        yield from open_store().judged(beat, to_number(first), to_number(last), limit=10_000)


def plays(scope: Scope, first: date, last: date) -> list[JudgedListen]:
    return [row for row in listens(scope, first, last) if row.verdict == COUNTED]


@pytest.mark.parametrize("scope", SCOPES, ids=["artist", "beat", "collection"])
def test_figures_equal_a_recount(scope: Scope):
    assert open_store().horizons().months, "months are published"
    for span in RANGES:
        first, last = days(span)
        found = queries.scope_figures(scope, first=first, last=last, now=at_noon(FIRST + DAYS))
        counted = plays(scope, first, last)
        assert found.plays == found.receipts.counted == len(counted)
        assert found.receipts.received == len(list(listens(scope, first, last)))
        assert found.accounts == len({row.listen.listener for row in counted if row.listen.listener > 0})
        assert found.completions == sum(map(completed, counted))
        apart = timedelta(days=1)
        one_by_one = [first + apart * number for number in range((last - first).days + 1)]
        by_day = [queries.scope_figures(scope, first=day, last=day, now=at_noon(FIRST)) for day in one_by_one]
        for name in ("plays", "downloads", "signed_out_visits", "likes", "listened_s"):
            assert getattr(found, name) == pytest.approx(sum(getattr(day, name) for day in by_day), abs=DAYS)


def completed(row: JudgedListen) -> bool:
    listen = row.listen
    return is_completed(
        furthest_ms=listen.furthest_ms, distinct_ms=listen.distinct_ms, beat_ms=listen.beat_ms
    )


@pytest.mark.parametrize("scope", SCOPES, ids=["artist", "beat", "collection"])
@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_the_timeline_equals_a_recount(scope: Scope, step: str):
    first, last = days((2, 70))
    for span in queries.timeline(scope, spans=spans(Period("", first, last), step)):
        counted = plays(scope, span.first, span.last)
        assert span.plays == len(counted)
        assert span.accounts == len({row.listen.listener for row in counted if row.listen.listener > 0})


@pytest.mark.parametrize("scope", SCOPES, ids=["artist", "beat", "collection"])
def test_dimensions_and_hours_equal_a_recount(scope: Scope):
    for span in RANGES:
        first, last = days(span)
        counted = plays(scope, first, last)
        found = queries.breakdown(scope, first=first, last=last)
        texts = open_store().term_texts({row.listen.country for row in counted} | {0})
        assert found.countries == Counter(texts[row.listen.country] for row in counted)
        for kind in (found.devices, found.platforms, found.browsers, found.countries, found.sources):
            assert sum(kind.values()) == found.plays == len(counted)
        grid = queries.hours_of_week(scope, first=first, last=last).plays
        wanted = Counter((to_date(row.listen.day).weekday(), row.listen.hour) for row in counted)
        assert {(day, hour): n for day, row in enumerate(grid) for hour, n in enumerate(row) if n} == wanted
        line = queries.hour_line(scope, first=first, last=last)
        assert sum(hour.plays for hour in line) == len(counted)
        by_day = queries.day_counts(scope, first=first, last=last)
        wanted_days = Counter(to_date(row.listen.day) for row in counted)
        assert {day: plays for day, (plays, _) in by_day.items() if plays} == dict(wanted_days)


@pytest.mark.parametrize("scope", SCOPES, ids=["artist", "beat", "collection"])
def test_newcomers_equal_a_recount(scope: Scope):
    for span in RANGES:
        first, last = days(span)
        now = {row.listen.listener for row in plays(scope, first, last) if row.listen.listener > 0}
        before = {row.listen.listener for row in plays(scope, date(2000, 1, 1), first - timedelta(days=1))}
        found = queries.newcomers(scope, first=first, last=last)
        assert (found.new, found.returning) == (len(now - before), len(now & before))


@pytest.mark.parametrize("scope", SCOPES, ids=["artist", "beat", "collection"])
def test_listeners_of_whole_months_equal_a_recount(scope: Scope):
    found = queries.month_listeners(scope, first=to_date(FIRST + 5), last=to_date(FIRST + DAYS))
    assert found is not None
    counted = plays(scope, date(2024, 10, 1), date(2024, 11, 30))
    by_account = Counter(row.listen.listener for row in counted if row.listen.listener > 0)
    assert (found.first, found.last) == (date(2024, 10, 1), date(2024, 11, 1))
    assert (found.plays, found.accounts) == (len(counted), len(by_account))
    assert found.account_plays == by_account.total()
    assert {one.account: one.plays for one in found.known} == by_account


def test_no_month_is_told_before_it_is_published():
    assert queries.month_listeners(SCOPES[0], first=date(2024, 12, 1), last=date(2024, 12, 9)) is None


def test_rows_of_before_plays_were_counted_by_accounts_say_that_they_do_not_know(sqlite_only: None):
    connection = open_store()._connections.get()  # type: ignore[attr-defined]
    connection.execute("UPDATE artist_month SET engagement = x''")
    found = queries.month_listeners(SCOPES[0], first=date(2024, 10, 1), last=date(2024, 10, 31))
    assert found is not None and found.account_plays is None


def test_a_collection_without_beats_has_zeros():
    empty = Scope.of_beats([])
    first, last = days((0, 6))
    assert queries.scope_figures(empty, first=first, last=last, now=at_noon(FIRST)).plays == 0
    assert [span.plays for span in queries.timeline(empty, spans=[(first, last)])] == [0]
    assert len(queries.hour_line(empty, first=first, last=last)) == 7 * 24
    assert queries.breakdown(empty, first=first, last=last).countries == {}
    assert queries.newcomers(empty, first=first, last=last).new == 0


def test_the_funnel_equals_a_recount():
    first, last = days((0, 74))
    found = queries.funnel(Scope.of_beats([4]), beat_ids=[4], first=first, last=last)
    counted = plays(Scope.of_beats([4]), first, last)
    assert (found.plays, found.completed) == (len(counted), sum(map(completed, counted)))
    assert found.impressions == found.licensed == 0


def test_sums_of_beats_equal_a_recount():
    for span in RANGES:
        first, last = days(span)
        found = queries.plays_in_period([1, 3, 4], first=first, last=last)
        for beat_id in (1, 3, 4):
            assert found.get(beat_id, 0) == len(plays(Scope.of_beats([beat_id]), first, last))


def test_the_blocks_of_a_page_share_rows(monkeypatch: pytest.MonkeyPatch):
    scope, (first, last) = Scope.of_beats([1, 3]), days((0, 74))
    before = queries.breakdown(scope, first=first, last=last)
    read: list[int] = []
    store_days = open_store().days

    def counted(owner: Owner, owner_id: int, first: int, last: int) -> list[DayRow]:
        read.append(owner_id)
        return store_days(owner, owner_id, first, last)

    monkeypatch.setattr(open_store(), "days", counted)
    with queries.rows_read_once():
        assert queries.breakdown(scope, first=first, last=last) == before
        once = len(read)
        queries.funnel(scope, beat_ids=[1, 3], first=first, last=last)
        assert 0 < len(read) == once
    queries.breakdown(scope, first=first, last=last)
    assert len(read) == 2 * once
