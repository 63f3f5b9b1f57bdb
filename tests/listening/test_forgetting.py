"""Deleted accounts in the listening store: who listened is forgotten, what was listened to stays."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from backline.audience.actions import like_beat
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.forgetting import forget_deleted
from backline.listening.origins import listener_text
from backline.listening.rebuild import rebuild
from backline.listening.store import open_store
from backline.listening.store.rows import Listener
from backline.people.actions import delete_account
from backline.people.models import Account
from tests.conftest import Cast
from tests.listening.past import BEATS, Past, at_noon, quick, send_all
from tests.listening.rollups import rollups
from tests.listening.store.contract.answers import answers
from tests.listening.store.contract.dump import dump
from tests.listening.store.contract.test_unlinking import NAMING
from tests.listening.world import download, listen, make_beat, send

HOURS = timedelta(hours=1)
DAY = 20_530


def nobody(_: Mapping[int, datetime]) -> set[int]:
    return set()


def keys() -> set[str]:
    return {key for _, key in dump(open_store())["account"]}


def test_an_hour_after_the_deletion_the_store_forgets(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    like_beat(beat, account=cast.lee, now=now)
    send(listen(beat, at=now, listener=listener_text(cast.lee.pk)), now=now)
    fold_all(now=now)
    delete_account(cast.lee, now=now)
    lee = f"a:{cast.lee.pk}"
    assert forget_deleted(now=now + HOURS / 2, needed=nobody) == 0 and lee in keys(), (
        "much is still on its way"
    )
    before = rollups()
    assert forget_deleted(now=now + HOURS, needed=nobody) == 1
    assert lee not in keys() and not dump(open_store())["mark"]
    assert {**rollups(), "mark": before["mark"]} == before
    assert forget_deleted(now=now + 2 * HOURS, needed=nobody) == 0


def test_who_stays_and_who_is_needed_keep_their_number(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    for account in (cast.lee, cast.charlie):
        send(listen(beat, at=now, listener=listener_text(account.pk)), now=now)
    delete_account(cast.lee, now=now)
    lee, asked = cast.lee.pk, []

    def needs_lee(deleted: Mapping[int, datetime]) -> set[int]:
        asked.append(dict(deleted))
        return {lee}

    assert forget_deleted(now=now + HOURS, needed=needs_lee) == 0
    assert asked == [{lee: now}] and keys() == {f"a:{lee}", f"a:{cast.charlie.pk}"}
    assert forget_deleted(now=now + HOURS, needed=nobody) == 1
    assert f"a:{cast.charlie.pk}" in keys() and len(keys()) == 2


def test_likes_that_are_not_folded_yet_come_first(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now)
    send(listen(beat, at=now, listener=listener_text(cast.lee.pk)), now=now)
    like_beat(beat, account=cast.lee, now=now)
    delete_account(cast.lee, now=now)
    assert forget_deleted(now=now + HOURS, needed=nobody) == 0
    fold_all(now=now)
    assert forget_deleted(now=now + HOURS, needed=nobody) == 1
    assert fold_all(now=now + HOURS) == 0 and f"a:{cast.lee.pk}" not in keys()


@pytest.mark.parametrize("kind", [listen, download])
def test_a_deleted_account_that_a_back_end_still_names_is_nobody(cast: Cast, now: datetime, kind: Any):
    beat = make_beat(cast.marlo, now=now)
    delete_account(cast.lee, now=now)
    [answer] = send(kind(beat, at=now, listener=listener_text(cast.lee.pk)), now=now)
    assert answer.status == "accepted" and keys() == set()


def test_a_store_from_a_backup_forgets_again(cast: Cast, now: datetime):
    delete_account(cast.lee, now=now)
    assert forget_deleted(now=now + HOURS, needed=nobody) == 0
    open_store().put_rows("account", [(7, f"a:{cast.lee.pk}")])
    assert forget_deleted(now=now + 2 * HOURS, needed=nobody) == 1
    assert keys() == {"x:7"}


@trying(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 20), leaver=st.integers(0, 3))
def test_any_history_gives_the_same_figures_without_the_leaver(
    db: None, settings: LazySettings, seed: int, leaver: int
):
    """Figures, receipts and a rebuild are as before; the id is in no row and not in the file's bytes."""
    people = [900_017_003 + number for number in range(4)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "listening.sqlite3"
        settings.LISTENING_URL = f"sqlite:///{path}"
        quick()
        live_through(seed, people)
        everything: dict[str, Any] = {
            "beats": [*BEATS],
            "artists": [10, 20, 30],
            "first": DAY - 40,
            "last": DAY,
        }
        before, made = answers(open_store(), **everything), rollups()
        gone = Account.objects.create(pk=people[leaver], email=f"{seed}@example.com", deleted_at=at_noon(DAY))
        key = f"a:{gone.pk}".encode()
        assert key in path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()

        assert forget_deleted(now=at_noon(DAY + 1), needed=nobody) == 1
        for anew in (False, True):
            if anew:
                rebuild()
            after = answers(open_store(), **everything)
            for name, answer in before.items():
                assert after[name] == answer or name.startswith(NAMING), name
            assert rollups() == made
        assert str(gone.pk) not in repr(dump(open_store()))
        assert key not in path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()
        open_store().close()
        gone.delete()


def live_through(seed: int, people: list[int]) -> None:
    """Some days of listening by these accounts and others, closed as far as they can be, with changes."""
    past, dice = Past(seed), random.Random(seed)
    for day in (DAY - 40, DAY - 39, DAY):
        drafts = [*past.listens(day, 12), past.mark(day)]
        drafts += [
            past.listen(day, listener=Listener(f"a:{one}", "", f"203.0.113.{dice.randint(1, 9)}"))
            for one in people * 3
        ]
        drafts += [
            past.download(day)._replace(listener=Listener(f"a:{dice.choice(people)}")) for _ in range(3)
        ]
        send_all(drafts)
        fold_all(now=at_noon(day))
        past.change_some(now=at_noon(day))
    close_all(now=at_noon(DAY + 1))
