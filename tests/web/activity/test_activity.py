"""The Activity page: overview, calendar, engagement, downloads, live, receipts."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.listening import queries as listening
from backline.listening.fold import fold_all
from backline.listening.origins import listener_text
from backline.shop.actions import issue_licence, revoke_licence
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.listening.world import download, send
from tests.web.screens import DAY, heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")
PATH = "/dashboard/activity/"


def activity(cast: Cast, query: str = "", name: str = "alice", **headers: str) -> str:
    """The page, or the part htmx asks for."""
    answer = cast.client(name).get(f"{PATH}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def part(cast: Cast, target: str, query: str = "", name: str = "alice") -> str:
    """One section as htmx gets it."""
    html = activity(cast, query, name, **{"HX-Request": "true", "HX-Target": target})
    assert "<html" not in html
    return html


def test_plays_and_receipts_add_up(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = words(activity(cast))
    assert "Total Plays 3 2 last 30 days, 0 before" in page
    assert "Received listens that became final, 16 Feb to 17 Mar 3" in page
    assert "Too short" in page
    assert "3 = 2 + 1" in page
    assert "Today so far: 1 play, 0 downloads, not in the chart" in page


def test_a_custom_period_that_ends_today_holds_today(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = words(activity(cast, "?first_on=2026-03-16&last_on=2026-03-18"))
    assert "Plays 3 Downloads 0" in page
    assert "not in the chart" not in page


@pytest.mark.parametrize(
    ("period", "per"),
    [
        ("7d", "hour"),
        ("30d", "day"),
        ("90d", "day"),
        ("2025-01-01..2026-01-01", "week"),
        ("2020-01-01..2026-01-01", "month"),
    ],
)
def test_long_periods_are_drawn_in_larger_steps(cast: Cast, now: datetime, period: str, per: str):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    assert f"Plays and downloads per {per}" in activity(cast, f"?period={period}")


def test_the_first_play_of_a_hundred_and_releases_are_marked(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("backline.domain.notable.MILESTONES", (2,))
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = activity(cast)
    assert "Released: Low Tide</title>" in page
    assert "Passed 2 plays</title>" in page
    assert "Tue 17 Mar. Passed 2 plays" in page


def test_the_calendar_counts_own_uploads_by_the_accounts_days(cast: Cast, now: datetime):
    late = now.replace(hour=23, minute=30)
    make_public(cast.marlo, account=cast.alice, now=late - 2 * DAY)
    cast.alice.zone = "Pacific/Auckland"
    cast.alice.save()
    page = activity(cast)
    assert "1 upload on 1 day in 2026" in page
    assert 'aria-label="Tue 17 Mar: 1 upload"' in page


def test_xray_shows_what_others_published(cast: Cast, now: datetime):
    make_public(cast.kit, account=cast.bob, now=now - DAY)
    assert "by others" not in activity(cast)
    page = activity(cast, "?xray=off&xray=on")
    assert 'class="x1"' in page
    assert 'aria-label="Tue 17 Mar: 0 uploads, 1 by others"' in page


def test_a_day_lists_its_beats_up_to_five(cast: Cast, now: datetime):
    for _ in range(6):
        make_public(cast.marlo, account=cast.alice, now=now - DAY)
    html = part(cast, "day", "?day=2026-03-17")
    assert "Tuesday 17 March 2026" in html
    assert "6 of yours" in html
    assert html.count("<li>") == 5
    assert "1 more" in html


def test_streaks_and_the_busiest_weekday(cast: Cast, now: datetime):
    for weeks in (0, 1, 4):
        make_public(cast.marlo, account=cast.alice, now=now - weeks * 7 * DAY)
    page = words(activity(cast))
    assert "Current streak 2 weeks since 9 Mar 2026" in page
    assert "Longest streak 2 weeks 9 Mar to 22 Mar 2026" in page
    assert "Busiest weekday Wednesday 3 of 3 uploads in 2026" in page


def test_without_anything_every_section_says_what_comes(cast: Cast):
    page = words(activity(cast, "?period=all", name="charlie"))
    assert "No downloads yet" in page
    assert "Longest streak 0 weeks no upload yet" in page
    assert "0 = 0 + 0" in page


def test_only_listeners_who_show_themselves_are_named(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 5 * DAY)
    cast.lee.show_to_producers = True
    cast.lee.save()
    for account in (cast.lee, cast.charlie):
        send(download(beat, at=now - DAY, listener=listener_text(account.pk)), now=now)
    fold_all(now=now)
    shown = words(part(cast, "downloads"))
    assert "Lee, Standard licence View licence" in shown
    assert "a listener, Standard licence View licence" in shown
    assert "Charlie" not in shown


def test_downloads_come_in_pages(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 5 * DAY)
    for number in range(10):
        send(download(beat, at=now - DAY - timedelta(minutes=number), listener=f"l{number}"), now=now)
    fold_all(now=now)
    first = part(cast, "downloads")
    assert "Recent downloads 1 to 8 of 10" in words(first)
    assert first.count("a listener") == 8
    assert "Recent downloads 9 to 10 of 10" in words(part(cast, "downloads", "?page=2"))
    assert "Recent downloads 9 to 10 of 10" in words(part(cast, "downloads", "?page=99"))


def test_a_period_without_downloads_offers_all_time(cast: Cast, now: datetime):
    html = part(cast, "downloads", "?period=7d")
    assert "No downloads in this period" in html
    assert "period=all" in html


def test_platform_share_is_for_owners_and_managers(cast: Cast):
    assert "no day has been weighed yet" in activity(cast)
    assert "no day has been weighed yet" in activity(cast, "?artist=marlo-vane", name="bob")
    analyst = activity(cast, name="ada")
    assert "owners and managers see it" in analyst
    assert "no day has been weighed yet" not in analyst


@pytest.mark.parametrize(
    ("target", "holds"),
    [
        ("performance", "Performance overview"),
        ("uploads", "Longest streak"),
        ("day", "Choose a day"),
        ("engagement", "Play receipts"),
        ("downloads", "Recent downloads"),
        ("live", "Open now"),
    ],
)
def test_htmx_gets_each_section_alone(cast: Cast, target: str, holds: str):
    html = part(cast, target)
    assert f'id="{target}"' in html
    assert holds in html


def test_the_address_follows_what_htmx_changes(cast: Cast):
    client = cast.client("alice")
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/dashboard/activity/?day=2026-03-17"}
    answer = client.get(f"{PATH}?period=7d", headers={**here, "HX-Target": "engagement"})
    assert answer["HX-Push-Url"] == f"{PATH}?day=2026-03-17&period=7d"
    answer = client.get(f"{PATH}?day=2026-03-16", headers={**here, "HX-Target": "day"})
    assert answer["HX-Replace-Url"] == f"{PATH}?day=2026-03-16"
    assert "HX-Push-Url" not in client.get(PATH, headers={**here, "HX-Target": "live"})


@pytest.mark.parametrize(
    ("reads", "stays"),
    [("artist_figures", "Recent downloads"), ("live", "Play receipts"), ("artist_totals", "Longest streak")],
)
def test_a_failed_section_leaves_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, reads: str, stays: str
):
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr(listening, reads, broken)
    page = activity(cast)
    assert "This section did not load" in page
    assert "Try again" in page
    assert stays in page


def test_the_days_as_a_table_for_spreadsheets(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    answer = cast.client("alice").get(f"{PATH}days.csv?period=7d")
    assert answer["Content-Disposition"] == 'attachment; filename="marlo-vane-2026-03-11-2026-03-17.csv"'
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    assert rows[0] == ["day", "plays", "downloads"]
    assert rows[-1] == ["2026-03-17", "2", "0"]
    assert len(rows) == 8


def test_the_page_costs_the_same_with_one_and_many_beats(
    cast: Cast, now: datetime, django_assert_max_num_queries: Any
):
    client = cast.client("alice")
    heard_beat(cast.marlo, account=cast.alice, now=now)
    client.get(PATH)
    with django_assert_max_num_queries(22) as few:
        client.get(PATH)
    for _ in range(12):
        heard_beat(cast.marlo, account=cast.alice, now=now - timedelta(minutes=1))
    with django_assert_max_num_queries(22) as many:
        client.get(PATH)
    assert len(few) == len(many)


def test_a_licence_that_was_taken_back_says_so(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 5 * DAY)
    for account in (cast.lee, cast.charlie):
        licence = issue_licence(beat, account=account, kind="standard", now=now - 2 * DAY)
        send(download(beat, at=now - DAY, listener=listener_text(account.pk)), now=now)
    fold_all(now=now)
    revoke_licence(licence, now=now)
    page = words(part(cast, "downloads"))
    assert page.count("View licence") == 2
    assert page.count("revoked") == 1
