"""The Dashboard: greeting, shortcuts, stats, the last 30 days, needs, news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backline.audience.actions import follow_artist
from backline.catalog import actions as catalog
from backline.catalog.models import Step
from backline.core import clock
from backline.listening import cases
from backline.listening import queries as listening
from backline.listening.selection import Selection, selected
from backline.web.models import MenuItem
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.shop.makers import make_sale
from tests.web.screens import heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")


def dashboard(cast: Cast, name: str = "alice", query: str = "", **headers: str) -> str:
    """The page as one line of text; with `target` only the section htmx asks for, as HTML."""
    answer = cast.client(name).get(f"/dashboard/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_figures_of_plays_are_those_of_the_listens(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    page = words(dashboard(cast))
    assert "1 play so far today. In the last 30 complete days you had 2, against 0 in the 30 before." in page
    assert "Total Plays 3 up 2 last 30 days" in page
    assert "Tracks 1 up 1 this month" in page
    assert "Growth Building data 2 of 30 plays in 60 days" in page
    assert "Moved most Low Tide 2 plays, 0 in the 30 before" in page


@pytest.mark.parametrize(
    ("hour", "zone", "greeting"),
    [
        (4, "UTC", "Good evening"),
        (5, "UTC", "Good morning"),
        (12, "UTC", "Good afternoon"),
        (8, "Asia/Tokyo", "Good afternoon"),
    ],
)
def test_the_greeting_follows_the_accounts_clock(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, hour: int, zone: str, greeting: str
):
    cast.alice.zone = zone
    cast.alice.save()
    monkeypatch.setattr(clock, "now", lambda: now.replace(hour=hour))
    assert f"{greeting}, Marlo Vane" in dashboard(cast)


def test_a_draft_alone_is_not_called_complete(cast: Cast, now: datetime):
    make_draft(cast.sable, account=cast.charlie, now=now)
    assert "My Beats 1 none public yet" in words(dashboard(cast, "charlie"))


def test_a_new_artist_sees_zeros_and_honest_blanks(cast: Cast):
    page = words(dashboard(cast, "charlie"))
    assert "Upload a first beat: its plays, downloads and money are what this page shows." in page
    assert "Total Plays 0" in page
    assert "My Beats 0 none yet" in page
    assert "Growth Building data 0 of 30 plays" in page
    assert "No plays from 16 Feb to 17 Mar." in page
    assert "Moved most — no beat's plays changed" in page
    assert "Nothing new since then" in page
    assert "What needs you" not in page


def test_without_an_artist_the_page_says_so_in_place(cast: Cast):
    page = words(dashboard(cast, "lee"))
    assert "No Artist Profile" in page
    assert "Apply to the Producer Program" in page


def test_what_needs_you_names_each_thing_and_at_most_five(cast: Cast, now: datetime):
    ours = make_draft(cast.marlo, account=cast.alice, now=now, ready=False)
    Step.objects.filter(recording=ours.recording, kind=Step.Kind.STREAM).update(
        state=Step.State.FAILED, reason="the file ends after 12 seconds"
    )
    for _ in range(5):
        theirs = make_public(cast.kit, account=cast.bob, now=now)
        catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    page = words(dashboard(cast))
    assert "What needs you 5" in page
    assert "Low Tide could not be processed Stream: the file ends after 12 seconds" in page
    assert page.count("waits for your yes") == 4
    assert page.count("Accept") == 4


def test_an_analyst_sees_an_invitation_without_buttons(cast: Cast, now: datetime):
    theirs = make_public(cast.kit, account=cast.bob, now=now)
    catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    page = dashboard(cast, "ada")
    assert "waits for your yes" in page
    assert "/backstage/credits/" not in page
    assert "Upload beats</a>" not in page.partition("bottombar")[0]


def test_news_names_followers_only_as_they_wish(cast: Cast, now: datetime):
    cast.lee.show_to_producers = True
    cast.lee.save()
    for account in (cast.lee, cast.charlie):
        follow_artist(cast.marlo, account=account, now=now)
    page = words(dashboard(cast))
    assert "2 new followers Lee and a listener" in page
    assert "Charlie" not in page


def test_a_failed_section_stands_alone_with_the_requests_id(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk")

    monkeypatch.setattr(listening, "since_yesterday", broken)
    answer = cast.client("alice").get("/dashboard/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This section did not load" in page
    assert answer["X-Request-Id"] in page
    assert 'hx-target="#since"' in page
    assert "Quick stats" in page


def test_htmx_gets_one_section_and_only_that_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("read for another section")

    monkeypatch.setattr(listening, "since_yesterday", never)
    html = dashboard(cast, **{"HX-Request": "true", "HX-Target": "stats"})
    assert html.lstrip().startswith('<section class="section" id="stats"')
    assert "<html" not in html


def test_an_entry_that_staff_added_says_where_it_leads(cast: Cast):
    MenuItem.objects.create(
        label="Rules", icon="file-text", address="https://example.org/rules", position=9, new_tab=True
    )
    page = dashboard(cast)
    assert 'href="https://example.org/rules" target="_blank" rel="noopener"' in page
    assert "example.org/rules</span>" in page


def test_the_page_costs_the_same_with_one_and_many_beats(
    cast: Cast, now: datetime, django_assert_max_num_queries: Any
):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    client = cast.client("alice")
    client.get("/dashboard/")
    with django_assert_max_num_queries(24) as few:
        client.get("/dashboard/")
    for _ in range(12):
        heard_beat(cast.marlo, account=cast.alice, now=now - timedelta(minutes=1))
    with django_assert_max_num_queries(24) as many:
        client.get("/dashboard/")
    assert len(few) == len(many)


def test_money_that_waits_comes_first_and_only_for_who_may_see_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("backline.money.queries.waiting_minor", lambda _: {"EUR": 4_020, "USD": 95})
    page = words(dashboard(cast, "bob", "?artist=marlo-vane"))
    assert "What needs you 1 €40.20 and $0.95 waits for payouts to be set up" in page
    assert "An owner sets them up" in page
    assert "€40.20" not in dashboard(cast, "ada")
    reminded = words(dashboard(cast))
    assert "€40.20 and $0.95 wait for you." in reminded
    assert "waits for payouts" not in reminded


def test_a_case_to_appeal_and_a_copy_need_somebody(cast: Cast, now: datetime):
    beat = heard_beat(cast.marlo, account=cast.alice, now=now)
    selection = Selection(beat.pk, now - timedelta(days=2), now)
    case = cases.open_case(selection, reason="A farm.", submission=uuid4(), account=cast.dana, now=now)
    cases.decide_case(case, digest=selected(selection).digest, account=cast.dana, now=now)
    copy = make_draft(cast.marlo, account=cast.alice, now=now)
    original = make_public(cast.kit, account=cast.bob, now=now)
    copy.recording.same_as = original.recording
    copy.recording.save()
    page = words(dashboard(cast))
    assert "Staff withdrew plays of Low Tide You can appeal until" in page
    assert "Low Tide sounds like another" in page
    assert page.index("Staff withdrew") < page.index("sounds like")


def test_sales_are_news_for_who_may_see_money(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - timedelta(days=3))
    make_sale(beat, buyer=cast.lee, now=now)
    assert "Low Tide, exclusive sale sold for €80.00" in words(dashboard(cast))
    assert "exclusive sale" not in dashboard(cast, "ada")


def test_each_quick_stat_leads_on_and_opens_its_definition(cast: Cast):
    html = dashboard(cast)
    stats = html.partition('id="stats"')[2].partition("</section>")[0]
    for metric in ("tracks", "plays", "albums", "downloads", "followers", "level", "growth"):
        assert f'href="/help/numbers/{metric}/"' in stats
    assert stats.count('class="stat-value"') == 8
    assert stats.count('class="stat') >= 8
