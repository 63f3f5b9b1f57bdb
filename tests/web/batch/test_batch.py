"""Several beats edited as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backline.catalog import actions
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast

PAGE = "/backstage/upload/batch/?ids="


@pytest.fixture
def drafts(cast: Cast, now: datetime) -> list[Beat]:
    """Three drafts of Alice's artist."""
    return [make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(3)]


def address(beats: list[Beat]) -> str:
    return PAGE + ",".join(str(beat.pk) for beat in beats)


def sent(beats: list[Beat], **cells: str) -> dict[str, str]:
    """The form as it is shown, with `cells` (`b1_bpm`) changed."""
    data = {"action": "save"}
    for beat in beats:
        values = {
            "version": beat.updated_at.isoformat(),
            "name": beat.name,
            "genres": "Trap",
            "tags": "dark, sub bass, slow",
            "bpm": "140",
            "key": "5",
            "scale": "minor",
            "sample_status": "cleared",
            "ai_declaration": "human",
        }
        data |= {f"b{beat.pk}-{field}": value for field, value in values.items()}
    return data | {name.replace("_", "-", 1): value for name, value in cells.items()}


def test_the_table_shows_each_beat_in_the_order_asked(cast: Cast, drafts: list[Beat]):
    page = cast.client("alice").get(address(drafts[::-1])).content.decode()
    places = [page.index(f'name="b{beat.pk}-bpm"') for beat in drafts[::-1]]
    assert places == sorted(places) and "3 beats in one table" in page


def test_every_changed_row_is_saved(cast: Cast, drafts: list[Beat]):
    first, second, third = drafts
    data = sent(drafts, **{f"b{first.pk}_bpm": "90", f"b{second.pk}_genres": "drill, Trap"})
    answer = cast.client("alice").post(address(drafts), data)
    assert answer.status_code == 302
    for beat in drafts:
        beat.refresh_from_db()
    assert [beat.bpm for beat in drafts] == [90, 140, 140]
    assert set(fields_of(second).genres) == {"drill", "trap"}
    assert fields_of(third) == COMPLETE.tidied(name="")
    assert third.updated_at < first.updated_at


def test_a_wrong_cell_keeps_its_row_and_no_other(cast: Cast, drafts: list[Beat]):
    first, second, third = drafts
    data = sent(
        drafts,
        **{f"b{first.pk}_bpm": "999", f"b{second.pk}_genres": "polka", f"b{third.pk}_name": "Saved One"},
    )
    page = cast.client("alice").post(address(drafts), data)
    text = page.content.decode()
    assert page.status_code == 422
    assert "1 beat saved, 2 not" in text and "There is no genre polka." in text and 'value="999"' in text
    assert list(Beat.objects.order_by("pk").values_list("name", "bpm")) == [
        ("Low Tide", 140), ("Low Tide", 140), ("Saved One", 140)
    ]  # fmt: skip


def test_the_second_of_two_edits_is_told_and_may_then_save_knowingly(
    cast: Cast, drafts: list[Beat], now: datetime
):
    first = drafts[0]
    data = sent(drafts, **{f"b{first.pk}_bpm": "90"})
    theirs = replace(fields_of(first), bpm=77)
    actions.update_beat(Beat.objects.get(pk=first.pk), fields=theirs, seen_at=first.updated_at, now=now)
    client = cast.client("alice")
    page = client.post(address(drafts), data)
    text = page.content.decode()
    assert page.status_code == 409 and "BPM: 77" in text and 'value="90"' in text
    assert Beat.objects.get(pk=first.pk).bpm == 77
    version = Beat.objects.get(pk=first.pk).updated_at.isoformat()
    assert version in text
    assert client.post(address(drafts), data | {f"b{first.pk}-version": version}).status_code == 302
    assert Beat.objects.get(pk=first.pk).bpm == 90


def test_applying_to_all_fills_a_column_and_saves_nothing(cast: Cast, drafts: list[Beat]):
    data = sent(drafts) | {"action": "all:bpm", "all-bpm": "101"}
    page = cast.client("alice").post(address(drafts), data)
    assert page.status_code == 200 and page.content.decode().count('value="101"') == 4
    assert set(Beat.objects.values_list("bpm", flat=True)) == {140}
    names = cast.client("alice").post(address(drafts), data | {"action": "all:name", "all-name": "X"})
    assert names.content.decode().count('value="Low Tide"') == 3


def test_a_public_beat_loses_nothing_that_publishing_demands(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    page = cast.client("alice").post(address([beat]), sent([beat], **{f"b{beat.pk}_bpm": ""}))
    assert page.status_code == 422 and Beat.objects.get().bpm == 140


def test_who_may_not_edit_all_of_them_sees_none(cast: Cast, drafts: list[Beat], now: datetime):
    foreign = make_draft(cast.sable, account=cast.charlie, now=now)
    alice = cast.client("alice")
    for ids in ("", "x", "1,,2", "999999", f"{drafts[0].pk},{foreign.pk}", "1," * 60, "9" * 30):
        assert alice.get(PAGE + ids).status_code == 404, ids
    assert cast.client("charlie").get(address(drafts)).status_code == 404
    assert cast.client("ada").get(address(drafts)).status_code == 403
    assert cast.client("visitor").get(address(drafts)).status_code == 302


def test_a_manager_of_two_artists_cannot_mix_them(cast: Cast, drafts: list[Beat], now: datetime):
    own = make_draft(cast.kit, account=cast.bob, now=now)
    assert cast.client("bob").get(address([drafts[0], own])).status_code == 404
    assert cast.client("bob").get(address([own])).status_code == 200


def test_twenty_rows_cost_the_queries_of_one(cast: Cast, now: datetime):
    client = cast.client("alice")
    beats = [make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(20)]
    counts = []
    client.get(address(beats[:1]))
    for shown in (beats[:1], beats):
        with CaptureQueriesContext(connection) as seen:
            client.get(address(shown))
        counts.append(len(seen))
    assert counts[0] == counts[1]
