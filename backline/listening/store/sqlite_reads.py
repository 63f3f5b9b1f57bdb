"""Reads for screens on SQLite: each one statement or two over the packed rollups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backline.domain.months import month_of, whole_months
from backline.listening.store.connections import Connections
from backline.listening.store.packed import unpack_counts
from backline.listening.store.rows import DayRow, Owner, StoredDownload, TermKind, TotalRow
from backline.listening.store.sqlite_rollups import DAY_COLUMNS, TOTAL_COLUMNS, portions

Hours = tuple[tuple[int, ...], tuple[int, ...]]


class SQLiteReads:
    """The reading half of the store."""

    _connections: Connections

    def __init__(self) -> None:
        self._terms: dict[int, tuple[TermKind, str]] = {}

    def freshness(self) -> tuple[int, bool]:
        """When the fold last moved, and whether final events wait."""
        row = (
            self._connections.get()
            .execute(
                "SELECT coalesce((SELECT max(at_ms) FROM watermark), 0),"
                " coalesce((SELECT max(seq) FROM listen), 0)"
                " > coalesce((SELECT seq FROM watermark WHERE name = 'listen'), 0)"
                " OR coalesce((SELECT max(seq) FROM download_event), 0)"
                " > coalesce((SELECT seq FROM watermark WHERE name = 'download'), 0)"
                " OR coalesce((SELECT max(seq) FROM mark_event), 0)"
                " > coalesce((SELECT seq FROM watermark WHERE name = 'mark'), 0)"
            )
            .fetchone()
        )
        return int(row[0]), bool(row[1])

    def needs_rebuild(self) -> bool:
        """Whether an upgrade asked for a rebuild."""
        found = self._connections.get().execute("SELECT 1 FROM watermark WHERE name = 'rebuild'").fetchone()
        return found is not None

    def totals(self, owner: Owner, ids: Sequence[int]) -> dict[int, TotalRow]:
        """All-time rows."""
        found = {}
        for some, marks in portions(ids):
            for owner_id, *row in self._connections.get().execute(
                f"SELECT {owner}_id, {TOTAL_COLUMNS} FROM {owner}_total WHERE {owner}_id IN ({marks})", some
            ):
                found[owner_id] = TotalRow(*row)
        return found

    def total_plays(self, beat_ids: Sequence[int]) -> dict[int, int]:
        """All-time plays of beats."""
        return {
            beat_id: plays
            for some, marks in portions(beat_ids)
            for beat_id, plays in self._connections.get().execute(
                f"SELECT beat_id, plays FROM beat_total WHERE beat_id IN ({marks})", some
            )
        }

    def _pieces(self, owner: Owner, first: int, last: int) -> list[tuple[str, int, int]]:
        """Tables with the days to read in each: beats' months where their days were merged, then day rows."""
        if owner is Owner.ARTIST:
            return [("artist_day", first, last)]
        row = self._connections.get().execute("SELECT seq FROM watermark WHERE name = 'beat_days'").fetchone()
        horizon = int(row[0]) if row else first
        pieces = [("beat_month", month_of(first), min(last, horizon - 1))] if first < horizon else []
        return [*pieces, ("beat_day", max(first, horizon), last)]

    def _sum_pieces(self, first: int, last: int) -> list[tuple[str, int, int]]:
        """As `_pieces` of beats, with whole published months in place of their days, for what is only added up."""
        *merged, (table, start, end) = self._pieces(Owner.BEAT, first, last)
        row = self._connections.get().execute("SELECT seq FROM watermark WHERE name = 'months'").fetchone()
        begins, goes_on = whole_months(start, end, published=int(row[0]) if row else 0)
        if begins >= goes_on:
            return [*merged, (table, start, end)]
        pieces = [(table, start, begins - 1), ("beat_month", begins, goes_on - 1), (table, goes_on, end)]
        return [*merged, *(piece for piece in pieces if piece[1] <= piece[2])]

    def days(self, owner: Owner, owner_id: int, first: int, last: int) -> list[DayRow]:
        """Day rows in order."""
        return [
            DayRow(*row)
            for table, start, end in self._pieces(owner, first, last)
            for row in self._connections.get().execute(
                f"SELECT {DAY_COLUMNS} FROM {table} WHERE {owner}_id = ? AND day BETWEEN ? AND ? ORDER BY day",
                (owner_id, start, end),
            )
        ]

    def series(self, owner: Owner, owner_id: int, first: int, last: int) -> list[tuple[int, int, int]]:
        """Day, plays, downloads in order."""
        return [
            row
            for table, start, end in self._pieces(owner, first, last)
            for row in self._connections.get().execute(
                f"SELECT day, plays, downloads FROM {table} WHERE {owner}_id = ? AND day BETWEEN ? AND ? ORDER BY day",
                (owner_id, start, end),
            )
        ]

    def packed_hours(self, owner: Owner, owner_id: int, first: int, last: int) -> list[tuple[int, bytes]]:
        """Days with their packed hours."""
        rows = self._connections.get().execute(
            f"SELECT day, hours FROM {owner}_day WHERE {owner}_id = ? AND day BETWEEN ? AND ?",
            (owner_id, first, last),
        )
        return [(day, bytes(packed)) for day, packed in rows]

    def hours(self, owner: Owner, owner_id: int, first: int, last: int) -> dict[int, Hours]:
        """Plays and downloads by hour."""
        found = {}
        for day, packed in self.packed_hours(owner, owner_id, first, last):
            counts = unpack_counts(packed)
            found[day] = (
                tuple(counts.get(hour, 0) for hour in range(24)),
                tuple(counts.get(hour, 0) for hour in range(24, 48)),
            )
        return found

    def beat_sums(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Plays and downloads of each beat."""
        return self._two_sums("plays", "downloads", beat_ids, first, last)

    def beat_moves(
        self, beat_ids: Sequence[int], first: int, middle: int, last: int
    ) -> dict[int, tuple[int, int]]:
        """Plays of each beat since the middle and before it, in one pass over its rows."""
        if len(self._pieces(Owner.BEAT, first, last)) > 1:  # a merged month may belong to both
            recent, before = (
                self.beat_sums(beat_ids, *days) for days in ((middle, last), (first, middle - 1))
            )
            ids = recent.keys() | before.keys()
            return {n: (recent.get(n, (0, 0))[0], before.get(n, (0, 0))[0]) for n in ids}
        return {
            beat_id: (int(recent), int(both) - int(recent))
            for some, marks in portions(beat_ids)
            for beat_id, recent, both in self._connections.get().execute(
                "SELECT beat_id, sum(CASE WHEN day >= ? THEN plays ELSE 0 END), sum(plays) FROM beat_day"
                f" WHERE beat_id IN ({marks}) AND day BETWEEN ? AND ? GROUP BY beat_id",
                (middle, *some, first, last),
            )
        }

    def beat_received(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, tuple[int, int]]:
        """Listens received and counted of each beat."""
        return self._two_sums("received", "plays", beat_ids, first, last)

    def _two_sums(
        self, one: str, other: str, beat_ids: Sequence[int], first: int, last: int
    ) -> dict[int, tuple[int, int]]:
        """Two columns of each beat's rows, summed."""
        found: dict[int, tuple[int, int]] = {}
        for table, start, end in self._sum_pieces(first, last):
            for some, marks in portions(beat_ids):
                for beat_id, *sums in self._connections.get().execute(
                    f"SELECT beat_id, sum({one}), sum({other}) FROM {table} WHERE beat_id IN ({marks})"
                    " AND day BETWEEN ? AND ? GROUP BY beat_id",
                    (*some, start, end),
                ):
                    before = found.get(beat_id, (0, 0))
                    found[beat_id] = (before[0] + int(sums[0]), before[1] + int(sums[1]))
        return found

    def countries(self, row: DayRow | TotalRow) -> dict[str, int]:
        """Counted plays of a row by country code."""
        return self._countries(row.terms)

    def named_terms(self, counts: Mapping[int, int]) -> dict[TermKind, dict[str, int]]:
        """Counts by number of term as counts by word, for each dimension."""
        unknown = counts.keys() - self._terms.keys()
        for some, marks in portions([*unknown]):
            for no, kind, text in self._connections.get().execute(
                f"SELECT no, kind, text FROM term WHERE no IN ({marks})", some
            ):
                self._terms[no] = (TermKind(kind), text)
        found: dict[TermKind, dict[str, int]] = {kind: {} for kind in TermKind}
        for no, count in counts.items():
            if no in self._terms:
                kind, text = self._terms[no]
                found[kind][text] = count
        return found

    def beat_countries(self, beat_ids: Sequence[int], first: int, last: int) -> dict[int, dict[str, int]]:
        """Counted plays by beat and country."""
        found: dict[int, dict[str, int]] = {}
        connection = self._connections.get()
        for table, start, end in self._pieces(Owner.BEAT, first, last):
            for some, marks in portions(beat_ids):
                for beat_id, terms in connection.execute(
                    f"SELECT beat_id, terms FROM {table} WHERE beat_id IN ({marks}) AND day BETWEEN ? AND ?",
                    (*some, start, end),
                ):
                    counts = found.setdefault(beat_id, {})
                    for country, count in self._countries(terms).items():
                        counts[country] = counts.get(country, 0) + count
        return found

    def _countries(self, packed: bytes) -> dict[str, int]:
        named = self.named_terms(unpack_counts(packed))[TermKind.COUNTRY]
        return {country: count for country, count in named.items() if country}

    def downloads(
        self, artist_id: int, *, from_ms: int, until_ms: int, limit: int, offset: int
    ) -> list[StoredDownload]:
        """Counted downloads, newest first."""
        rows = self._connections.get().execute(
            "SELECT event.beat, event.at_ms, coalesce(account.key, ''), licence_type, licence_url"
            " FROM artist_download AS listed JOIN download_event AS event ON event.seq = listed.seq"
            " LEFT JOIN account ON account.no = event.listener"
            " WHERE listed.artist_id = ? AND listed.at_ms >= ? AND listed.at_ms < ?"
            " ORDER BY listed.at_ms DESC, listed.seq DESC LIMIT ? OFFSET ?",
            (artist_id, from_ms, until_ms, limit, offset),
        )
        return [StoredDownload(*row) for row in rows]

    def live(self, artist_id: int, since_ms: int) -> tuple[int, int]:
        """Open listens and plays of the last minutes."""
        row = (
            self._connections.get()
            .execute(
                "SELECT (SELECT count(*) FROM artist_in_set JOIN open_listen ON open_listen.artists = set_no"
                " WHERE artist_id = ? AND last_ms >= ?),"
                " (SELECT coalesce(sum(plays), 0) FROM artist_minute WHERE artist_id = ? AND minute >= ?)",
                (artist_id, since_ms, artist_id, since_ms // 60_000),
            )
            .fetchone()
        )
        return int(row[0]), int(row[1])

    def impressions(self, beat_ids: Sequence[int], first: int, last: int) -> int:
        """How often these beats were shown."""
        total = 0
        for some, marks in portions(beat_ids):
            row = (
                self._connections.get()
                .execute(
                    f"SELECT coalesce(sum(impressions), 0) FROM impression_day WHERE beat_id IN ({marks})"
                    " AND day BETWEEN ? AND ?",
                    (*some, first, last),
                )
                .fetchone()
            )
            total += row[0]
        return total
