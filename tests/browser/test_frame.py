"""The frame and the Activity page as a person uses them: menus, theme, drawer, chart and calendar by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage

pytestmark = pytest.mark.browser

FOCUSED_DAY = "document.activeElement.dataset.day"
MIDDLE_OF_FOCUS = """() => {
  const box = document.activeElement.closest("main :focus")?.getBoundingClientRect();
  return box ? box.top + box.height / 2 : null;
}"""


@pytest.fixture
def activity(open_page: OpenPage) -> Page:
    page = open_page("Alice")
    page.goto("/dashboard/activity/")
    return page


def test_the_theme_changes_at_once_and_stays(open_page: OpenPage):
    page = open_page("Alice")
    page.goto("/dashboard/")
    html = page.locator("html")
    page.get_by_label("Theme").first.click()
    with page.expect_response("**/settings/theme/"):
        page.get_by_role("button", name="Light").first.click()
    expect(html).to_have_attribute("data-theme", "light")
    page.reload()
    expect(html).to_have_attribute("data-theme", "light")


def test_the_account_menu_works_by_keyboard_and_gives_the_focus_back(open_page: OpenPage):
    page = open_page("Alice")
    page.goto("/dashboard/")
    opener = page.locator("summary[aria-label=Account]")
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Backstage").first).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_what_tab_reaches_on_a_phone_is_above_the_thumb_bar(open_page: OpenPage):
    page = open_page("Alice", size=PHONE)
    page.goto("/backstage/profile/")
    edge = page.locator(".bottombar").evaluate("bar => bar.getBoundingClientRect().top")
    page.locator("main a, main input").first.focus()
    for _ in range(15):
        page.keyboard.press("Tab")
        middle = page.evaluate(MIDDLE_OF_FOCUS)
        assert middle is None or middle < edge, page.evaluate("document.activeElement.outerHTML")


def test_the_phone_opens_all_pages_in_a_drawer(open_page: OpenPage):
    page = open_page("Alice", size=PHONE)
    page.goto("/dashboard/")
    more = page.get_by_role("button", name="More")
    more.click()
    drawer = page.get_by_role("dialog", name="All pages")
    expect(drawer).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(more).to_be_focused()


def test_a_chart_tells_each_day_by_arrow_keys(activity: Page):
    chart = activity.locator("#chart svg.wide")
    chart.focus()
    activity.keyboard.press("Home")
    says = activity.locator("#chart [data-says]")
    expect(says).to_contain_text("play")
    first = says.text_content()
    activity.keyboard.press("ArrowRight")
    expect(says).not_to_have_text(first or "")
    expect(activity.locator("#chart svg.wide .tip-box")).to_be_visible()
    activity.keyboard.press("Escape")
    expect(activity.locator("#chart svg.wide .tip-box")).to_be_hidden()


def test_the_calendar_is_walked_and_a_day_opened_by_keyboard(activity: Page):
    today = activity.locator('[data-calendar] [tabindex="0"]')
    today.focus()
    begun = activity.evaluate(FOCUSED_DAY)
    activity.keyboard.press("ArrowLeft")
    activity.keyboard.press("ArrowUp")
    assert activity.evaluate(f"(new Date('{begun}') - new Date({FOCUSED_DAY})) / 86400000") == 8
    chosen = activity.evaluate(FOCUSED_DAY)
    activity.keyboard.press("Enter")
    expect(activity.locator("#day")).to_contain_text("of yours")
    expect(activity).to_have_url(f"{activity.url.partition('?')[0]}?day={chosen}")
    activity.keyboard.press("Home")
    assert activity.evaluate(FOCUSED_DAY).endswith("-01-01")


def test_on_a_phone_the_calendar_opens_at_its_last_weeks(open_page: OpenPage):
    page = open_page("Alice", size=PHONE)
    page.goto("/dashboard/activity/")
    box = page.locator("[data-calendar]")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    day = page.locator('[data-calendar] [tabindex="0"]').bounding_box()
    assert day is not None
    assert 0 < day["x"] < PHONE[0]


def test_another_period_keeps_the_focus_and_goes_into_the_address(activity: Page):
    period = activity.get_by_role("link", name="90D")
    period.focus()
    activity.keyboard.press("Enter")
    expect(activity.locator("#engagement")).to_contain_text("each against the 90 days before")
    expect(activity.get_by_role("link", name="90D")).to_be_focused()
    assert "period=90d" in activity.url
    activity.go_back()
    expect(activity.locator("#engagement")).to_contain_text("each against the 30 days before")


def test_xray_takes_effect_at_once_and_is_remembered(activity: Page):
    switch = activity.get_by_role("switch", name="X-Ray")
    switch.check()
    expect(activity.locator("#uploads")).to_contain_text("Platform")
    activity.goto("/dashboard/activity/")
    expect(activity.get_by_role("switch", name="X-Ray")).to_be_checked()
    activity.get_by_role("switch", name="X-Ray").uncheck()
    expect(activity.locator("#uploads")).not_to_contain_text("Platform")


def test_a_failed_refresh_keeps_the_figures_and_says_so(activity: Page, problems: list[str]):
    activity.route("**/dashboard/activity/?**", lambda route: route.abort())
    before = activity.locator("#engagement .stats").first.inner_text()
    activity.get_by_role("link", name="7D").click()
    expect(activity.locator("#engagement > [data-load-error]")).to_be_visible()
    assert activity.locator("#engagement .stats").first.inner_text() == before
    problems.clear()  # the browser complains about the request that was cut
    problems.clear()  # the request that we cut off, as the browser and htmx report it


def test_definitions_open_on_the_spot(activity: Page):
    activity.locator("#receipts").get_by_role("link", name="Received").click()
    dialog = activity.get_by_role("dialog", name="Received listens: what counts?")
    expect(dialog).to_contain_text("final")
    dialog.get_by_role("button", name="Got it").click()
    expect(dialog).to_be_hidden()
