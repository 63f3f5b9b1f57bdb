"""Plain SQL: values go in and come out as the ORM's do, and a read of one artist looks at that artist alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from backline.audience.models import Follow
from backline.core import sql
from backline.standing import queries
from backline.standing.actions import asking
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 18, 12, 0, 0, 250_000, tzinfo=UTC)


def test_an_instant_goes_in_and_comes_out_the_same(cast: Cast):
    Follow.objects.create(artist=cast.marlo, account=cast.bob, at=AT)
    elsewhere = AT.astimezone(timezone(timedelta(hours=9)))
    ((at,),) = sql.rows("SELECT at FROM audience_follow WHERE at = %s", elsewhere)
    assert sql.instant(at) == AT
    assert sql.rows("SELECT at FROM audience_follow WHERE at > %s", elsewhere) == []


def test_marks_are_one_for_each_value_and_never_none():
    assert sql.marks([7, 8, 9]) == "%s, %s, %s"
    assert sql.rows(f"SELECT 1 WHERE 1 IN ({sql.marks([])})") == []


@pytest.mark.parametrize(
    ("statement", "values"),
    [(queries._UNLOCKS, 1), (queries._UNLOCKED, 2), (asking._UNTOLD, 3)],
    ids=["unlocks", "unlocked", "untold"],
)
def test_the_awards_of_an_artist_are_found_without_everybodys(statement: str, values: int):
    if connection.vendor != "sqlite":
        pytest.skip("the plans are SQLite's")
    plan = " ".join(str(row) for row in sql.rows(f"EXPLAIN QUERY PLAN {statement}", *[1] * values))
    assert re.search(r"SEARCH (standing_)?award USING INDEX \S+ \(artist_id=\?", plan), plan
