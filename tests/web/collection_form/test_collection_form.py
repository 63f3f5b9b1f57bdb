"""The collection form: creating, saving, the order of the beats, two edits at once, the cover."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from backline.catalog import actions as catalog
from backline.catalog.covers import STYLES
from backline.catalog.models import Beat, Collection
from tests.catalog.bad_files import named
from tests.catalog.makers import COMPLETE, make_draft, picture
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
NEW = "/backstage/collections/new/"


@pytest.fixture
def tape(cast: Cast, now: datetime) -> Collection:
    """Alice's collection of the beats One and Two; Three is not in it."""
    tape = catalog.create_collection(cast.marlo, name="Tape", kind="ep", now=now)
    for name in ("One", "Two", "Three"):
        made = make_draft(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name=name))
        if name != "Three":
            catalog.add_to_collection(tape, beat=made, now=now)
    return Collection.objects.get()


def address(tape: Collection) -> str:
    return f"/backstage/collections/{tape.pk}/"


def beat(name: str) -> int:
    return Beat.objects.get(name=name).pk


def held(tape: Collection) -> list[str]:
    return list(tape.entries.order_by("position").values_list("beat__name", flat=True))


def filled(tape: Collection, **changes: Any) -> dict[str, Any]:
    """What the browser would send for the form as it is saved, with changes."""
    saved = Collection.objects.get(pk=tape.pk)
    values = {
        "version": saved.updated_at.isoformat(),
        "name": saved.name,
        "kind": saved.kind,
        "release_on": saved.release_on or "",
        "description": saved.description,
        "beat": list(tape.entries.order_by("position").values_list("beat_id", flat=True)),
        "cover_style": saved.cover_style,
        "action": "save",
    }
    return values | changes


def test_creating_one_leads_to_its_form(cast: Cast):
    values = {"name": "Low Water", "kind": "album", "release_on": "2026-04-03", "description": "Wide."}
    answer: Any = cast.client("bob").post(f"{NEW}?artist=marlo-vane", values)
    made = Collection.objects.get()
    assert (answer.status_code, answer.url) == (302, address(made))
    assert (made.artist, made.kind, made.release_on) == (cast.marlo, "album", date(2026, 4, 3))
    assert made.state == "private"


def test_creating_without_a_name_says_so_and_makes_nothing(cast: Cast):
    answer = cast.client("alice").post(NEW, {"name": " ", "kind": "album"})
    assert answer.status_code == 422 and "This field is required" in answer.content.decode()
    assert not Collection.objects.exists()


def test_saving_keeps_every_field(cast: Cast, tape: Collection):
    changes = {"name": "Tapes", "kind": "pack", "description": "New.", "release_on": "2026-05-01"}
    answer: Any = cast.client("alice").post(address(tape), filled(tape, **changes, state="public"))
    assert (answer.status_code, answer.url) == (302, address(tape))
    saved = Collection.objects.get()
    assert (saved.name, saved.kind, saved.description) == ("Tapes", "pack", "New.")
    assert (saved.state, saved.release_on) == ("public", date(2026, 5, 1))
    assert held(tape) == ["One", "Two"]
    page = cast.client("alice").get(address(tape)).content.decode()
    assert "2 are drafts and stay hidden" in words(page) and 'value="2026-05-01"' in page
    cast.client("alice").post(address(tape), filled(tape))
    assert Collection.objects.get().state == "private"


@pytest.mark.parametrize(
    ("action", "after"),
    [
        ("up:Two", ["Two", "One"]),
        ("down:One", ["Two", "One"]),
        ("up:One", ["One", "Two"]),
        ("remove:One", ["Two"]),
        ("add", ["One", "Two", "Three"]),
        ("up:x", ["One", "Two"]),
    ],
)
def test_buttons_order_the_beats_and_save_the_rest(
    cast: Cast, tape: Collection, action: str, after: list[str]
):
    verb, _, name = action.partition(":")
    pressed = f"{verb}:{beat(name)}" if name not in ("", "x") else action
    values = filled(tape, action=pressed, name="Renamed", add=[beat("Three")])
    answer: Any = cast.client("alice").post(address(tape), values)
    place = pressed.replace(":", "-") if verb in ("up", "down") and name != "x" else "beats"
    assert (answer.status_code, answer.url) == (302, f"{address(tape)}#{place}")
    assert held(tape) == after
    assert Collection.objects.get().name == "Renamed" and Beat.objects.kept().count() == 3


def test_finding_beats_saves_nothing_and_keeps_what_was_typed(cast: Cast, tape: Collection):
    values = filled(tape, action="find", find="thr", name="Typed", beat=[beat("Two")])
    page = cast.client("alice").post(address(tape), values).content.decode()
    assert 'value="Typed"' in page and re.findall(r'name="add" value="(\d+)"', page) == [str(beat("Three"))]
    assert held(tape) == ["One", "Two"] and Collection.objects.get().name == "Tape"
    nothing = filled(tape, action="find", find="zzz")
    assert (
        "No own beat has that in its name"
        in cast.client("alice").post(address(tape), nothing).content.decode()
    )


def test_the_second_of_two_edits_is_told_and_loses_nothing(cast: Cast, tape: Collection):
    alice, bob = filled(tape, name="Alice’s"), filled(tape, name="Bob’s", beat=[beat("Three"), beat("One")])
    bob["cover_style"] = STYLES[2]
    cast.client("alice").post(address(tape), alice)
    answer = cast.client("bob").post(address(tape), bob)
    page = answer.content.decode()
    assert answer.status_code == 409 and Collection.objects.get().name == "Alice’s"
    assert "Somebody saved this collection" in page and "Name Alice’s Beats One, Two" in words(page)
    assert 'value="Bob’s"' in page and f'value="{STYLES[2]}" checked' in page
    order = re.findall(r'name="beat" value="(\d+)"', page)
    assert order == [str(beat("Three")), str(beat("One"))]
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version
    cast.client("bob").post(address(tape), bob | {"version": version[1]})
    assert Collection.objects.get().name == "Bob’s" and held(tape) == ["Three", "One"]


@pytest.mark.parametrize("version", ["", "yesterday", "2026-01-01T00:00:00"])
def test_a_form_without_its_version_is_not_saved(cast: Cast, tape: Collection, version: str):
    answer = cast.client("alice").post(address(tape), filled(tape, version=version, name="New"))
    assert answer.status_code == 422 and Collection.objects.get().name == "Tape"


def test_anothers_beat_is_refused(cast: Cast, tape: Collection, now: datetime):
    theirs = make_draft(cast.kit, account=cast.bob, now=now, fields=replace(COMPLETE, name="Kit’s"))
    answer = cast.client("alice").post(address(tape), filled(tape, action="add", add=[theirs.pk]))
    assert answer.status_code == 422 and "own beats" in answer.content.decode()
    assert "Kit’s" not in cast.client("alice").get(address(tape)).content.decode()
    assert held(tape) == ["One", "Two"]


def test_who_may_edit(cast: Cast, tape: Collection):
    values = filled(tape, name="Mine")
    expected = {"ada": 403, "charlie": 404, "dana": 404, "visitor": 302}
    for who, status in expected.items():
        assert cast.client(who).post(address(tape), values).status_code == status
    assert cast.client("ada").post(NEW, {"name": "A", "kind": "ep"}).status_code == 403
    assert Collection.objects.get().name == "Tape"


def test_a_picture_and_a_drawn_cover(cast: Cast, tape: Collection, tmp_path: Path):
    client = cast.client("alice")
    with picture(tmp_path / "cover.png").open("rb") as file:
        client.post(address(tape), filled(tape, cover=file))
    assert Collection.objects.get().cover_key.startswith("covers/")
    client.post(address(tape), filled(tape, cover_style=""))
    assert Collection.objects.get().cover_key
    client.post(address(tape), filled(tape, cover_style=STYLES[1]))
    saved = Collection.objects.get()
    assert (saved.cover_key, saved.cover_style) == ("", STYLES[1])


def test_a_refused_picture_saves_nothing(cast: Cast, tape: Collection, tmp_path: Path):
    (tmp_path / "cover.png").write_bytes(b"not a picture")
    with (tmp_path / "cover.png").open("rb") as file:
        answer = cast.client("alice").post(address(tape), filled(tape, cover=file, name="New"))
    assert answer.status_code == 422 and Collection.objects.get().name == "Tape"


def test_a_body_that_is_announced_too_large_is_not_read(cast: Cast, tape: Collection):
    values = filled(tape, cover=named(bytes(7_000_000), "c.png"))
    with patch("django.core.handlers.wsgi.WSGIRequest._load_post_and_files") as read:
        assert cast.client("alice").post(address(tape), values).status_code == 413
    read.assert_not_called()


def test_without_the_csrf_token_nothing_is_saved(cast: Cast, tape: Collection):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(address(tape), filled(tape, name="X")).status_code == 403
    assert Collection.objects.get().name == "Tape"
