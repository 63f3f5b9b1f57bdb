"""The Progress page: level, ways to earn, history, achievements, refresh."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from backline.catalog import actions as catalog
from backline.catalog.fields import BeatFields
from backline.core import clock
from backline.standing import actions, queries
from backline.standing.models import Tally
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast
from tests.web.beat_form.test_beat_form import filled
from tests.web.screens import heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")
ADDRESS = "/dashboard/progress/"


def progress(client: Client, query: str = "", **headers: str) -> str:
    """The page, or with `hx_target` the section that htmx asks for."""
    answer = client.get(f"{ADDRESS}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def section(client: Client, name: str, query: str = "") -> str:
    return progress(client, query, **{"HX-Request": "true", "HX-Target": name})


def test_a_new_artist_stands_at_level_1_with_0_xp(cast: Cast):
    page = words(progress(cast.client("charlie")))
    assert "Level 1 0 XP" in page
    assert "Novice Producer. 100 XP to level 2." in page
    assert "Upload a beat to begin" in page
    assert "20 of 20 left this month: up to +2,000" in page
    assert "Not computed yet" in page


def test_the_figures_are_those_of_the_facts(cast: Cast, now: datetime):
    heard_beat(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    page = words(progress(cast.client("alice")))
    # upload 100, plays 3, metadata 50, and one of the first thirty artists 1,000
    assert "Level 6 1,153 XP" in page
    assert "Upload Tracks 1 beat 100" in page
    assert "Get Plays 2 days 3" in page
    assert "Complete Metadata 1 beat 50" in page
    assert "Achievements 1 unlocked 1,000" in page
    assert "Total 1,153" in page
    assert "19 of 20 left this month: up to +1,900" in page
    assert "Low Tide, published Upload Tracks" in page
    assert "Plays on 17 Mar 2026 Get Plays · 17 Mar +2" in page
    assert "Updated just now" in page or "Updated" in page


def test_what_is_still_to_be_had_is_counted(cast: Cast, now: datetime):
    for tags in (("dark",), ("dark", "slow"), ("dark", "slow", "deep")):
        make_public(cast.marlo, account=cast.alice, now=now, fields=_with(tags))
    page = words(section(cast.client("alice"), "earn"))
    assert "17 of 20 left this month: up to +1,700" in page
    assert "2 beats lack only tags: +100" in page
    assert "3 beats of yours name nobody else yet" in page


def test_an_invitation_that_waits_is_told(cast: Cast, now: datetime):
    theirs = make_public(cast.sable, account=cast.charlie, now=now)
    credit = catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    client = cast.client("alice")
    assert "1 invitation waits for your answer" in words(section(client, "earn"))
    catalog.answer_credit(credit, accept=True, now=now)
    page = words(section(client, "earn"))
    assert "waits for your answer" not in page and "20 of 20 left this month" in page


def test_a_reversal_says_why(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    actions.refresh([cast.marlo.pk], now=now)
    later = now + timedelta(minutes=1)
    beat = catalog.update_beat(beat, fields=_with(()), seen_at=beat.updated_at, now=later)
    actions.refresh([cast.marlo.pk], now=later)
    page = words(section(cast.client("alice"), "history"))
    assert (
        "Low Tide is complete Taken back. The beat is no longer complete, or was deleted. · 18 Mar −50"
        in page
    )


def test_the_history_has_pages(cast: Cast, now: datetime):
    for _ in range(5):
        make_public(cast.marlo, account=cast.alice, now=now)
    actions.refresh([cast.marlo.pk], now=now)
    client = cast.client("alice")
    assert "Page 1 of 3" in words(section(client, "history"))
    assert "Page 2 of 3" in words(section(client, "history", "?page=2"))
    assert "Page 3 of 3" in words(section(client, "history", "?page=99"))


def test_achievements_are_filtered_and_the_address_says_so(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    client = cast.client("alice")
    page = words(section(client, "achievements"))
    assert "1 of 43 unlocked" in page
    assert page.index("Closest to you") < page.index("Founding Thirty") < page.index("Still locked")
    unlocked = words(section(client, "achievements", "?status=unlocked"))
    assert "Founding Thirty" in unlocked and "Still locked" not in unlocked
    seasonal = words(section(client, "achievements", "?category=seasonal&rarity=common"))
    assert "Night Shift" in seasonal and "Founding Thirty" not in seasonal
    assert "Nothing found" in section(client, "achievements", "?category=seasonal&rarity=epic")
    answer = client.get(
        f"{ADDRESS}?rarity=epic&status=nonsense",
        headers={"HX-Request": "true", "HX-Target": "achievements"},
    )
    assert answer["HX-Push-Url"] == f"{ADDRESS}?artist=marlo-vane&rarity=epic"


def test_an_achievement_that_nobody_can_reach_yet_says_why(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    page = words(section(cast.client("alice"), "achievements"))
    assert "Not yet available: fewer than 20 are ranked" in page
    assert "Not yet available: your genres have fewer than 20 beats by 10 artists" in page


def test_members_who_read_nothing_about_money_do_not_see_what_tells_of_it(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    assert "First sale" in progress(cast.client("alice"))
    page = words(progress(cast.client("ada")))
    assert "First sale" not in page and "Best Seller" not in page and "First statement" not in page
    assert "1 of 40 unlocked" in page


def test_how_xp_works_is_written_from_the_rules(cast: Cast):
    page = words(progress(cast.client("alice")))
    assert "once per beat, at its first publication; the first 20 in a calendar month 100" in page
    assert "signed-out listeners up to 20 a beat and day 1" in page
    assert "Achievements once each, as listed 100 to 6,000" in page
    assert "Level 100 the last level; XP continues 98,504" in page


def test_an_unlock_is_told_once_to_each_account(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    alice = cast.client("alice")
    assert "Achievement unlocked: Founding Thirty, +1,000 XP" in progress(alice)
    assert "Achievement unlocked" not in progress(alice)
    assert "Achievement unlocked: Founding Thirty" in progress(cast.client("bob"), "?artist=marlo-vane")


def test_a_section_of_htmx_tells_nothing_so_that_no_toast_is_lost(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    alice = cast.client("alice")
    section(alice, "earn")
    assert "Achievement unlocked" in progress(alice)


def test_publishing_is_right_at_once_and_tells_the_new_level(cast: Cast, now: datetime):
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    alice = cast.client("alice")
    answer = alice.post(f"/backstage/beats/{draft.pk}/", filled(draft, action="publish"))
    assert answer.status_code == 302
    assert queries.level_of(cast.marlo.pk).xp == 150
    assert "Level 2 reached: Novice Producer" in alice.get("/dashboard/beats/").content.decode()


def test_what_fails_while_keeping_up_does_not_fail_the_request(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(actions, "refresh", broken)
    alice = cast.client("alice")
    assert alice.post(f"{ADDRESS}refresh/").status_code == 302


def test_refresh_queues_once_in_ten_seconds_and_says_so(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    alice = cast.client("alice")
    assert "Your XP is computed anew" in alice.post(f"{ADDRESS}refresh/", follow=True).content.decode()
    tally = Tally.objects.get(pk=cast.marlo.pk)
    assert tally.wanted_at == now
    assert "Computing your XP anew" in progress(alice)
    assert "once every 10 seconds" in alice.post(f"{ADDRESS}refresh/", follow=True).content.decode()
    assert actions.answer_request(now=now) and not actions.answer_request(now=now)
    too_soon = alice.post(f"{ADDRESS}refresh/", headers={"HX-Request": "true", "HX-Target": "freshness"})
    assert "at most once every 10 seconds" in words(too_soon.content.decode())
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=10))
    busy = alice.post(f"{ADDRESS}refresh/", headers={"HX-Request": "true", "HX-Target": "freshness"})
    assert 'aria-busy="true"' in busy.content.decode()


def test_the_page_is_fetched_anew_when_the_computation_is_done(cast: Cast, now: datetime):
    alice, headers = cast.client("alice"), {"HX-Request": "true", "HX-Target": "freshness"}
    actions.ask_refresh(cast.marlo, now=now)
    assert "HX-Refresh" not in alice.get(ADDRESS, headers=headers).headers
    actions.answer_request(now=now)
    assert alice.get(ADDRESS, headers=headers)["HX-Refresh"] == "true"


def test_a_stranger_and_a_visitor_do_not_refresh(cast: Cast):
    assert cast.client("charlie").post(f"{ADDRESS}refresh/?artist=marlo-vane").status_code == 404
    assert cast.client("visitor").post(f"{ADDRESS}refresh/").status_code == 302
    assert not Tally.objects.filter(wanted_at__isnull=False).exists()


def test_a_section_that_cannot_be_read_fails_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(queries, "weekly", broken)
    page = words(progress(cast.client("alice")))
    assert "XP history This section did not load" in page
    assert "Earn XP" in page and "43" in page


def test_bio_and_photo_count_for_the_profile(cast: Cast, now: datetime):
    cast.marlo.bio, cast.marlo.avatar_key = "Late nights.", "avatars/1"
    cast.marlo.save()
    actions.run_round(now=now)
    assert "Liner Notes" in words(section(cast.client("alice"), "achievements", "?status=unlocked"))


def test_the_costs_do_not_grow_with_what_is_listed(
    cast: Cast, now: datetime, django_assert_max_num_queries: Any
):
    alice = cast.client("alice")
    progress(alice)
    with django_assert_max_num_queries(14):
        progress(alice)
    for _ in range(12):
        make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    progress(alice)
    with django_assert_max_num_queries(14):
        progress(alice)


def _with(tags: tuple[str, ...]) -> BeatFields:
    return replace(COMPLETE, tags=tags)
