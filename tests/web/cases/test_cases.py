"""The pages of cases: staff select, preview and decide, producers read and appeal."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backline.catalog.models import Beat
from backline.listening import queries
from backline.listening.cases import carry_out_next
from backline.listening.fold import fold_all
from backline.listening.models import Case, CaseStep
from tests.conftest import Cast
from tests.listening.world import listen, make_beat, send
from tests.web.api.clients import api
from tests.web.screens import words

pytestmark = pytest.mark.usefixtures("at_noon")
NEW = "/staff/cases/new/"
DAY = timedelta(days=1)


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    """A beat with three plays yesterday, two of them signed out from one address."""
    beat = make_beat(cast.marlo, now=now - 3 * DAY)
    send(
        listen(beat, at=now - DAY, listener="kim"),
        *(
            listen(beat, at=now - DAY + timedelta(minutes=9 * n), listener=None, address="203.0.113.7")
            for n in (1, 2)
        ),
        now=now,
    )
    fold_all(now=now)
    return beat


def page(cast: Cast, name: str, address: str) -> str:
    answer = cast.client(name).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def press(cast: Cast, name: str, case: Case, action: str, text: str = "", **more: str) -> str:
    """The page after pressing a button of a case."""
    where = "staff" if name == "dana" else "backstage"
    data = {"action": action, "text": text, "submission": str(uuid4())} | more
    answer = cast.client(name).post(f"/{where}/cases/{case.pk}/act/", data, follow=True)
    assert answer.status_code == 200
    return words(answer.content.decode())


def opened(cast: Cast, beat: Beat, reason: str = "A farm.") -> Case:
    data = {"reason": reason, "submission": str(uuid4())}
    cast.client("dana").post(f"{NEW}?beat={beat.pk}&first_on=2026-03-17", data)
    return Case.objects.latest("id")


def decided(cast: Cast, beat: Beat, now: datetime) -> Case:
    case = opened(cast, beat)
    html = page(cast, "dana", f"/staff/cases/{case.pk}/")
    found = re.search(r'name="digest" value="(\w+)"', html)
    assert found is not None
    press(cast, "dana", case, "decide", digest=found[1])
    carry_out_next(now=now)
    case.refresh_from_db()
    return case


def test_the_preview_says_what_would_change(cast: Cast, beat: Beat):
    html = page(cast, "dana", f"{NEW}?beat={beat.pk}&first_on=2026-03-17")
    said = words(html)
    assert "3 plays of Night Bus selected" in said
    assert "They are of 1 account; 2 are of signed-out visitors. 0 are on closed days" in said
    found = re.search(r'href="([^"]*address=\d+[^"]*)"', html)
    assert found is not None
    assert "2 plays of Night Bus selected" in words(page(cast, "dana", found[1].replace("&amp;", "&")))
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Which plays?"),
        ("?beat=999&first_on=2026-03-17", "There is no beat with this number."),
        ("?beat=1&first_on=2026-03-17&last_on=2026-03-16", "The selection ends before it begins."),
        ("?beat=1&first_on=2026-03-16&last_on=2026-03-17&address=1", "select a single day"),
        ("?beat=x&first_on=nonsense", "Enter a whole number."),
    ],
)
def test_a_selection_that_means_nothing_is_said(cast: Cast, query: str, says: str):
    assert says in words(page(cast, "dana", f"{NEW}{query}"))


def test_hours_narrow_the_selection(cast: Cast, beat: Beat):
    query = f"?beat={beat.pk}&first_on=2026-03-17&from_time=15:35&until_time=15:40"
    assert "1 play of Night Bus selected" in words(page(cast, "dana", f"{NEW}{query}"))
    late = f"?beat={beat.pk}&first_on=2026-03-17&from_time=20:00"
    assert "No counted listens" in words(page(cast, "dana", f"{NEW}{late}"))


def test_a_case_from_opening_to_reversal(cast: Cast, beat: Beat, now: datetime):
    case = decided(cast, beat, now)
    assert queries.artist_totals(cast.marlo.pk).plays == 0
    receipts = words(page(cast, "alice", f"/backstage/beats/{beat.pk}/receipts/"))
    assert "0 of 3 listens counted" in receipts and "Withdrawn Staff withdrew it in a case" in receipts
    assert f"Case {case.pk} : 3 plays" in receipts or f"Case {case.pk}: 3 plays" in receipts
    assert f"Case {case.pk} on Night Bus" in words(page(cast, "alice", "/dashboard/activity/"))
    mine = words(page(cast, "alice", f"/backstage/cases/{case.pk}/"))
    assert "Staff withdrew plays: appeal until 1 Apr" in mine and "A farm." in mine
    assert "Dana" not in mine
    assert "Your appeal is with the staff." in press(cast, "alice", case, "appeal", "A listening party.")
    assert "1 case" in words(page(cast, "dana", "/staff/cases/?state=appealed"))
    said = words(page(cast, "dana", f"/staff/cases/{case.pk}/"))
    assert "Answer the appeal" in said and "Appealed Alice A listening party." in said
    press(cast, "dana", case, "reverse", "You are right.")
    carry_out_next(now=now)
    assert queries.artist_totals(cast.marlo.pk).plays == 3
    mine = words(page(cast, "ada", f"/backstage/cases/{case.pk}/"))
    assert "The decision was reversed: the plays count" in mine and "You are right." in mine


def test_upholding_ends_the_appeal(cast: Cast, beat: Beat, now: datetime):
    case = decided(cast, beat, now)
    press(cast, "bob", case, "appeal", "No.")
    assert "Upheld. The plays stay withdrawn." in press(cast, "dana", case, "uphold", "Yes.")
    assert "The case is upheld meanwhile." in press(cast, "dana", case, "uphold", "Yes.")
    assert "The decision was upheld" in words(page(cast, "bob", f"/backstage/cases/{case.pk}/"))


def test_an_open_case_is_not_the_producers(cast: Cast, beat: Beat):
    case = opened(cast, beat)
    assert cast.client("alice").get(f"/backstage/cases/{case.pk}/").status_code == 404
    assert "case" not in words(page(cast, "alice", f"/backstage/beats/{beat.pk}/receipts/")).lower().split()


def test_who_may_read_and_who_may_appeal(cast: Cast, beat: Beat, now: datetime):
    case = decided(cast, beat, now)
    here = f"/backstage/cases/{case.pk}/"
    for stranger in ("charlie", "lee", "dana"):
        assert cast.client(stranger).get(here).status_code == 404
        assert cast.client(stranger).post(f"{here}act/", {"action": "appeal", "text": "x"}).status_code == 404
    assert "An owner or manager of the artist can appeal." in words(page(cast, "ada", here))
    assert cast.client("ada").post(f"{here}act/", {"action": "appeal", "text": "x"}).status_code == 403
    for producer in ("alice", "charlie"):
        assert cast.client(producer).get(f"/staff/cases/{case.pk}/").status_code == 404
        assert cast.client(producer).post(f"/staff/cases/{case.pk}/act/").status_code == 404
    assert Case.objects.get(pk=case.pk).state == "decided"


def test_a_guest_of_the_beat_reads_and_appeals(cast: Cast, now: datetime):
    beat = make_beat(cast.sable, now=now - 3 * DAY, guests={cast.kit: now - 3 * DAY})
    send(listen(beat, at=now - DAY), now=now)
    fold_all(now=now)
    case = decided(cast, beat, now)
    assert "Your appeal is with the staff." in press(cast, "bob", case, "appeal", "Mine too.")
    assert cast.client("alice").get(f"/backstage/cases/{case.pk}/").status_code == 404


def test_the_case_of_a_deleted_beat_can_still_be_appealed(cast: Cast, beat: Beat, now: datetime):
    case = decided(cast, beat, now)
    Beat.objects.filter(pk=beat.pk).update(deleted_at=now)
    assert "Your appeal is with the staff." in press(cast, "alice", case, "appeal", "It counts.")
    assert f"Case {case.pk} on Night Bus" in words(page(cast, "alice", "/dashboard/activity/"))


@pytest.mark.parametrize(
    ("name", "action", "text", "says"),
    [
        ("dana", "decide", "", "Other plays would be withdrawn now than were shown."),
        ("dana", "uphold", "x", "The case is open meanwhile."),
        ("dana", "note", "", "Write a text of at most 4,000 characters first."),
        ("dana", "nonsense", "x", "There is no such button."),
        ("dana", "appeal", "x", "There is no such button."),
    ],
)
def test_a_button_that_does_not_fit_says_why(
    cast: Cast, beat: Beat, name: str, action: str, text: str, says: str
):
    case = opened(cast, beat)
    assert says in press(cast, name, case, action, text)
    assert Case.objects.get(pk=case.pk).state == "open"


def test_forms_sent_twice_are_one(cast: Cast, beat: Beat, now: datetime):
    data = {"reason": "A farm.", "submission": str(uuid4())}
    client = cast.client("dana")
    for _ in range(2):
        assert client.post(f"{NEW}?beat={beat.pk}&first_on=2026-03-17", data).status_code == 302
    case = Case.objects.get()
    note = str(uuid4())
    for _ in range(2):
        press(cast, "dana", case, "note", "See the log.", submission=note)
    assert CaseStep.objects.filter(case=case, kind="note").count() == 1


def test_the_list_costs_the_same_with_one_and_many(cast: Cast, beat: Beat, django_assert_num_queries: Any):
    client = cast.client("dana")
    client.get("/staff/cases/")  # once a process: whether there is staff
    for more in (1, 4):
        for _ in range(more):
            opened(cast, beat)
        # Session, account, memberships, menu, unread; how many cases, the cases.
        with django_assert_num_queries(7):
            client.get("/staff/cases/")


def test_the_api_lists_decided_cases(cast: Cast, beat: Beat, now: datetime):
    opened(cast, beat)
    address = f"/api/v1/beats/{beat.pk}/cases"
    assert api(cast.alice).get(address).json() == {"items": []}
    case = decided(cast, beat, now)
    item = api(cast.ada).get(address).json()["items"][0]
    assert (item["id"], item["state"], item["plays"], item["can_appeal"]) == (case.pk, "decided", 3, True)
    assert api(cast.charlie).get(address).status_code == 404
