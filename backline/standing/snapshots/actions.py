"""Writes of the boards: taking the snapshots of a moment, and leaving or joining a board."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from backline.core import locks
from backline.domain.boards import RULES_VERSION, Board, Span
from backline.people.models import Account, Artist
from backline.standing.board_facts import read_facts
from backline.standing.boards.facts import Facts, Ints
from backline.standing.boards.packing import Packed, pack
from backline.standing.boards.ranked import Ranked, columns_of, places_of, rank_all
from backline.standing.models import OptOut, Snapshot

KEPT_DAYS = 35


def take_snapshots(now: datetime, *, live: bool = True) -> int:
    """Ranks everybody and keeps what changed; answers how many boards did. `live` is False for an earlier moment."""
    return keep_snapshots(read_facts(now, live=live), now=now)


def keep_snapshots(facts: Facts, *, now: datetime) -> int:
    """Keeps the boards of these facts, in one transaction; a board on which nothing changed keeps its snapshot."""
    boards = rank_all(facts)
    with transaction.atomic():
        locks.hold("boards")
        changed = sum(
            _keep(ranked, span, facts.covers.get((board, span), ""), on=facts.on, now=now)
            for (board, span), ranked in boards.items()
        )
        Snapshot.objects.filter(stands_on__lt=facts.on - timedelta(days=KEPT_DAYS)).delete()
    return changed


def set_opt_outs(artist: Artist, *, boards: Collection[Board], by: Account, now: datetime) -> None:
    """Makes these the boards that the artist is not ranked on; the next snapshot follows it."""
    with transaction.atomic():
        OptOut.objects.filter(artist=artist).exclude(board__in=boards).delete()
        for board in boards:
            OptOut.objects.get_or_create(artist=artist, board=board, defaults={"at": now, "by": by})


def _keep(ranked: Ranked, span: Span, covers: str, *, on: date, now: datetime) -> bool:
    rows = Snapshot.objects.filter(board=ranked.board, span=span)
    latest = rows.filter(on__lte=on).defer("packed").order_by("-on").first()
    columns = columns_of(ranked)
    if (earlier := earlier_snapshot(ranked.board, span, covers=covers, on=on)) is not None:
        columns["before"] = _ranks_in(earlier, ranked.ids)
    digest = _digest(columns, covers)
    if latest is not None and latest.digest == digest:
        Snapshot.objects.filter(pk=latest.pk, checked_at__lt=now).update(stands_on=on, checked_at=now)
        return False
    rows.update_or_create(
        on=on,
        defaults={
            "board": ranked.board,
            "span": span,
            "stands_on": on,
            "covers": covers,
            "taken_at": now,
            "checked_at": now,
            "ranked": len(ranked.ids),
            "digest": digest,
            "packed": pack(columns),
        },
    )
    return True


def earlier_snapshot(board: Board, span: Span, *, covers: str, on: date) -> Snapshot | None:
    """What a board's movement is against: how it stood at the end of the day before; a month's, the month before."""
    rows = Snapshot.objects.filter(board=board, span=span, on__lt=on).order_by("-on")
    if span is Span.MONTH:
        return rows.exclude(covers__in=("", covers)).first()
    return rows.filter(stands_on__gte=on - timedelta(days=1)).first()


def _ranks_in(snapshot: Snapshot, ids: Ints) -> Ints:
    """The rank each of these had then; 0 for one that was not ranked."""
    packed = Packed(snapshot.packed)
    places, there = places_of(packed.column("id"), ids)
    ranks = packed.column("rank")
    return np.where(there, ranks[places], 0) if len(ranks) else np.zeros(len(ids), dtype=np.int64)


def _digest(columns: dict[str, Ints], covers: str) -> str:
    found = hashlib.sha256(f"{RULES_VERSION} {covers}".encode())
    for name, column in columns.items():
        found.update(name.encode())
        found.update(np.ascontiguousarray(column).data)
    return found.hexdigest()
