"""Uploading as a producer does: several files dropped at once, a broken line, one file refused, a table, publishing."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.recording import real_recording

pytestmark = pytest.mark.browser

DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files)
    transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
  const zone = document.querySelector("[data-dropzone]");
  for (const type of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, *files: Path) -> None:
    """Drops the files into the zone, all at once."""
    page.evaluate(DROP, [(file.name, base64.b64encode(file.read_bytes()).decode()) for file in files])


def row(page: Page, name: str) -> Locator:
    """The file's row."""
    return page.locator("[data-upload-list] li", has_text=name)


def a_renamed_mp3(folder: Path) -> Path:
    """A real recording that somebody gave the wrong ending."""
    samples, rate = soundfile.read(real_recording(folder / "x.flac", loop="amen", seconds=31))
    soundfile.write(folder / "night-walk.mp3", samples, rate)
    return (folder / "night-walk.mp3").rename(folder / "night-walk.wav")


def test_three_files_at_once_one_refused_the_others_published(
    open_page: OpenPage, tmp_path: Path, problems: list[str]
):
    page = open_page("Alice")
    page.goto("/backstage/upload/")
    page.get_by_role("switch", name="Create collection").check()
    page.get_by_label("Name of the new collection").fill("Low Water")
    good = [
        real_recording(tmp_path / f"low-water-0{n}.flac", loop=loop, seconds=31)
        for n, loop in ((1, "breakbeat"), (2, "industrial"))
    ]
    drop(page, good[0], a_renamed_mp3(tmp_path), good[1])
    dialog = page.get_by_role("dialog", name="Unsupported file format")
    expect(dialog).to_contain_text("night-walk.wav", timeout=30_000)
    expect(dialog).to_contain_text("MP3")
    dialog.get_by_role("button", name="Close").last.click()
    for file in good:
        expect(row(page, file.name)).to_contain_text("stored as Low Water", timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("3 files, 2 ready to describe")
    problems[:] = [said for said in problems if "422" not in said]  # the refusal itself
    fill_the_table(page)
    publish(page, "Low Water 01")
    page.goto("/dashboard/collections/")
    page.locator("main").get_by_role("link", name="Low Water").first.click()
    beats = page.locator("main").inner_text()
    assert beats.index("Low Water 01") < beats.index("Low Water 02")


def fill_the_table(page: Page) -> None:
    """What both beats share goes into whole columns, then all is saved."""
    page.get_by_role("link", name="Edit as a table").click()
    for label, value in (("Genres for all", "Trap"), ("Tags for all", "night, loop"), ("BPM for all", "120")):
        page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name=f"Apply to all: {label.partition(' ')[0]}", exact=True).click()
    for label, value in (
        ("Key for all", "0"),
        ("Scale for all", "minor"),
        ("Sample status for all", "cleared"),
        ("AI declaration for all", "human"),
    ):
        page.get_by_label(label, exact=True).select_option(value)
    for heading in ("Key", "Sample status", "AI"):
        page.get_by_role("button", name=f"Apply to all: {heading}", exact=True).click()
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_text("Saved: 2 beats.")).to_be_visible()


def publish(page: Page, name: str) -> None:
    """As soon as the worker has compared it with every other beat."""
    page.locator("main").get_by_role("link", name=name, exact=True).click()
    button = page.get_by_role("button", name="Publish", exact=True)
    for _ in range(60):
        if button.is_enabled():
            break
        page.wait_for_timeout(1000)
        page.reload()
    button.click()
    page.wait_for_url("**/published/")


def first_piece_only(route: Route) -> None:
    """Breaks the line after the first piece: half a megabyte on any line, while later ones may hold all the rest."""
    request = route.request
    if request.method == "PATCH" and request.headers["upload-offset"] != "0":
        route.abort("connectionreset")
    else:
        route.continue_()


def test_a_broken_line_goes_on_by_itself_and_a_reload_with_the_same_file(
    open_page: OpenPage, tmp_path: Path, problems: list[str]
):
    page = open_page("Alice")
    file = real_recording(tmp_path / "safari.flac", loop="safari", seconds=60)
    page.goto("/backstage/upload/")
    page.route(re.compile(r"/backstage/uploads/[0-9a-f-]{36}$"), first_piece_only)
    page.set_input_files("#audio", file)
    expect(row(page, file.name)).to_contain_text("are safe; it goes on there by itself", timeout=30_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/backstage/upload/")
    expect(page.get_by_role("heading", name="Broken off")).to_be_visible()
    page.unroute_all()  # not before the page that tries again by itself is gone
    offsets: list[int] = []
    page.on(
        "request",
        lambda asked: (
            offsets.append(int(asked.headers["upload-offset"])) if asked.method == "PATCH" else None
        ),
    )
    page.set_input_files("#audio", file)
    page.wait_for_url("**/backstage/beats/*/", timeout=30_000)
    assert offsets[0] > 0 and offsets == sorted(offsets)
    problems[:] = [said for said in problems if "ERR_CONNECTION_RESET" not in said]
    expect(page.locator("#processing")).to_contain_text("Tagged preview")
