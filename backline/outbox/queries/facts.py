"""Reading facts in order. Every reader keeps the id of the last fact it took, and must never pass one by."""

from __future__ import annotations

from django.db import connection

from backline.outbox.models import Fact


def facts_after(fact_id: int, *, limit: int) -> list[Fact]:
    """Facts with a higher id, in order, up to the first one that may still be missing.

    On PostgreSQL ids are given before the commit, so a lower one can appear after a higher one. A gap is believed only
    when nobody else is writing facts; until then what comes after it waits. SQLite has one writer and no such gaps.
    """
    facts = list(Fact.objects.filter(id__gt=fact_id).order_by("id")[:limit])
    if connection.vendor != "postgresql":
        return facts
    whole = _without_gaps(facts, fact_id)
    if len(whole) == len(facts) or _somebody_writes():
        return whole
    # Nobody was writing after the first look: whatever it could have missed below its last id is there by now.
    return list(Fact.objects.filter(id__gt=fact_id, id__lte=facts[-1].pk).order_by("id")[:limit])


def _without_gaps(facts: list[Fact], before: int) -> list[Fact]:
    whole = []
    for fact in facts:
        if fact.pk != before + 1:
            break
        whole.append(fact)
        before = fact.pk
    return whole


def _somebody_writes() -> bool:
    """Whether another transaction has written facts, or is about to: it holds the table's lock until it ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND relation = %s::regclass AND pid IS DISTINCT FROM pg_backend_pid()",
            [Fact._meta.db_table],
        )
        return bool(cursor.fetchone()[0])
