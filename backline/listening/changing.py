"""Changes of verdicts after the fold: rows beside the log, and the rollups brought in line with them.

What a changed listen belongs to is counted again from the log, so that sets of listeners stay exact. The rules never
compare with changed verdicts: no listen's verdict depends on what became of another later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from backline.domain.months import month_of, next_month
from backline.listening.calendar import to_ms
from backline.listening.counting import add_listen
from backline.listening.months import put_months_anew
from backline.listening.store import Owner, open_store
from backline.listening.store.closes import VerdictChange
from backline.listening.store.interface import FoldSession
from backline.listening.store.merge import add_to_day, replace_listens, sum_days
from backline.listening.store.rows import DayRow
from backline.listening.store.tally import Tally

Key = tuple[Owner, int]


def change_verdicts(
    changes: Sequence[tuple[int, int]], *, case_id: int | None, reason: str, at: datetime
) -> list[int]:
    """Gives listens (numbers of the log) other verdicts (codes), in one transaction; answers the changes' numbers.

    A listen that has the verdict already is left alone, so repeating it changes nothing.

    Raises:
        LookupError: one of them is not in the log or was not judged yet; nothing was changed.
    """
    with open_store().folding() as session:
        before = session.last_change()
        apply_changes(session, changes, case_id=case_id, reason=reason, at_ms=to_ms(at))
        return [*range(before + 1, session.last_change() + 1)]


def apply_changes(
    session: FoldSession, changes: Sequence[tuple[int, int]], *, case_id: int | None, reason: str, at_ms: int
) -> None:
    """As `change_verdicts`, inside a transaction."""
    wanted = dict(changes)
    found = session.judged_among([*wanted])
    missing = wanted.keys() - {row.listen.seq for row in found}
    if missing:
        raise LookupError(f"no judged listen has the number {min(missing)}")
    rows = [
        VerdictChange(
            no=0,
            seq=row.listen.seq,
            day=row.listen.day,
            beat=row.listen.beat,
            listener=row.listen.listener,
            was=row.verdict,
            verdict=wanted[row.listen.seq],
            case_id=case_id,
            reason=reason,
            at_ms=at_ms,
        )
        for row in found
        if row.verdict != wanted[row.listen.seq]
    ]
    session.add_changes(rows)
    count_again(session, rows)


def count_again(session: FoldSession, changes: Iterable[VerdictChange]) -> None:
    """Brings the rollups in line with changes that are recorded; doing it twice changes nothing."""
    beats: dict[int, set[int]] = {}
    for change in changes:
        beats.setdefault(change.day, set()).add(change.beat)
    touched: set[Key] = set()
    months: dict[int, set[Key]] = {}
    for day, some in sorted(beats.items()):
        owners = _day_again(session, day, some)
        touched |= owners
        months.setdefault(month_of(day), set()).update(owners)
    for month, owners in sorted(months.items()):
        _month_again(session, month, owners)
    for owner in Owner:
        session.recount(owner, sorted(owner_id for kind, owner_id in touched if kind is owner))


def _day_again(session: FoldSession, day: int, beats: set[int]) -> set[Key]:
    """Counts a day of these beats and of all their artists again; answers whose rows that were."""
    owners: set[Key] = {(Owner.BEAT, beat) for beat in beats}
    for row in session.judged(day):
        if row.listen.beat in beats:
            owners |= {(Owner.ARTIST, artist) for artist in session.artists_of(row.listen.artists)}
    fresh = _tallies(session, day, owners)
    for owner in Owner:
        ids = [owner_id for kind, owner_id in owners if kind is owner]
        if owner is Owner.BEAT and day < session.watermark("beat_days"):
            continue
        old = {owner_id: rows[0] for owner_id, rows in session.days_of(owner, ids, day, day).items()}
        session.put_days(
            owner,
            {
                (owner_id, day): replace_listens(
                    old.get(owner_id), add_to_day(None, day, fresh[owner, owner_id])
                )
                for owner_id in ids
            },
        )
    if day >= session.watermark("seconds"):
        session.put_seconds({(beat, day): fresh[Owner.BEAT, beat].seconds for beat in beats})
    return owners


def _tallies(session: FoldSession, day: int, owners: set[Key]) -> Mapping[Key, Tally]:
    """What the day's listens add up to for these owners, by their current verdicts."""
    tallies = {key: Tally() for key in owners}
    for row in session.judged(day):
        artists = [
            tallies[Owner.ARTIST, artist]
            for artist in session.artists_of(row.listen.artists)
            if (Owner.ARTIST, artist) in owners
        ]
        beat = tallies.get((Owner.BEAT, row.listen.beat))
        if beat is not None or artists:
            add_listen(row.listen, row.verdict, beat, artists)
    return tallies


def _month_again(session: FoldSession, month: int, owners: set[Key]) -> None:
    """Brings a published month's rows in line, and the sets of who was ever heard in later months."""
    beats = {owner_id for kind, owner_id in owners if kind is Owner.BEAT}
    merged_days, merged_seconds = (month < session.watermark(name) for name in ("beat_days", "seconds"))
    if merged_days or merged_seconds:
        _merged_month_again(session, month, beats, days=merged_days, seconds=merged_seconds)
    if month > session.watermark("months"):
        return
    for owner in Owner:
        ids = sorted(owner_id for kind, owner_id in owners if kind is owner)
        put_months_anew(session, owner, ids, month)


def _merged_month_again(
    session: FoldSession, month: int, beats: set[int], *, days: bool, seconds: bool
) -> None:
    """Counts a month of beats again that has no day rows any more, from the log of all its days."""
    rows: dict[int, list[DayRow]] = {beat: [] for beat in beats}
    steps: dict[int, dict[int, int]] = {beat: {} for beat in beats}
    for day in range(month, next_month(month)):
        for (_, beat), tally in _tallies(session, day, {(Owner.BEAT, beat) for beat in beats}).items():
            rows[beat].append(add_to_day(None, day, tally))
            for second, step in tally.seconds.items():
                steps[beat][second] = steps[beat].get(second, 0) + step
    if seconds:
        session.put_seconds({(beat, month): found for beat, found in steps.items()})
    if days:
        kept = {
            beat: next(row for row in months if row.sums.day == month)
            for beat, months in session.months_of(Owner.BEAT, sorted(beats)).items()
        }
        session.put_months(
            Owner.BEAT,
            {
                beat: row._replace(sums=replace_listens(row.sums, sum_days(rows[beat], month)))
                for beat, row in kept.items()
            },
        )
