"""The rollups inside a transaction on ClickHouse: fetched into the scratch by owner and day before they are changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from backline.listening.store.closes import MonthRow
from backline.listening.store.merge import Sum
from backline.listening.store.rows import DayRow, Owner, TotalRow
from backline.listening.store.sql_scratch import Scratch
from backline.listening.store.sqlite_fold import SQLiteFoldSession
from backline.listening.store.tally import Tally

Keys = Collection[tuple[int, int]]


class ClickHouseRollups(SQLiteFoldSession):
    """Fetching first, then the embedded store's rules."""

    _scratch: Scratch

    def add(self, tallies: Mapping[tuple[Owner, int, int], Tally]) -> None:
        """Adds tallies to day rows, totals and seconds; all that is needed is fetched together."""
        for owner in Owner:
            keys = [key[1:] for key in tallies if key[0] is owner]
            self._load_days(owner, keys)
            self._load_totals(owner, {owner_id for owner_id, _ in keys})
        self._load_seconds([key[1:] for key, tally in tallies.items() if tally.seconds])
        super().add(tallies)

    def _load_days(self, owner: Owner, keys: Keys) -> None:
        days = {day for _, day in keys}
        self._scratch.load_among(f"{self._table(owner)}_day", f"({owner}_id, day)", keys, days=days)

    def _load_totals(self, owner: Owner, ids: Collection[int]) -> None:
        self._scratch.load_among(f"{self._table(owner)}_total", f"{owner}_id", ids)

    def _load_seconds(self, keys: Keys) -> None:
        days = {day for _, day in keys}
        self._scratch.load_among(self._table("beat_second"), "(beat_id, day)", keys, days=days)

    def _total(self, owner: Owner, owner_id: int) -> TotalRow | None:
        self._load_totals(owner, [owner_id])
        return super()._total(owner, owner_id)

    def _totals_of(self, owner: Owner, ids: Collection[int]) -> dict[int, TotalRow]:
        self._load_totals(owner, ids)
        return super()._totals_of(owner, ids)

    def _sum(self, owner: Owner, owner_id: int, before: int) -> Sum:
        for kind in ("day", "month"):
            self._scratch.load_among(f"{self._table(owner)}_{kind}", f"{owner}_id", [owner_id])
        return super()._sum(owner, owner_id, before)

    def put_days(self, owner: Owner, rows: Mapping[tuple[int, int], DayRow]) -> None:
        """Replaces day rows."""
        self._load_days(owner, rows.keys())
        super().put_days(owner, rows)

    def days_of(self, owner: Owner, ids: Collection[int], first: int, last: int) -> dict[int, list[DayRow]]:
        """Day rows by owner, in order."""
        within = f"day BETWEEN {int(first)} AND {int(last)} AND {owner}_id"
        self._scratch.load_among(f"{self._table(owner)}_day", within, ids)
        return super().days_of(owner, ids, first, last)

    def put_seconds(self, rows: Mapping[tuple[int, int], Mapping[int, int]]) -> None:
        """Replaces steps by second."""
        self._load_seconds(rows.keys())
        super().put_seconds(rows)

    def seconds_of(self, ids: Sequence[int], first: int, last: int) -> dict[int, dict[int, dict[int, int]]]:
        """Steps by beat, day and second."""
        within = f"day BETWEEN {int(first)} AND {int(last)} AND beat_id"
        self._scratch.load_among(self._table("beat_second"), within, ids)
        return super().seconds_of(ids, first, last)

    def add_minutes(self, plays: Mapping[tuple[int, int], int], oldest: int) -> None:
        """Adds plays by artist and minute; there are those of a few minutes only."""
        self._scratch.load("artist_minute", "1 = 1")
        super().add_minutes(plays, oldest)

    def put_months(self, owner: Owner, rows: Mapping[int, MonthRow]) -> None:
        """Replaces month rows."""
        keys = [(owner_id, row.sums.day) for owner_id, row in rows.items()]
        self._scratch.load_among(f"{self._table(owner)}_month", f"({owner}_id, day)", keys)
        super().put_months(owner, rows)

    def months_of(self, owner: Owner, ids: Collection[int]) -> dict[int, list[MonthRow]]:
        """All month rows by owner, in order."""
        self._scratch.load_among(f"{self._table(owner)}_month", f"{owner}_id", ids)
        return super().months_of(owner, ids)

    def remove_beat_days(self, ids: Sequence[int], first: int, last: int) -> None:
        """Removes day rows whose months stand for them."""
        self.days_of(Owner.BEAT, ids, first, last)
        super().remove_beat_days(ids, first, last)
