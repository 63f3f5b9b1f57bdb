"""The receipts pages of a beat."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.listening.fold import fold_all
from tests.conftest import Cast
from tests.listening.world import ROBOT, listen, make_beat, send
from tests.web.screens import heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")


def receipts(cast: Cast, beat_id: int, tail: str = "", name: str = "alice") -> str:
    answer = cast.client(name).get(f"/backstage/beats/{beat_id}/receipts/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_period_by_reason_and_by_day(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    html = receipts(cast, beat.pk)
    page = words(html)
    assert "2 of 3 listens counted" in page and "3 = 2 + 1" in page
    assert "Too short Less than 30 different seconds were heard" in page and "rule set 1" in page
    assert "Tue 17 Mar 3 2 of 3 1 1 too short" in page
    assert f'href="/backstage/beats/{beat.pk}/receipts/2026-03-17/"' in html
    assert "Today so far: 1 received, 1 counted." in page
    assert "Listens per day, 16 Feb to 17 Mar: 3 received, 2 counted, 1 rejected" in html


def test_days_come_newest_first_and_paged(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    first = receipts(cast, beat.pk, "?period=90d")
    assert "Page 1 of 3" in words(first) and "Tue 17 Mar" in first
    last = receipts(cast, beat.pk, "?period=90d&page=99")
    assert "Page 3 of 3" in words(last) and "Tue 17 Mar" not in words(last)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?period=nonsense", "A period is 7d, 30d, 90d, all, or two dates"),
        ("?first_on=2026-03-01&last_on=2026-04-01", "which is in the future"),
        ("?page=-1", "Page receipts"),
        ("?page=%C2%B2", "Page receipts"),
    ],
)
def test_a_choice_that_makes_no_sense_is_said_or_ignored(cast: Cast, now: datetime, query: str, says: str):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    page = words(receipts(cast, beat.pk, query))
    assert says in page or says == "Page receipts"
    assert "2 of 3 listens counted" in page


def test_a_day_shows_its_listens_without_who_they_were(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    at = now - timedelta(hours=20, seconds=-17)
    send(
        listen(beat, at=at, listener="someone-secret", agent="", address="203.0.113.9"),
        listen(beat, at=at + timedelta(minutes=5), listener=None, agent=ROBOT),
        now=now,
    )
    fold_all(now=now)
    html = receipts(cast, beat.pk, "2026-03-17/")
    page = words(html)
    assert "Tue 17 Mar: 1 of 2 listens counted" in page
    assert "17 Mar, 19:35 a signed-out visitor" in page and "60 s Robot" in page
    assert "17 Mar, 19:30 an account" in page and "60 s Counted" in page
    assert "secret" not in html and "203.0.113" not in html and "19:30:17" not in html


def test_a_days_listens_by_verdict(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    assert receipts(cast, beat.pk, "2026-03-17/").count("<td>an account</td>") == 3
    short = receipts(cast, beat.pk, "2026-03-17/?verdict=too_short")
    assert short.count("<td>an account</td>") == 1 and "3 s" in short
    assert "None with this verdict" in receipts(cast, beat.pk, "2026-03-17/?verdict=robot")
    assert receipts(cast, beat.pk, "2026-03-17/?verdict=nonsense").count("<td>an account</td>") == 3


def test_a_day_without_listens_says_so(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    assert "No listens on this day" in receipts(cast, beat.pk, "2026-03-01/")


def test_what_is_no_day_is_not_there(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    assert cast.client("alice").get(f"/backstage/beats/{beat.pk}/receipts/yesterday/").status_code == 404


def test_the_guests_of_a_beat_read_it_too_and_nobody_else(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now, guests={cast.kit: now})
    here = f"/backstage/beats/{beat.pk}/receipts/"
    for tail in ("", "days.csv", "2026-03-17/"):
        assert cast.client("bob").get(here + tail).status_code == 200
        assert cast.client("charlie").get(here + tail).status_code == 200
        for stranger in ("alice", "lee", "dana"):
            assert cast.client(stranger).get(here + tail).status_code == 404
        assert cast.client("visitor").get(here + tail).headers["Location"].startswith("/accounts/login/")


def test_a_section_that_fails_leaves_the_page(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)

    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("backline.listening.store.sqlite.SQLiteStore.days", fail)
    monkeypatch.setattr("backline.listening.store.sqlite.SQLiteStore.totals", fail)
    assert "This section did not load" in receipts(cast, beat.pk)


def test_my_beats_and_the_beats_page_lead_here(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    link = f'href="/backstage/beats/{beat.pk}/receipts/"'
    more = f"/backstage/beats/{beat.pk}/more/"
    assert f'href="{more}"' in cast.client("alice").get("/dashboard/beats/").content.decode()
    assert link in cast.client("alice").get(more).content.decode()
    assert link in cast.client("alice").get(f"/backstage/beats/{beat.pk}/").content.decode()
    assert link in cast.client("ada").get(beat.get_absolute_url()).content.decode()
    assert link not in cast.client("lee").get(beat.get_absolute_url()).content.decode()
