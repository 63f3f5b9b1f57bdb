"""Insights as a producer uses them: periods, tables, pictures, hearing a moment, paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.test_accessibility import SCHEMES, complaints
from tests.browser.test_player import CLOCK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("streams")]
ARTIST = "/backstage/artists/marlo-vane/insights/"


def opened(page: Page, address: str = ARTIST) -> Page:
    """The page with all its blocks."""
    page.goto(address)
    expect(page.locator("#receipts")).to_be_visible()
    return page


def most_played(page: Page) -> str:
    """The address of the insights of the beat with most plays of all time."""
    opened(page, f"{ARTIST}?range=all")
    address = page.locator("#beats .name").first.get_attribute("href")
    assert address
    return address


def test_a_period_is_in_the_address_and_back_and_reload_show_it(open_page: OpenPage):
    page = opened(open_page("Alice"))
    page.route("**/insights/?*", slowly)
    page.get_by_role("link", name="90 days").click()
    expect(page.locator("#insights[aria-busy=true] #plays")).to_be_visible()  # what was there stays, dimmed
    expect(page).to_have_url(re.compile(r"range=90d"))
    expect(page.locator("#insights")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#receipts")).to_be_visible()
    page.unroute_all(behavior="wait")
    total = page.locator("#metric-plays .count").inner_text()
    page.get_by_label("Compare with").select_option("none")
    expect(page).to_have_url(re.compile(r"compare=none"))
    expect(page.locator("#plays .legend")).not_to_contain_text("before")
    page.reload()
    expect(page.locator("#metric-plays .count")).to_have_text(total)
    page.go_back()
    expect(page.locator("#plays .legend")).to_contain_text("before")
    expect(page.get_by_role("link", name="90 days")).to_have_attribute("aria-current", "true")


def slowly(route: Route) -> None:
    """Answers half a second later."""
    answer = route.fetch()
    route.request.frame.page.wait_for_timeout(500)
    route.fulfill(response=answer)


def test_a_chart_by_keyboard_and_as_a_table(open_page: OpenPage):
    page = opened(open_page("Alice"))
    page.locator("#plays svg.wide").focus()
    page.keyboard.press("End")
    expect(page.locator("#plays [data-says]")).to_contain_text(re.compile(r"plays?, Week from"))
    page.locator("#plays").get_by_role("link", name="Table").press("Enter")
    table = page.locator("#plays-table table")
    expect(table.get_by_role("columnheader", name="Accounts")).to_be_visible()
    page.locator("#plays-table").get_by_role("button", name="Close").click()
    expect(table).to_have_count(0)


def test_a_picture_is_saved_as_png(open_page: OpenPage, tmp_path: Path):
    page = opened(open_page("Alice"))
    for block in ("plays", "locations"):
        with page.expect_download() as saving:
            page.locator(f"#{block}").get_by_role("button", name="PNG").click()
        saving.value.save_as(tmp_path / f"{block}.png")
        assert (tmp_path / f"{block}.png").read_bytes().startswith(b"\x89PNG")


def test_a_click_on_the_curve_plays_that_moment(open_page: OpenPage):
    page = open_page("Alice")
    opened(page, f"{most_played(page)}?range=all")
    area = page.locator("#retention svg.wide .wave-area")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    expect(page.locator(CLOCK)).not_to_have_text("0:00")
    length = int(area.get_attribute("aria-valuemax") or 0)
    at = page.locator(CLOCK).inner_text().split(":")
    assert abs(int(at[0]) * 60 + int(at[1]) - length / 2) <= 4
    area.focus()
    page.keyboard.press("Home")
    expect(page.locator(CLOCK)).to_have_text(re.compile(r"^0:0[0-3]$"))


def test_paper_cuts_nothing_off(open_page: OpenPage):
    page = opened(open_page("Alice", size=(794, 1123), scheme="light"))
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    cut = page.evaluate(
        "[...document.querySelectorAll('main section, main svg.chart, main .world')].filter((one) => {"
        " const box = one.getBoundingClientRect(); return box.width && box.right > innerWidth + 1; })"
        ".map((one) => one.id || one.getAttribute('class'))"
    )
    assert cut == []
    expect(page.locator("#plays .tools")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "narrow"])
def test_axe_finds_nothing(open_page: OpenPage, scheme: str, size: tuple[int, int]):
    page = open_page("Alice", scheme=scheme, size=size, bypass_csp=True)
    for address in (ARTIST, most_played(page)):
        opened(page, address)
        assert complaints(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_section_that_fails_says_so_and_stays(open_page: OpenPage, problems: list[str]):
    page = opened(open_page("Alice"))
    page.route("**/insights/?*metric=accounts*", lambda route: route.abort())
    page.locator("#metric-accounts").click()
    expect(page.locator("#plays [data-load-error]")).to_be_visible()
    expect(page.locator("#plays svg.wide")).to_be_visible()
    problems.clear()  # the request was cut off on purpose
