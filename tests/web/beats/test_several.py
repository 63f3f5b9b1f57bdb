"""Several beats of My Beats at once: asking, doing, refusing, undoing; the columns an account sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Collection
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
LIST = "/dashboard/beats/"
CHOSEN, UNDO = f"{LIST}chosen/?artist=marlo-vane", f"{LIST}undo/?artist=marlo-vane"


@pytest.fixture
def beats(cast: Cast, now: datetime) -> list[int]:
    """Three of Alice's beats: One is public, Two a draft, Three a draft that was licensed."""
    names = [replace(COMPLETE, name=name) for name in ("One", "Two", "Three")]
    one = make_public(cast.marlo, account=cast.alice, now=now, fields=names[0])
    two, three = (make_draft(cast.marlo, account=cast.alice, now=now, fields=fields) for fields in names[1:])
    Beat.objects.filter(pk=three.pk).update(licensed_at=now)
    return [one.pk, two.pk, three.pk]


def press(cast: Cast, name: str, ids: list[int], *, who: str = "alice", **more: Any) -> Any:
    """What the bar's button sends; confirmed at once unless told otherwise."""
    values = {"do": name, "chosen": ids, "confirmed": "yes", **more}
    return cast.client(who).post(CHOSEN, values)


def states() -> dict[str, str]:
    """Each kept beat's state."""
    return dict(Beat.objects.kept().values_list("name", "state"))


def test_deleting_asks_and_lists_what_stays_and_why(cast: Cast, beats: list[int]):
    page = words(press(cast, "delete", beats, confirmed="").content.decode())
    assert "Delete 3 beats?" in page and "Three was sold or licensed: it can only be archived." in page
    assert "2 beats will be deleted, 1 stays as it is." in page and "Delete 2 beats" in page
    assert len(states()) == 3


def test_deleting_and_undoing(cast: Cast, beats: list[int]):
    client = cast.client("alice")
    answer: Any = client.post(CHOSEN, {"do": "delete", "chosen": beats, "confirmed": "yes"})
    assert states() == {"Three": "draft"}
    page = words(client.get(answer.url).content.decode())
    assert "2 beats in the trash for 30 days. Three was sold or licensed" in page
    assert "in the trash" not in words(client.get(LIST).content.decode())
    client.post(UNDO)
    assert states() == {"One": "public", "Two": "draft", "Three": "draft"}
    client.post(UNDO)
    assert "There is nothing to undo any more." in client.get(LIST).content.decode()


def test_archiving_and_undoing(cast: Cast, beats: list[int]):
    client = cast.client("alice")
    client.post(CHOSEN, {"do": "archive", "chosen": beats[:1], "confirmed": "yes"})
    assert states()["One"] == "archived"
    client.post(UNDO)
    assert states()["One"] == "public"


def test_licensing_and_undoing_gives_each_what_it_had(cast: Cast, beats: list[int]):
    client = cast.client("alice")
    Beat.objects.filter(pk=beats[2]).update(licensing="both")
    assert "Exclusive only" in press(cast, "license", beats, confirmed="").content.decode()
    client.post(CHOSEN, {"do": "license", "chosen": beats, "confirmed": "yes", "choice": "exclusive"})
    licences = dict(Beat.objects.values_list("name", "licensing"))
    assert licences == {"One": "standard", "Two": "exclusive", "Three": "exclusive"}
    page = words(client.get(f"{LIST}?done=yes").content.decode())
    assert "One has no whole exclusive offer yet." in page
    client.post(UNDO)
    licences = dict(Beat.objects.values_list("name", "licensing"))
    assert licences == {"One": "standard", "Two": "standard", "Three": "both"}
    press(cast, "license", beats, choice="gold")
    assert dict(Beat.objects.values_list("name", "licensing")) == licences


def test_adding_to_a_collection_and_undoing(cast: Cast, beats: list[int], now: datetime):
    tape = catalog.create_collection(cast.marlo, name="Tape", kind="ep", now=now)
    theirs = catalog.create_collection(cast.sable, name="Theirs", kind="ep", now=now)
    catalog.add_to_collection(tape, beat=Beat.objects.get(pk=beats[1]), now=now)
    client = cast.client("alice")
    client.post(CHOSEN, {"do": "collect", "chosen": beats, "confirmed": "yes", "choice": tape.pk})
    held = Collection.objects.get(pk=tape.pk).entries.order_by("position")
    assert list(held.values_list("beat", flat=True)) == [beats[1], beats[0], beats[2]]
    assert "Two is in Tape already." in client.get(f"{LIST}?done=yes").content.decode()
    client.post(UNDO)
    assert list(held.values_list("beat", flat=True)) == [beats[1]]
    press(cast, "collect", beats, choice=theirs.pk)
    assert not theirs.entries.exists()


def test_all_that_fit_are_meant_and_no_others(cast: Cast, beats: list[int]):
    press(cast, "archive", [], all="yes", asked="artist=marlo-vane&state=draft&q=tw")
    assert states() == {"One": "public", "Two": "archived", "Three": "draft"}
    press(cast, "archive", [], all="yes", asked="size=10")
    assert set(states().values()) == {"archived"}


def test_as_a_table(cast: Cast, beats: list[int]):
    answer = press(cast, "table", beats)
    assert answer.url.startswith("/backstage/upload/batch/?")
    assert parse_qs(urlsplit(answer.url).query)["ids"] == [",".join(map(str, beats))]


def test_others_beats_are_left_out(cast: Cast, beats: list[int], now: datetime):
    theirs = make_public(cast.kit, account=cast.bob, now=now)
    credit = catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    asked = press(cast, "delete", [beats[0], theirs.pk], confirmed="").content.decode()
    assert "Delete this beat?" in asked and theirs.name not in asked
    press(cast, "delete", [theirs.pk])
    press(cast, "archive", [], all="yes")
    assert Beat.objects.get(pk=theirs.pk).state == "public"
    assert Beat.objects.get(pk=theirs.pk).deleted_at is None


def test_who_may_not(cast: Cast, beats: list[int]):
    assert press(cast, "delete", beats, who="ada").status_code == 403
    assert press(cast, "delete", beats, who="charlie").status_code == 404
    assert press(cast, "delete", beats, who="visitor").url.startswith("/accounts/login/")
    page = cast.client("ada").get(LIST).content.decode()
    assert "chosen-beats" not in page and "data-tick" not in page and "/more/" not in page
    assert cast.client("ada").post(UNDO).status_code == 403
    assert len(states()) == 3


def test_nonsense_does_nothing(cast: Cast, beats: list[int]):
    for name, ids in (("burn", beats), ("delete", []), ("", beats)):
        assert press(cast, name, ids, back="https://example.com/").url == f"{LIST}?artist=marlo-vane"
    assert len(states()) == 3


def test_columns_are_remembered_for_the_account(cast: Cast, beats: list[int]):
    alice, bob = cast.client("alice"), cast.client("bob")
    assert "Completeness" in alice.get(LIST).content.decode()
    alice.post(f"{LIST}columns/?artist=marlo-vane", {"column": ["plays", "dates", "nonsense"]})
    head = alice.get(LIST).content.decode().split("<thead>")[1].split("</thead>")[0]
    assert "Plays" in head and "Published" in head
    assert not [one for one in ("BPM", "Length", "Growth", "Pool points", "Completeness") if one in head]
    assert "Completeness" in bob.get(f"{LIST}?artist=marlo-vane").content.decode().split("<thead>")[1]
    line = words(alice.get(LIST).content.decode())
    assert "3 beats: 2 draft, 1 public" in line


def test_what_can_be_done_to_one(cast: Cast, beats: list[int]):
    address = f"/backstage/beats/{beats[0]}/more/"
    whole = words(cast.client("alice").get(address).content.decode())
    assert "Archive" in whole and "Play receipts" in whole and "My Beats" in whole
    headers = {"HX-Request": "true", "HX-Target": "beat-more"}
    alone = cast.client("alice").get(address, headers=headers).content.decode()
    assert "<html" not in alone and "Archive" in alone


def test_the_archive_says_what_comes_out_of_it(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    catalog.make_private(beat, now=now)
    catalog.archive_beat(beat, now=now)
    asked = press(cast, "unarchive", [beat.pk], confirmed="no")
    assert "everything else is a draft" in asked.content.decode()
    assert catalog.unarchive_beat(beat, now=now).state == "draft"
