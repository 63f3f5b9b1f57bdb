"""What a collection hands down and when it comes out, on its form and on My Collections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from backline.catalog import actions as catalog
from backline.catalog.models import Collection
from backline.people.models import Account, Artist
from tests.conftest import Cast
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
LIST = "/dashboard/collections/"


@pytest.fixture
def tape(cast: Cast, now: datetime) -> Collection:
    """An empty private collection of Alice's artist, whose clock is Berlin's."""
    Account.objects.filter(pk=cast.alice.pk).update(zone="Europe/Berlin")
    return catalog.create_collection(cast.marlo, name="Tape", kind="ep", now=now)


def save(cast: Cast, tape: Collection, **changes: Any) -> Any:
    """Presses Save with these fields."""
    version = Collection.objects.get(pk=tape.pk).updated_at.isoformat()
    values = {"version": version, "name": "Tape", "kind": "ep", "action": "save", **changes}
    return cast.client("alice").post(f"/backstage/collections/{tape.pk}/", values)


def test_a_release_is_scheduled_by_the_accounts_clock(cast: Cast, tape: Collection):
    day = {"state": "scheduled", "release_on": "2026-04-03"}
    assert save(cast, tape, **day, release_time="18:30").status_code == 302
    tape.refresh_from_db()
    assert (tape.state, tape.scheduled_at) == ("scheduled", datetime(2026, 4, 3, 16, 30, tzinfo=UTC))
    page = cast.client("alice").get(f"/backstage/collections/{tape.pk}/").content.decode()
    assert 'value="18:30"' in page and "Scheduled" in page
    shown = words(cast.client("alice").get(LIST).content.decode())
    assert "1 still to come" in shown and "Visibility Scheduled, 3 Apr, 18:30" in shown
    assert save(cast, tape, **day).status_code == 302
    tape.refresh_from_db()
    assert tape.scheduled_at == datetime(2026, 4, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "scheduled"}, "A scheduled release needs a date."),
        ({"state": "scheduled", "release_on": "2026-03-18"}, "A release is scheduled for a time to come."),
        (
            {"state": "scheduled", "release_on": "2026-03-29", "release_time": "02:30"},
            "are put forward over it.",
        ),
        ({"state": "scheduled", "release_on": "0001-01-01", "release_time": "00:00"}, "no calendar"),
        ({"genres": ["trap", "drill", "ambient", "house"]}, "Choose at most 3 genres."),
        ({"artists": "@nobody"}, "There is no artist @nobody."),
        ({"tags": ", ".join(f"tag {n}" for n in range(11))}, "At most 10 tags; these are 11."),
    ],
)
def test_what_cannot_be_kept_is_said(cast: Cast, tape: Collection, changes: dict[str, Any], sentence: str):
    answer = save(cast, tape, **changes)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Collection.objects.get().state == "private"


def test_what_it_hands_down_is_kept_and_filtered_by(cast: Cast, tape: Collection):
    more = {"genres": ["trap"], "tags": "Dusk, fog", "artists": "@Kit-Nakagawa, @marlo-vane"}
    assert save(cast, tape, **more).status_code == 302
    saved = Collection.objects.get()
    assert saved.tags == ["dusk", "fog"] and list(saved.artists.all()) == [cast.kit]
    page = cast.client("alice").get(f"/backstage/collections/{tape.pk}/").content.decode()
    assert 'value="dusk, fog"' in page and 'value="@kit-nakagawa"' in page
    assert f"/backstage/upload/?collection={tape.pk}" in page
    assert "Tape" in words(cast.client("alice").get(f"{LIST}?by=kit-nakagawa").content.decode())


def test_the_second_of_two_edits_sees_what_was_scheduled(cast: Cast, tape: Collection, now: datetime):
    old = tape.updated_at.isoformat()
    save(cast, tape, state="scheduled", release_on="2026-04-03", tags="fog")
    answer = save(cast, tape, version=old)
    text = words(answer.content.decode())
    assert answer.status_code == 409 and "Visibility scheduled" in text and "Tags fog" in text


def test_deleting_can_be_undone(cast: Cast, tape: Collection):
    client = cast.client("alice")
    values = {"chosen": tape.pk, "confirmed": "yes"}
    answer: Any = client.post(f"{LIST}delete/?artist=marlo-vane", values)
    assert "1 collection is in the trash for 30 days." in words(client.get(answer.url).content.decode())
    assert not Collection.objects.kept().exists()
    assert cast.client("bob").post(f"{LIST}undo/?artist=marlo-vane").status_code == 302
    assert not Collection.objects.kept().exists()
    client.post(f"{LIST}undo/?artist=marlo-vane")
    assert Collection.objects.kept().get().release_on is None
    client.post(f"{LIST}undo/?artist=marlo-vane")
    assert "There is nothing to undo any more." in client.get(LIST).content.decode()
    assert cast.client("ada").post(f"{LIST}undo/?artist=marlo-vane").status_code == 403


def test_a_date_without_a_schedule_is_only_shown(cast: Cast, tape: Collection):
    save(cast, tape, release_on="2026-04-03", release_time="18:30")
    saved = Collection.objects.get()
    assert (saved.release_on, saved.scheduled_at, saved.state) == (date(2026, 4, 3), None, "private")


def test_an_artist_is_named_in_whichever_case_its_address_is_written(cast: Cast, tape: Collection):
    Artist.objects.filter(pk=cast.kit.pk).update(handle="Kit-Nakagawa")
    assert save(cast, tape, artists="@kit-nakagawa").status_code == 302
    assert list(Collection.objects.get().artists.all()) == [cast.kit]
    assert save(cast, tape, artists="@Kit-Nakagawa").status_code == 302


def test_the_end_of_all_days_is_refused_in_words(cast: Cast, tape: Collection):
    Account.objects.filter(pk=cast.alice.pk).update(zone="America/New_York")
    answer = save(cast, tape, state="scheduled", release_on="9999-12-31", release_time="23:59")
    assert answer.status_code == 422 and "no calendar" in answer.content.decode()
