"""Liking a beat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from backline.audience.models import Like
from backline.catalog.models import Beat
from backline.outbox.models import Fact
from tests.conftest import Cast
from tests.web.public import public_beat

HTMX = {"HX-Request": "true", "HX-Target": "like-1"}


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return public_beat(cast.marlo, now=now)


def test_like_and_take_it_back(cast: Cast, beat: Beat) -> None:
    client = cast.client("lee")
    for _ in range(2):
        answer: Any = client.post(f"/beats/{beat.pk}/like", {"like": "yes"})
        assert (answer.status_code, answer.url) == (302, beat.get_absolute_url())
    assert Like.objects.count() == 1
    page = client.get(beat.get_absolute_url()).content.decode()
    assert 'aria-pressed="true"' in page
    for _ in range(2):
        client.post(f"/beats/{beat.pk}/like", {"like": "no"})
    assert Like.objects.count() == 0
    assert list(Fact.objects.values_list("kind", flat=True)) == ["liked", "unliked"]


def test_htmx_gets_the_button_alone(cast: Cast, beat: Beat) -> None:
    cast.client("alice").post(f"/beats/{beat.pk}/like", {"like": "yes"})
    answer = cast.client("lee").post(f"/beats/{beat.pk}/like", {"like": "yes", "look": "large"}, headers=HTMX)
    body = answer.content.decode()
    assert body.lstrip().startswith("<form")
    assert 'aria-pressed="true"' in body
    assert 'value="no"' in body
    assert ">2<" in body
    small = cast.client("lee").post(f"/beats/{beat.pk}/like", {"like": "no", "look": "small"}, headers=HTMX)
    assert f'aria-label="Like {beat.name}"' in small.content.decode()


def test_a_visitor_signs_in_and_comes_back_to_the_beat(cast: Cast, beat: Beat) -> None:
    answer: Any = cast.client("visitor").post(f"/beats/{beat.pk}/like", {"like": "yes"})
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next=/beats/{beat.pk}/like")
    back: Any = cast.client("lee").get(f"/beats/{beat.pk}/like")
    assert (back.status_code, back.url) == (302, beat.get_absolute_url())
    assert Like.objects.count() == 0


def test_a_draft_cannot_be_liked(cast: Cast, now: datetime) -> None:
    draft = public_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    for who in ("lee", "alice"):
        assert cast.client(who).post(f"/beats/{draft.pk}/like", {"like": "yes"}).status_code == 404
