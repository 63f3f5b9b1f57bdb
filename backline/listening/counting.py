"""What one judged listen adds to the rows it belongs to: the same for the fold, a change of verdicts and a rebuild."""

from __future__ import annotations

from collections.abc import Iterable

from backline.domain.engagement import bucket, covered, is_in_population, part_bp
from backline.domain.verdicts import is_completed
from backline.listening.store.packed import unpack_intervals
from backline.listening.store.rows import COUNTED, VERDICTS, LoggedListen
from backline.listening.store.tally import (
    ACCOUNT_PLAYS,
    COMPLETED,
    DISTINCT_MS,
    FIRST_BUCKET,
    POPULATION,
    REACH_BP,
    SHARE_BP,
    Tally,
)


def add_listen(row: LoggedListen, code: int, beat: Tally | None, artists: Iterable[Tally]) -> None:
    """Adds a listen with this verdict code to its beat's tally, when one is wanted, and its artists'."""
    tallies = [*artists] if beat is None else [beat, *artists]
    completed = is_completed(furthest_ms=row.furthest_ms, distinct_ms=row.distinct_ms, beat_ms=row.beat_ms)
    if code == COUNTED:
        _add_play(row, completed, tallies)
    else:
        for tally in tallies:
            tally.received += 1
            tally.rejections[code] = tally.rejections.get(code, 0) + 1
    if is_in_population(VERDICTS[code], distinct_ms=row.distinct_ms):
        _add_engagement(row, completed, tallies)
        if beat is not None:
            _add_seconds(row, beat)


def _add_play(row: LoggedListen, completed: bool, tallies: list[Tally]) -> None:
    terms = [term for term in (row.device, row.platform, row.browser, row.country, row.source) if term]
    for tally in tallies:
        tally.received += 1
        tally.plays += 1
        tally.heard_ms += row.played_ms
        tally.completions += completed
        tally.hours[row.hour] = tally.hours.get(row.hour, 0) + 1
        for term in terms:
            tally.terms[term] = tally.terms.get(term, 0) + 1
        if row.listener > 0:
            tally.accounts.add(row.listener)
            tally.engagement[ACCOUNT_PLAYS] = tally.engagement.get(ACCOUNT_PLAYS, 0) + 1
        else:
            tally.visitors.add(-row.listener)


def _add_engagement(row: LoggedListen, completed: bool, tallies: list[Tally]) -> None:
    share = part_bp(row.distinct_ms, beat_ms=row.beat_ms)
    reach = part_bp(row.furthest_ms, beat_ms=row.beat_ms)
    steps = (
        (POPULATION, 1),
        (COMPLETED, int(completed)),
        (DISTINCT_MS, row.distinct_ms),
        (SHARE_BP, share),
        (REACH_BP, reach),
        (FIRST_BUCKET + bucket(reach), 1),
    )
    for tally in tallies:
        sums = tally.engagement
        for key, step in steps:
            sums[key] = sums.get(key, 0) + step


def _add_seconds(row: LoggedListen, beat: Tally) -> None:
    seconds = beat.seconds
    for first, end in covered(unpack_intervals(row.heard)):
        seconds[first] = seconds.get(first, 0) + 1
        seconds[end] = seconds.get(end, 0) - 1
