"""Received = counted + rejected by reason, everywhere where it is shown, whatever was played."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backline.catalog.models import Beat
from backline.listening.calendar import reporting
from backline.listening.fold import fold_all
from backline.listening.origins import listener_text
from tests.conftest import Cast
from tests.listening.world import BROWSER, ROBOT, listen, make_beat, send
from tests.web.api.clients import api
from tests.web.screens import words

PERIOD = "2026-03-16..2026-03-18"

# Which of two beats, how long ago in minutes, who, from second 0 to where, with which agent.
LISTENS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(1, 47 * 60),
        st.sampled_from([None, "lee", "kim", "alice", "dana"]),
        st.sampled_from([3, 31, 60, 179]),
        st.sampled_from([BROWSER, ROBOT]),
    ),
    max_size=40,
)


def event(cast: Cast, beat: Beat, now: datetime, listened: tuple[Any, ...]) -> dict[str, Any]:
    """One listen as the platform reports it."""
    _, minutes, who, seconds, agent = listened
    ours = {"alice": cast.alice, "dana": cast.dana}
    listener = listener_text(ours[who].pk) if who in ours else who
    at = now - timedelta(minutes=minutes)
    return listen(beat, at=at, listener=listener, heard=[[0, seconds]], agent=agent)


def sums(rows: Sequence[dict[str, Any]]) -> tuple[int, int, Counter[str]]:
    """Received, counted and rejected of several receipts; each of them must add up by itself."""
    rejected: Counter[str] = Counter()
    for row in rows:
        assert row["received"] == row["counted"] + sum(row["rejected"].values())
        rejected.update(row["rejected"])
    return sum(row["received"] for row in rows), sum(row["counted"] for row in rows), rejected


def of_csv(text: str) -> list[dict[str, Any]]:
    """The days of the CSV as the API has them."""
    named = {"day", "received", "counted"}
    return [
        {
            "received": int(row["received"]),
            "counted": int(row["counted"]),
            "rejected": {key: int(value) for key, value in row.items() if key not in named and int(value)},
        }
        for row in csv.DictReader(io.StringIO(text))
    ]


def figures(html: str) -> tuple[int, ...]:
    """The three figures of `received = counted + rejected` on a page."""
    found = re.search(r"(\d+) = (\d+) \+ (\d+)", words(html))
    assert found is not None
    return tuple(int(figure) for figure in found.groups())


@pytest.mark.usefixtures("at_noon")
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listens=LISTENS)
def test_everything_received_is_counted_or_rejected_by_reason(
    cast: Cast, now: datetime, listens: list[tuple[Any, ...]]
):
    beats = [make_beat(cast.marlo, now=now) for _ in range(2)]
    send(*(event(cast, beats[each[0]], now, each) for each in listens), now=now)
    fold_all(now=now)
    alice, client = cast.client("alice"), api(cast.alice)
    for which, beat in enumerate(beats):
        sent = [each for each in listens if each[0] == which]
        answer = client.get(f"/api/v1/beats/{beat.pk}/receipts?first=2026-03-16&last=2026-03-18").json()
        by_day = Counter(reporting().today(now - timedelta(minutes=each[1])).isoformat() for each in sent)
        assert {day["on"]: day["received"] for day in answer["days"] if day["received"]} == by_day
        total = sums(answer["days"])
        assert total == sums([answer]) and total[0] == len(sent)
        here = f"/backstage/beats/{beat.pk}/receipts/"
        assert sums(of_csv(alice.get(f"{here}days.csv?period={PERIOD}").getvalue().decode())) == total
        assert figures(alice.get(f"{here}?period={PERIOD}").content.decode()) == (
            total[0],
            total[1],
            total[2].total(),
        )
        activity = client.get(f"/api/v1/beats/{beat.pk}/activity?period={PERIOD}").json()["receipts"]
        assert sums([activity]) == total


@pytest.mark.usefixtures("at_noon")
def test_the_artists_receipts_are_the_sum_of_its_beats(cast: Cast, now: datetime):
    beats = [make_beat(cast.marlo, now=now, name=name) for name in ("Night Bus", "Low Tide")]
    for beat, shorts in zip(beats, (1, 3), strict=True):
        events = [
            listen(beat, at=now - timedelta(hours=25), listener=f"x{n}", heard=[[0, 3]])
            for n in range(shorts)
        ]
        send(*events, listen(beat, at=now - timedelta(hours=26), listener=beat.name), now=now)
    fold_all(now=now)
    page = cast.client("alice").get("/dashboard/activity/").content.decode()
    assert figures(page) == (6, 2, 4)
    assert "Rejected, by beat Low Tide of 4 received 3 Night Bus of 2 received 1" in words(page)
    assert f'href="/backstage/beats/{beats[1].pk}/receipts/?period=30d"' in page
