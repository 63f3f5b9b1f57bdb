"""My Beats in the order of growth: as one would work it out beat by beat, also after further plays."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from backline.catalog.models import Beat
from backline.domain.growth import DAYS, change_bp
from backline.listening import queries as listening
from backline.listening.calendar import reporting, to_number
from backline.listening.store import open_store
from backline.listening.store.rows import Owner
from tests.catalog.makers import COMPLETE, make_public
from tests.conftest import Cast
from tests.listening.store.contract.test_fold import tally
from tests.web.beats.test_my_beats import listed

pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_order_of_growth_is_that_of_each_beats_own_days(cast: Cast, now: datetime) -> None:
    beats = [
        make_public(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name=f"B{number:02}"))
        for number in range(9)
    ]
    chance = random.Random(4)
    hear(beats, chance, now=now)
    rising, falling = listed(cast, "sort=-growth&size=20"), listed(cast, "sort=growth&size=20")
    assert rising == by_hand(beats, descending=True, now=now)
    assert falling == by_hand(beats, descending=False, now=now)
    hear(beats, chance, now=now)
    assert listed(cast, "sort=-growth&size=20") == by_hand(beats, descending=True, now=now) != rising


def hear(beats: list[Beat], chance: random.Random, *, now: datetime) -> None:
    """Plays on days within the two periods, beside their edges and outside; the last beat stays nearly unheard."""
    today = to_number(now.date())
    edges = (0, 1, DAYS, DAYS + 1, 2 * DAYS, 2 * DAYS + 1)
    with open_store().folding() as session:
        for beat in beats[:-1]:
            days = {*chance.sample(range(1, 2 * DAYS), 6), *chance.sample(edges, 3)}
            session.add({(Owner.BEAT, beat.pk, today - day): tally(chance.randint(1, 40)) for day in days})
        session.add({(Owner.BEAT, beats[-1].pk, today - 2): tally(3)})


def by_hand(beats: list[Beat], *, descending: bool, now: datetime) -> list[str]:
    """The names as the definition orders them; what still builds up stands last, and equal ones as they changed."""
    first, last = reporting().complete_days(2 * DAYS, now=now)
    middle = first + timedelta(days=DAYS)
    known: list[tuple[int, str]] = []
    building: list[tuple[int, str]] = []
    for beat in sorted(beats, key=lambda beat: (beat.updated_at, beat.pk), reverse=descending):
        days = listening.beat_series(beat.pk, first=first, last=last)
        recent = sum(day.plays for day in days if day.on >= middle)
        change = change_bp(recent, sum(day.plays for day in days) - recent)
        (building if change is None else known).append((change or 0, beat.name))
    known.sort(key=lambda pair: pair[0], reverse=descending)
    return [name for _, name in (*known, *building)]
