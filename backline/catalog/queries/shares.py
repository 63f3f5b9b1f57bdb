"""Share tables: those of a beat, and what they come to on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from backline.catalog.models import Beat, Share, ShareTable
from backline.domain import shares as domain
from backline.domain.shares import Part

Tables = dict[int, list[list[Part]]]
"""Beat → its tables, oldest first."""


def shares_in_force(
    beat_ids: Collection[int] | None, *, day: date, until: datetime
) -> dict[int, dict[int, int]]:
    """Beat → artist → basis points that belong to somebody on `day`, which ends at `until`. One query.

    None asks for all beats. A beat without a table that counts is left out: its artists share equally.
    """
    found = {}
    for beat_id, tables in _tables(beat_ids, day=day, until=until).items():
        parts = domain.newest(tables)
        if parts is not None:
            found[beat_id] = domain.accepted(parts)
    return found


def agreed_shares(beat_id: int, *, day: date, until: datetime) -> dict[int, int] | None:
    """Artist → basis points of the beat's newest whole table: what divides a sale. None: it is all the owner's."""
    whole = [
        parts for parts in _tables([beat_id], day=day, until=until).get(beat_id, []) if domain.is_whole(parts)
    ]
    return {part.artist_id: part.share_bp for part in whole[-1]} if whole else None


@dataclass(frozen=True)
class BeatShares:
    """The share tables of a beat as its form shows them: the one that counts, and one that waits for answers.

    `held_bp` is what of `current` belongs to nobody yet.
    """

    current: ShareTable | None
    open: ShareTable | None
    held_bp: int

    def of(self, artist_id: int) -> int | None:
        """The artist's part of the newest table, open or current; None without one."""
        table = self.open or self.current
        parts = table.parts.all() if table else ()
        return next((part.share_bp for part in parts if part.artist_id == artist_id), None)


def beat_shares(beat: Beat) -> BeatShares:
    """The beat's tables by now. Three queries, one where there is none."""
    standing = ShareTable.objects.filter(beat=beat, ended_at=None).prefetch_related("parts__artist")
    current = waiting = None
    for table in standing:
        parts = _parts(table.parts.all())
        if domain.counts(parts):
            current, waiting = table, None
        if not domain.is_whole(parts):
            waiting = table
    held = domain.WHOLE - sum(domain.accepted(_parts(current.parts.all())).values()) if current else 0
    return BeatShares(current, waiting, held)


def open_shares(artist_id: int) -> list[Share]:
    """Parts of tables that wait for this artist's answer, the oldest first. One query."""
    waiting = Share.objects.filter(artist=artist_id, accepted_at=None, table__ended_at=None)
    standing = waiting.filter(table__beat__deleted_at=None).order_by("table_id")
    return list(standing.select_related("table__beat__artist"))


def _parts(rows: Iterable[Share]) -> list[Part]:
    return [
        Part(row.artist_id, row.share_bp, counted=row.counted, accepted=row.accepted_at is not None)
        for row in rows
    ]


def _tables(beat_ids: Collection[int] | None, *, day: date, until: datetime) -> Tables:
    """What was proposed and answered until then, and had not ended."""
    standing = Q(table__ended_at=None) | Q(table__ended_at__gte=until)
    rows = Share.objects.filter(standing, table__starts_on__lte=day, table__proposed_at__lt=until)
    if beat_ids is not None:
        rows = rows.filter(table__beat__in=beat_ids)
    columns = ("table__beat_id", "table_id", "artist_id", "share_bp", "counted", "accepted_at")
    tables: defaultdict[int, dict[int, list[Part]]] = defaultdict(dict)
    ordered = rows.order_by("table__beat_id", "table__version", "id").values_list(*columns)
    for beat_id, table_id, artist_id, share_bp, counted, accepted_at in ordered:
        yes = accepted_at is not None and accepted_at < until
        part = Part(artist_id, share_bp, counted=counted, accepted=yes)
        tables[beat_id].setdefault(table_id, []).append(part)
    return {beat_id: list(of_beat.values()) for beat_id, of_beat in tables.items()}
