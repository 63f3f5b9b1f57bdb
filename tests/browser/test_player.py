"""The player and the public pages as a listener uses them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import PHONE, OpenPage, Site

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("streams")]

CLOCK = "[data-player-time]"
STREAM = re.compile("/media/stream/")
EVENTS = "**/api/v1/events"


def listens(request: Request) -> list[dict[str, Any]]:
    """The listen reports that a request carries."""
    body = request.post_data_buffer if "/api/v1/events" in request.url else None
    return [event for event in json.loads(body or b"[]") if event["type"] == "listen"]


def watched(page: Page) -> list[dict[str, Any]]:
    """The reports that the page sends from now on."""
    found: list[dict[str, Any]] = []
    page.on("request", lambda request: found.extend(listens(request)))
    return found


def play_first(page: Page) -> str:
    """Plays the first beat of the page's list and answers its name."""
    expect(page.locator("main .track [data-play]").first).to_be_visible()
    row = page.locator("main .track", has=page.locator("[data-play]")).first
    name = row.locator(".name").inner_text()
    row.get_by_role("button", name=f"Play {name}").click()
    expect(row.get_by_role("button", name=f"Pause {name}")).to_be_visible()
    expect(page.locator(CLOCK)).not_to_have_text("0:00")
    return name


def test_the_music_goes_on_from_page_to_page_and_back(open_page: OpenPage):
    page = open_page()
    page.goto("/")
    sent = watched(page)
    name = play_first(page)
    page.locator("main .track .sub a").first.click()
    expect(page).to_have_url(re.compile("/@"))
    expect(page.locator("main")).to_be_focused()
    page.locator("[data-player-name]").click()
    expect(page).to_have_url(re.compile("/beats/"))
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".sound").get_by_role("button", name=f"Pause {name}")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/@"))
    page.get_by_role("link", name="Discover").first.click()
    expect(page).to_have_title(re.compile("Discover"))
    expect(page.locator(CLOCK)).to_have_text(re.compile("0:0[4-9]"))
    assert len({event["id"] for event in sent}) == 1
    expect(page.locator("main .track.playing .name")).to_have_text(name)


def test_keyboard_and_what_is_reported(open_page: OpenPage):
    page = open_page()
    page.goto("/")
    sent = watched(page)
    play_first(page)
    page.locator("[data-player-name]").click()
    expect(page).to_have_url(re.compile("/beats/"))
    slider = page.locator(".sound [role=slider]")
    slider.press("ArrowRight")
    page.wait_for_timeout(600)
    slider.press("ArrowRight")
    page.wait_for_timeout(600)
    slider.press("k")
    expect(page.locator(".sound").get_by_role("button", name=re.compile("^Play"))).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"0:1\d of 0:[34]\d"))
    page.wait_for_timeout(300)
    last = sent[-1]
    assert {event["id"] for event in sent} == {last["id"]}
    assert sent[0]["heard"] == []
    assert len(last["heard"]) == 3
    assert all(start < end for start, end in last["heard"])
    assert sum(end - start for start, end in last["heard"]) < 10
    assert (last["final"], last["source"]) == (False, "discover")
    slider.press("Space")
    expect(page.locator(".sound").get_by_role("button", name=re.compile("^Pause"))).to_be_visible()
    slider.press("End")
    expect(page.locator("[data-player-status]")).to_have_text("")
    page.wait_for_timeout(1_500)
    finals = [event for event in sent if event["final"]]
    assert [event["id"] for event in finals] == [last["id"]]
    assert {event["id"] for event in sent} > {last["id"]}, "the next beat of the list plays"


def test_a_report_that_gets_lost_is_sent_again_under_the_same_id(open_page: OpenPage, problems: list[str]):
    page = open_page()
    page.goto("/")
    sent = watched(page)
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost or not listens(route.request):
            route.continue_()
        else:
            lost.append(listens(route.request)[0]["id"])
            route.abort()

    page.route(EVENTS, lose_once)
    with page.expect_response(lambda response: bool(listens(response.request))) as answer:
        play_first(page)
    page.unroute(EVENTS)
    assert answer.value.status == 202
    assert {event["id"] for event in sent} == set(lost)
    assert len(sent) > 1
    problems.clear()  # the browser reports the refused requests


def test_a_stream_whose_address_ran_out_goes_on_under_the_same_listen(
    open_page: OpenPage, problems: list[str]
):
    page = open_page()
    page.goto("/")
    sent = watched(page)
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=403, body="run out")

    page.route(STREAM, refuse_once)
    play_first(page)
    page.unroute(STREAM)
    assert len(refused) == 1
    assert len({(event["id"], event["ticket"]) for event in sent}) == 1
    problems.clear()  # the browser reports the 403


def test_search_while_typing_keeps_the_address(open_page: OpenPage):
    page = open_page()
    page.goto("/")
    page.get_by_role("searchbox").press_sequentially("glass")
    expect(page.locator("#results h2")).to_contain_text("for “glass”")
    expect(page).to_have_url(re.compile("q=glass"))
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("searchbox").fill("zither")
    expect(page.locator("main")).to_contain_text("Nothing found")


def test_follow_and_like_without_leaving_the_page(open_page: OpenPage):
    page = open_page("Lee")
    page.goto("/@sable-ortiz/")
    button = page.locator("#follow-button")
    before = button.inner_text().strip()
    button.click()
    expect(button).not_to_have_text(before)
    expect(button).to_be_focused()
    expect(page).to_have_url(re.compile("/@sable-ortiz/$"))
    page.locator("main .track a.name").first.click()
    expect(page).to_have_url(re.compile("/beats/"))
    like = page.locator(".beat-hero [id^=like-button]")
    pressed = like.get_attribute("aria-pressed")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    expect(page.locator("#follow-button")).not_to_have_text(before)


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1600])
def test_nothing_is_wider_than_the_screen(open_page: OpenPage, width: int):
    page = open_page(size=(width, 900))
    for address in ("/", "/@marlo-vane/?tab=collections", "/@marlo-vane/?tab=about", "/@marlo-vane/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.locator("main .track a.name").first.click()
    expect(page).to_have_url(re.compile("/beats/"))
    play_first(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_the_phone_has_a_play_key(open_page: OpenPage):
    page = open_page(size=PHONE, scheme="light")
    page.goto("/")
    name = play_first(page)
    page.locator(".player").get_by_role("button", name=f"Pause {name}").click()
    expect(page.locator(".player").get_by_role("button", name=f"Play {name}")).to_be_visible()


def test_without_scripts_the_pages_read_and_the_forms_work(site: Site, open_page: OpenPage):
    browser = open_page().context.browser
    assert browser is not None
    with browser.new_context(base_url=site.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox").fill("glass")
        page.get_by_role("button", name="Search").click()
        page.locator("main .track a.name").first.click()
        expect(page.locator("noscript p")).to_be_visible()
        page.get_by_role("link", name=re.compile("^Follow")).click()
        expect(page).to_have_url(re.compile(r"/accounts/login/\?next=/beats/"))
