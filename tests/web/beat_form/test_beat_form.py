"""The beat form: saving, publishing, two edits at once, covers, names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from backline.catalog.actions import BeatFields, update_beat
from backline.catalog.covers import STYLES
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat
from tests.catalog.bad_files import image_bomb, named
from tests.catalog.makers import COMPLETE, make_draft, make_public, picture, stored_files
from tests.conftest import Cast


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Beat:
    return make_draft(cast.marlo, account=cast.alice, now=now)


def address(beat: Beat) -> str:
    return f"/backstage/beats/{beat.pk}/"


def filled(beat: Beat, **changes: Any) -> dict[str, Any]:
    """What the browser would send for the form as it is saved, with changes."""
    fields = fields_of(beat)
    values = {
        "version": Beat.objects.get(pk=beat.pk).updated_at.isoformat(),
        "name": fields.name,
        "description": fields.description,
        "genres": list(fields.genres),
        "tags": ", ".join(fields.tags),
        "bpm": fields.bpm if fields.bpm is not None else "",
        "key": fields.key if fields.key is not None else "",
        "scale": fields.scale,
        "sample_status": fields.sample_status,
        "sample_note": fields.sample_note,
        "ai_declaration": fields.ai_declaration,
        "ai_note": fields.ai_note,
        "action": "save",
    }
    return values | changes


def text(answer: Any) -> str:
    content: bytes = answer.content
    return content.decode()


def test_the_form_shows_the_saved_values_and_the_sections_in_order(cast: Cast, draft: Beat):
    page = text(cast.client("alice").get(address(draft)))
    titles = re.findall(r'step-no">\d</span>([^<]+)<', page)
    assert titles == ["Cover art &amp; style", "Track details", "Music properties", "Rights", "Licensing"]
    assert 'value="Low Tide"' in page and 'value="140"' in page and "4A" in page
    assert "All there" in page and "Completeness" in page


def test_save_draft_keeps_every_field(cast: Cast, draft: Beat):
    changes = {
        "name": "New Name",
        "genres": ["drill", "trap"],
        "tags": "a, b ,c",
        "bpm": "99",
        "key": "0",
        "scale": "major",
    }
    answer = cast.client("bob").post(address(draft), filled(draft, **changes))
    assert (answer.status_code, answer["Location"]) == (302, address(draft))
    saved = fields_of(Beat.objects.get(pk=draft.pk))
    assert saved == replace(
        COMPLETE,
        name="New Name",
        genres=("drill", "trap"),
        tags=("a", "b", "c"),
        bpm=99,
        key=0,
        scale="major",
    )


def test_an_empty_draft_can_be_saved_and_cannot_be_published(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, fields=BeatFields(), now=now)
    client = cast.client("alice")
    page = text(client.get(address(beat)))
    assert "6 missing" in page and "Enter the BPM" in page
    assert re.search(r'value="publish"[^>]* disabled', page)
    assert client.post(address(beat), filled(beat)).status_code == 302
    refused = client.post(address(beat), filled(beat, action="publish", bpm="90"))
    assert refused.status_code == 422 and "Saved, but not published." in text(refused)
    saved = Beat.objects.get(pk=beat.pk)
    assert (saved.state, saved.bpm) == ("draft", 90)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"bpm": "fast"}, "whole number"),
        ({"bpm": "500"}, "less than or equal to 240"),
        ({"genres": ["trap", "drill", "house", "techno"]}, "at most 3 genres"),
        ({"genres": ["polka"]}, "not one of the available choices"),
        ({"tags": "a,b,c,d,e,f,g,h,i,j,k"}, "At most 10 tags"),
        ({"description": "x" * 2001}, "at most 2000 characters"),
        ({"key": "13"}, "not one of the available choices"),
        ({"version": "yesterday"}, "Load the page again"),
    ],
)
def test_a_wrong_value_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, draft: Beat, changes: dict[str, Any], words: str
):
    answer = cast.client("alice").post(address(draft), filled(draft, name="Still here", **changes))
    assert answer.status_code == 422
    assert words in text(answer) and 'value="Still here"' in text(answer)
    assert Beat.objects.get(pk=draft.pk).name == "Low Tide"


def test_publishing_leads_to_the_page_of_what_comes_next(cast: Cast, draft: Beat):
    client = cast.client("alice")
    answer = client.post(address(draft), filled(draft, action="publish"))
    assert answer["Location"] == f"{address(draft)}published/"
    page = text(client.get(answer["Location"]))
    for words in ("View track", "Upload another", "Open dashboard", "F minor", draft.get_absolute_url()):
        assert words in page
    again = client.post(address(draft), filled(draft, action="publish"))
    assert again.status_code == 302
    assert client.post(address(draft), filled(draft, action="unpublish")).status_code == 302
    assert client.get(f"{address(draft)}published/")["Location"] == address(draft)


def test_a_public_beat_keeps_what_publishing_demands(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    answer = cast.client("alice").post(address(beat), filled(beat, bpm=""))
    assert answer.status_code == 422 and "Enter the BPM" in text(answer)
    assert Beat.objects.get(pk=beat.pk).bpm == 140


def test_the_second_of_two_edits_is_told_and_loses_nothing(cast: Cast, draft: Beat, now: datetime):
    second = filled(draft, name="Mine", description="Typed for an hour.")
    update_beat(draft, fields=replace(COMPLETE, name="Theirs"), seen_at=draft.updated_at, now=now)
    client = cast.client("alice")
    answer = client.post(address(draft), second)
    page = text(answer)
    assert answer.status_code == 409
    assert "Somebody saved this beat" in page and "Theirs" in page
    assert 'value="Mine"' in page and "Typed for an hour." in page
    assert Beat.objects.get(pk=draft.pk).name == "Theirs"
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version
    assert client.post(address(draft), {**second, "version": version[1]}).status_code == 302
    assert Beat.objects.get(pk=draft.pk).name == "Mine"


def test_a_flagged_name_is_fixed_by_one_click(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, fields=replace(COMPLETE, name="Undertow_v3"), now=now)
    client = cast.client("alice")
    assert 'name="name_fix" value="Undertow"' in text(client.get(address(beat)))
    client.post(address(beat), filled(beat, name_fix="Undertow", bpm="91"))
    saved = Beat.objects.get(pk=beat.pk)
    assert (saved.name, saved.bpm) == ("Undertow", 91)


def test_the_check_says_what_is_missing_without_saving(cast: Cast, draft: Beat):
    client = cast.client("alice")
    page = text(client.post(f"{address(draft)}check/", filled(draft, bpm="", scale="")))
    assert "2 missing" in page and 'id="readiness"' in page and "<html" not in page
    assert Beat.objects.get(pk=draft.pk).bpm == 140


def test_a_picture_becomes_the_cover_and_a_style_takes_its_place(cast: Cast, draft: Beat, tmp_path: Path):
    client = cast.client("alice")
    content = picture(tmp_path / "c.png").read_bytes()
    client.post(address(draft), filled(draft, cover=named(content, "c.png"), cover_style=draft.cover_style))
    saved = Beat.objects.get(pk=draft.pk)
    assert len([key for key in stored_files() if key.startswith(saved.cover_key)]) == 3
    client.post(address(draft), filled(draft, cover_style=""))
    assert Beat.objects.get(pk=draft.pk).cover_key == saved.cover_key
    client.post(address(draft), filled(draft, cover_style=STYLES[3]))
    saved = Beat.objects.get(pk=draft.pk)
    assert (saved.cover_key, saved.cover_style) == ("", STYLES[3])


@pytest.mark.parametrize("kind", ["bomb", "text"])
def test_a_bad_picture_is_refused_by_name_and_nothing_is_saved(cast: Cast, draft: Beat, kind: str):
    content = image_bomb() if kind == "bomb" else b"no picture"
    answer = cast.client("alice").post(
        address(draft), filled(draft, name="Other", cover=named(content, "holiday.png"))
    )
    assert answer.status_code == 422 and "holiday.png" in text(answer)
    saved = Beat.objects.get(pk=draft.pk)
    assert (saved.name, saved.cover_key, stored_files()) == ("Low Tide", "", [])


@pytest.mark.parametrize("path", ["", "check/", "published/", "steps/stream/retry/"])
def test_who_may_not(cast: Cast, draft: Beat, path: str):
    method = "get" if path in ("", "published/") else "post"
    for name, status in {"charlie": 404, "lee": 404, "dana": 404, "ada": 403, "visitor": 302}.items():
        answer = getattr(cast.client(name), method)(f"{address(draft)}{path}")
        assert answer.status_code == status, name
    assert getattr(cast.client("charlie"), method)(f"/backstage/beats/999/{path}").status_code == 404


def test_a_credited_artist_cannot_edit(cast: Cast, draft: Beat, now: datetime):
    from backline.catalog import actions

    actions.answer_credit(actions.invite_credit(draft, artist=cast.sable, now=now), accept=True, now=now)
    assert cast.client("charlie").get(address(draft)).status_code == 404


def test_without_the_csrf_token_nothing_is_saved(cast: Cast, draft: Beat):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("", "check/", "steps/stream/retry/"):
        assert client.post(f"{address(draft)}{path}", filled(draft, name="X")).status_code == 403
    assert Beat.objects.get(pk=draft.pk).name == "Low Tide"


def test_a_body_that_is_announced_too_large_is_not_read(cast: Cast, draft: Beat):
    answer = cast.client("alice").post(address(draft), filled(draft, cover=named(bytes(7_000_000), "c.png")))
    assert answer.status_code == 413
    assert stored_files() == []
