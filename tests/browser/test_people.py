"""What people do with accounts, profiles and each other: joining, editing, inviting, leaving; and a frame elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.joining import PASSWORD, confirm, join, mailed_link

pytestmark = pytest.mark.browser


def picture(folder: Path, colour: str) -> Path:
    """A photo of one colour, wide enough to be taken."""
    path = folder / f"{colour}.png"
    Image.new("RGB", (640, 560), colour).save(path)
    return path


def test_an_invited_analyst_reads_but_changes_nothing(open_page: OpenPage, site: Site, problems: list[str]):
    owner, guest = open_page("Charlie"), open_page("Lee")
    owner.goto("/backstage/members/")
    owner.get_by_label("E-mail address").fill(site.people["Lee"]["email"])
    owner.get_by_label("Role", exact=True).select_option("analyst")
    owner.get_by_role("button", name="Send the invitation").click()
    confirm(owner, site.people["Charlie"]["password"])
    expect(owner.get_by_role("main")).to_contain_text("1 open invitation")

    guest.goto(mailed_link(site, "/backstage/members/join/", to=site.people["Lee"]["email"]))
    guest.get_by_role("button", name="Join").click()
    expect(guest).to_have_url(re.compile("/dashboard/"))
    guest.goto("/backstage/members/")
    expect(guest.get_by_role("main")).to_contain_text("Only owners change who belongs to it.")
    expect(guest.get_by_label("E-mail address")).to_have_count(0)
    for closed in ("/dashboard/finances/", "/backstage/profile/", "/backstage/upload/defaults/"):
        answer = guest.goto(closed)
        assert answer is not None and answer.status == 403, closed
    problems.clear()  # the three refusals

    guest.goto("/backstage/members/")
    guest.locator("summary", has_text="Leave").click()
    guest.get_by_role("button", name="Leave").click()
    expect(guest).to_have_url(re.compile("/dashboard/"))
    owner.reload()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("You alone look after")


def test_a_profile_is_edited_and_its_gallery_ordered_by_keyboard(open_page: OpenPage, tmp_path: Path):
    page = open_page("Charlie")
    page.goto("/backstage/profile/")
    page.get_by_label("About").fill("Drums from a boat.")
    page.get_by_label("Links").fill("https://example.com/sable")
    page.get_by_role("button", name="Save", exact=True).first.click()
    for colour in ("navy", "teal"):
        page.locator("input[name=photo]").set_input_files(picture(tmp_path, colour))
        page.locator("#gallery").get_by_label("What it shows").last.fill(colour)
        page.get_by_role("button", name="Add the photo").click()
        expect(page.get_by_role("button", name=f"Move {colour} up")).to_be_visible()
    names = page.locator("#gallery ol input[name=caption]")
    mover = page.get_by_role("button", name="Move teal up")
    mover.focus()
    mover.press("Enter")
    expect(names.first).to_have_value("teal")
    page.get_by_role("list", name="Photos in order").locator("li").last.drag_to(names.first)
    page.get_by_role("button", name="Save the order").click()
    expect(names.first).to_have_value("navy")

    page.goto("/@sable-ortiz/?tab=about")
    photos = page.locator(".photo-list img")
    expect(photos).to_have_count(2)
    expect(photos.first).to_have_attribute("alt", "navy")
    assert photos.first.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    expect(page.get_by_role("main")).to_contain_text("Drums from a boat.")
    page.goto("/backstage/profile/")
    for left in (1, 0):
        page.get_by_role("button", name="Remove ").first.press("Enter")
        expect(page.locator("#gallery ol > li")).to_have_count(left)


def test_somebody_takes_the_data_along_and_leaves(open_page: OpenPage, site: Site, tmp_path: Path):
    page = open_page()
    email = join(page, site)
    page.goto("/settings/data/")
    page.get_by_role("link", name="Download my data").click()
    with page.expect_download() as download:
        confirm(page, PASSWORD)
    download.value.save_as(tmp_path / "data.json")
    assert json.loads((tmp_path / "data.json").read_text())["account"]["email"] == email
    page.goto("/settings/data/")
    page.get_by_label("Your e-mail address").fill("somebody@else.example")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.locator(".toasts")).to_contain_text("Nothing was deleted")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is deleted")
    page.goto("/dashboard/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.usefixtures("streams")
def test_a_frame_on_another_site_plays_and_counts(
    open_page: OpenPage, site: Site, elsewhere: Callable[[str], str]
):
    page = open_page()
    page.goto("/@marlo-vane/")
    address = page.locator('main a[href^="/beats/"]').first.get_attribute("href") or ""
    beat = address.removeprefix("/beats/").split("-")[0]
    frame = f'<iframe src="{site.address}/embed/{beat}/" width="480" height="160" allow="autoplay"></iframe>'
    page.goto(elsewhere(frame))
    answers: list[dict[str, Any]] = []
    page.route("**/api/v1/events", lambda route: answers.append(passed_on(route)))
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name=re.compile("^Play")).click()
    expect(inside.get_by_role("button", name=re.compile("^Pause"))).to_be_visible()
    expect(inside.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"0:0[1-9] of"))
    assert {one["status"] for answer in answers for one in answer["results"]} == {"accepted"}
    assert inside.locator("html").evaluate(
        "page => page.scrollWidth <= page.clientWidth && page.scrollHeight <= 160"
    )


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Another site: it shows the HTML that it is given, and answers its address."""
    shown = ""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<!doctype html><link rel="icon" href="data:,">{shown}'.encode())

        def log_message(self, *parts: object) -> None:
            """Says nothing."""

    def show(html: str) -> str:
        nonlocal shown
        shown = html
        return f"http://localhost:{server.server_port}/"

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield show
        server.shutdown()


def passed_on(route: Route) -> dict[str, Any]:
    """Lets a report go its way, and answers what the intake says to it; it comes out of the frame."""
    assert {event["source"] for event in json.loads(route.request.post_data_buffer or b"[]")} == {"embed"}
    answer = route.fetch()
    assert answer.status == 202
    route.fulfill(response=answer)
    return dict(answer.json())
