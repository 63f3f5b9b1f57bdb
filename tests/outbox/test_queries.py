"""Reading facts: in order, and on PostgreSQL never past one that is not committed yet."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection, transaction

from backline.outbox.actions import record_fact
from backline.outbox.models import Fact
from backline.outbox.queries import facts_after


def record(now: datetime) -> int:
    return int(record_fact(Fact.Kind.FOLLOWED, account_id=1, artist_id=1, now=now).pk)


def numbers(after: int, limit: int = 10) -> list[int]:
    return [fact.pk for fact in facts_after(after, limit=limit)]


@pytest.mark.django_db
def test_in_order_and_no_more_than_asked(now: datetime):
    given = [record(now) for _ in range(4)]
    assert numbers(given[0] - 1) == given
    assert numbers(given[1], limit=1) == given[2:3]
    assert numbers(given[3]) == []


@pytest.mark.django_db
def test_a_fact_that_was_undone_keeps_nobody_waiting(now: datetime):
    before = record(now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(now)
        raise ZeroDivisionError
    after = record(now)
    assert numbers(before) == [after]


@pytest.mark.django_db(transaction=True)
def test_a_lower_number_that_is_committed_later_is_waited_for(now: datetime):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    before, slow_began, slow_may_end = record(now), threading.Event(), threading.Event()
    slow: list[int] = []

    def write_slowly() -> None:
        with transaction.atomic():
            slow.append(record(now))
            slow_began.set()
            slow_may_end.wait(30)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    assert slow_began.wait(30)
    quick = record(now)
    try:
        assert quick > slow[0]
        assert numbers(before) == []
        assert numbers(before - 1) == [before]
    finally:
        slow_may_end.set()
        thread.join()
    assert numbers(before) == [slow[0], quick]
