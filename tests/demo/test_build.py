"""The demo world as it is built: through the real actions and intake, once, and finished when it was cut off."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from backline.audience.models import Follow, Like
from backline.catalog.actions import store_recording
from backline.catalog.models import Beat, Collection, Credit, Recording
from backline.demo import broadcast, build, studio
from backline.demo.artists import KIT, MARLO, SABLE
from backline.demo.plan import SMALL
from backline.listening import queries as listening
from backline.listening.intake import receive
from backline.money.checks import check
from backline.money.models import DayWeights, Settlement
from backline.people import actions as people
from backline.people.models import Account, Artist, Member, Token
from backline.people.queries import token_for

pytestmark = pytest.mark.django_db
Sent = dict[str, dict[str, Any]]


@pytest.fixture(autouse=True)
def data(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sent]:
    """Every event that the build hands to the intake, by id."""
    found: Sent = {}

    def noting(items: list[dict[str, Any]], **rest: Any) -> Any:
        found.update({item["id"]: item for item in items})
        return receive(items, **rest)

    monkeypatch.setattr(broadcast, "receive", noting)
    yield found


def received() -> tuple[int, int]:
    """Listens in all receipts, and the plays among them, over all beats."""
    totals = listening.beat_totals(list(Beat.objects.values_list("id", flat=True))).values()
    for total in totals:
        assert total.receipts.received == total.receipts.counted + sum(total.receipts.rejected.values())
    return sum(total.receipts.received for total in totals), sum(total.plays for total in totals)


def listens_in(sent: Sent) -> int:
    """Different listens by what they say, whatever their ids."""
    facts = (e for e in sent.values() if e["type"] == "listen")
    return len({(e["beat"], e["listener"], e["address"], e["started_at"], str(e["heard"])) for e in facts})


def test_the_world_is_complete_and_its_figures_are_the_events_sent(now: datetime, sent: Sent):
    build.build_small(now)

    _assert_cast()
    assert Artist.objects.count() == SMALL.artists
    assert Beat.objects.public().count() >= 4
    assert Credit.objects.filter(state=Credit.State.ACCEPTED).count() > Beat.objects.count()
    assert Collection.objects.filter(artist__handle=MARLO).count() == 6
    assert Follow.objects.filter(artist__handle=MARLO).exists() and Like.objects.exists()
    digests = list(Recording.objects.values_list("sha256", flat=True))
    assert len(digests) == len(set(digests)) == Beat.objects.count()
    for beat in Beat.objects.select_related("recording"):
        assert 30_000 < beat.recording.duration_ms < 40_000
    count, plays = received()
    assert count == listens_in(sent) > 300
    assert 0.7 * count < plays < 0.95 * count
    assert DayWeights.objects.exists() and Settlement.objects.exists()
    assert check() == []
    by_beat = Counter(event["beat"] for event in sent.values() if event["type"] == "listen")
    totals = listening.beat_totals(list(by_beat))
    assert {beat: total.receipts.received for beat, total in totals.items()} == dict(by_beat)


def _assert_cast() -> None:
    people_by_name = {entry["name"]: entry for entry in build.signins()}
    assert list(people_by_name) == ["Alice", "Bob", "Charlie", "Dana", "Lee", "platform"]
    handles = {name: entry["handle"] for name, entry in people_by_name.items()}
    assert handles == {
        "Alice": MARLO,
        "Bob": KIT,
        "Charlie": SABLE,
        "Dana": None,
        "Lee": None,
        "platform": None,
    }
    for name, entry in people_by_name.items():
        account = Account.objects.get(email=entry["email"] or "platform@example.com")
        assert entry["password"] is None or account.check_password(entry["password"])
        assert account.is_staff is (name == "Dana")
    roles = dict(Member.objects.filter(artist__handle=MARLO).values_list("account__name", "role"))
    assert roles == {"Alice": "owner", "Bob": "manager", "Ada": "analyst"}


@pytest.mark.slow
def test_tokens_work_and_only_the_platform_may_report_events(now: datetime, data: Path):
    build.build_small(now)
    for entry in build.signins():
        token = token_for(entry["token"], now=now)
        assert token is not None
        assert (Token.Scope.EVENTS_WRITE in token.scopes) is (entry["name"] == "platform")
        assert (Token.Scope.CATALOG_WRITE in token.scopes) is (entry["name"] != "platform")
    path = data / "demo-signins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == build.signins()


@pytest.mark.slow
def test_building_twice_changes_nothing(now: datetime):
    build.build_small(now)
    before = received(), Beat.objects.count(), Account.objects.count(), build.signins()
    build.build_small(now + timedelta(hours=1))
    assert (received(), Beat.objects.count(), Account.objects.count(), build.signins()) == before


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(0, marks=pytest.mark.slow),
        pytest.param(1, marks=pytest.mark.slow),
        pytest.param(40, marks=pytest.mark.slow),
    ],
)
def test_a_build_cut_off_while_it_sends_is_finished_with_nothing_doubled(
    days: int, now: datetime, sent: Sent, monkeypatch: pytest.MonkeyPatch
):
    real, calls = broadcast._send, iter(range(1_000))

    def failing(*arguments: Any) -> None:
        real(*arguments)
        if next(calls) == days:
            raise KeyboardInterrupt

    monkeypatch.setattr(broadcast, "_send", failing)
    with pytest.raises(KeyboardInterrupt):
        build.build_small(now)
    assert build.signins() == [] and "not whole" in build.status()

    build.build_small(now + timedelta(minutes=3))
    _assert_cast()
    assert received()[0] == listens_in(sent)


@pytest.mark.slow
def test_a_build_cut_off_while_it_makes_beats_is_finished_with_nothing_doubled(
    now: datetime, monkeypatch: pytest.MonkeyPatch
):
    real, calls = store_recording, iter(range(1_000))

    def failing(*arguments: Any, **rest: Any) -> Any:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments, **rest)

    monkeypatch.setattr(studio, "store_recording", failing)
    with pytest.raises(KeyboardInterrupt):
        build.build_small(now)
    tokens = Token.objects.count()

    build.build_small(now + timedelta(minutes=3))
    assert (
        Recording.objects.count()
        == Beat.objects.count()
        == Recording.objects.values("sha256").distinct().count()
    )
    assert Token.objects.count() == tokens
    assert "The demo world is whole" in build.status()


def test_an_installation_with_people_of_its_own_is_left_alone(now: datetime):
    people.create_account("someone@example.com", name="Someone", password="a-long-password", now=now)
    with pytest.raises(build.NotEmpty):
        build.build_small(now)
    assert Account.objects.count() == 1 and not build.signins()
    assert build.status() == "There is no demo world here."
