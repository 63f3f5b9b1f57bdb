"""The listening store is out of reach: no page breaks, sections show what they showed last, and recover."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.core import clock
from backline.listening import store
from backline.people.models import Member
from backline.web import sections
from tests.conftest import Cast
from tests.web.screens import heard_beat, read, words

STALE = "This section could not be loaded. You see what it showed at"
PAGES = (
    "/dashboard/",
    "/dashboard/activity/",
    "/dashboard/beats/",
    "/dashboard/collections/",
    "/dashboard/progress/",
    "/dashboard/leaderboards/",
    "/dashboard/finances/",
    "/backstage/search/?q=tide",
    "/backstage/beats/{beat}/receipts/",
    "/help/numbers/",
    "/",
    "/@marlo-vane/",
    "/beats/{beat}-low-tide/",
)


@contextmanager
def away() -> Iterator[None]:
    """Every question to the store fails, as when its server is gone."""

    class Gone:
        def __getattr__(self, name: str) -> Any:
            def fail(*_: Any, **__: Any) -> None:
                raise OSError("the listening store does not answer")

            return fail

    found = readers()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "open_store", Gone)
        for module in found:
            patch.setattr(module, "open_store", Gone)
        yield


def readers() -> list[Any]:
    """The modules that took `open_store` by name. All are imported first: one that came meanwhile would keep `Gone`."""
    import sys

    import backline.web.urls  # noqa: F401

    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("backline.") and name != store.__name__ and hasattr(module, "open_store")
    ]


@pytest.fixture
def beat_id(cast: Cast, now: datetime) -> int:
    return heard_beat(cast.marlo, account=cast.alice, now=now).pk


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("address", PAGES)
def test_no_page_breaks_on_the_first_visit(cast: Cast, beat_id: int, address: str):
    with away():
        assert cast.client("alice").get(address.format(beat=beat_id)).status_code == 200


def test_the_dashboard_shows_what_it_showed_with_its_time_and_recovers(
    cast: Cast, now: datetime, beat_id: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    client = cast.client("alice")
    before = read(client, "/dashboard/")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=9))
    with away():
        html = client.get("/dashboard/").content.decode()
        page = words(html)
    assert "Total Plays 3" in before
    assert "Total Plays 3" in page
    assert "did not load" not in page
    assert f"{STALE} 15:30" in page
    assert 'data-load-error role="status"' in html
    assert 'data-load-error role="status"' not in client.get("/dashboard/").content.decode()


@pytest.mark.usefixtures("at_noon")
def test_another_period_is_not_shown_for_this_one(cast: Cast, beat_id: int):
    client = cast.client("alice")
    client.get("/dashboard/activity/?period=7d")
    with away():
        page = words(client.get("/dashboard/activity/?period=90d").content.decode())
        again = client.get("/dashboard/activity/?period=7d").content.decode()
    assert "This section did not load" in page
    assert "This section did not load" not in again.partition('id="engagement"')[2]


@pytest.mark.usefixtures("at_noon")
def test_nobody_sees_what_another_account_saw(cast: Cast, beat_id: int):
    cast.client("alice").get("/dashboard/")
    with away():
        page = words(cast.client("bob").get("/dashboard/?artist=marlo-vane").content.decode())
    assert "This section did not load" in page


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("address", ["/dashboard/", "/dashboard/activity/"])
def test_who_may_see_less_now_does_not_see_what_was_shown_before(cast: Cast, beat_id: int, address: str):
    kept = 'data-load-error role="status"'
    cast.client("alice").get(address)
    with away():
        assert kept in cast.client("alice").get(address).content.decode()
    Member.objects.filter(account=cast.alice).update(role=Member.Role.ANALYST)
    with away():
        assert kept not in cast.client("alice").get(address).content.decode()


def test_what_is_too_old_is_not_shown(
    cast: Cast, now: datetime, beat_id: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    client = cast.client("alice")
    client.get("/dashboard/")
    monkeypatch.setattr(clock, "now", lambda: now + sections.KEPT_FOR)
    with away():
        assert "This section did not load" in words(client.get("/dashboard/").content.decode())


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    "target",
    ["performance", "uploads", "day", "engagement", "cards", "chart", "downloads", "live", "receipts"],
)
def test_try_again_fetches_each_section_of_activity_alone(cast: Cast, beat_id: int, target: str):
    headers = {"HX-Request": "true", "HX-Target": target}
    with away():
        failed = cast.client("bob").get("/dashboard/activity/?artist=marlo-vane", headers=headers)
    answer = cast.client("alice").get("/dashboard/activity/", headers=headers)
    for each in (failed, answer):
        assert each.status_code == 200
        assert "<html" not in each.content.decode()
