"""Starting to play: who may, what they get, and what the ticket is good for."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from backline.catalog.models import Beat
from backline.core import clock
from backline.core.ids import uuid7
from backline.listening import tickets
from backline.listening.origins import VISITOR_COOKIE, PlayerOrigin, listener_keys
from tests.conftest import Cast
from tests.web.media.client import get
from tests.web.public import AUDIO, public_beat


def play(client: Client, beat_id: int, **body: Any) -> Any:
    body = {"listen": str(uuid7(clock.now()))} | body
    return client.post(f"/beats/{beat_id}/play", json.dumps(body), content_type="application/json")


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return public_beat(cast.marlo, now=now)


def test_a_visitor_gets_a_stream_a_ticket_and_a_cookie(cast: Cast, beat: Beat) -> None:
    client, listen = cast.client("visitor"), uuid7(clock.now())
    answer = play(client, beat.pk, listen=str(listen))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    given = answer.json()
    assert given["duration_ms"] == beat.recording.duration_ms
    assert get(given["stream"]).body == AUDIO
    cookie = client.cookies[VISITOR_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    keys = listener_keys(PlayerOrigin(visitor=cookie.value))
    found = tickets.read(
        given["ticket"], listen_id=listen, beat_id=beat.pk, listener_keys=keys, now=clock.now()
    )
    assert found is not None
    for other in (PlayerOrigin(visitor="x" * 22), PlayerOrigin(address="127.0.0.1")):
        assert not tickets.read(
            given["ticket"],
            listen_id=listen,
            beat_id=beat.pk,
            listener_keys=listener_keys(other),
            now=clock.now(),
        )


def test_the_cookie_is_kept(cast: Cast, beat: Beat) -> None:
    client = cast.client("visitor")
    play(client, beat.pk)
    first = client.cookies[VISITOR_COOKIE].value
    assert VISITOR_COOKIE not in play(client, beat.pk).cookies
    client.cookies[VISITOR_COOKIE] = "not a cookie of ours"
    assert play(client, beat.pk).cookies[VISITOR_COOKIE].value not in ("", first)


def test_a_ticket_that_holds_is_kept_when_only_the_address_ran_out(cast: Cast, beat: Beat) -> None:
    client, listen = cast.client("lee"), str(UUID(int=7))
    ticket = play(client, beat.pk, listen=listen).json()["ticket"]
    assert play(client, beat.pk, listen=listen, ticket=ticket).json()["ticket"] == ticket
    assert play(client, beat.pk, ticket=ticket).json()["ticket"] != ticket
    assert play(client, beat.pk, listen=listen, ticket="1.forged").json()["ticket"] != "1.forged"


def test_what_the_bar_shows(cast: Cast, beat: Beat) -> None:
    shown = play(cast.client("lee"), beat.pk).json()["beat"]
    assert (shown["id"], shown["name"], shown["artist"]) == (beat.pk, "Night Bus", "Marlo Vane")
    assert shown["address"] == beat.get_absolute_url()
    assert shown["wave"].startswith("M")


@pytest.mark.parametrize(("who", "status"), [("visitor", 404), ("charlie", 404), ("dana", 404), ("ada", 200)])
def test_a_draft_plays_for_its_team_alone(cast: Cast, now: datetime, who: str, status: int) -> None:
    draft = public_beat(cast.marlo, now=now, state=Beat.State.DRAFT)
    answer = play(cast.client(who), draft.pk)
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["beat"]["address"] == f"/backstage/beats/{draft.pk}/"


def test_what_is_gone_does_not_play(cast: Cast, beat: Beat, now: datetime) -> None:
    assert play(cast.client("lee"), 987_654).status_code == 404
    Beat.objects.filter(pk=beat.pk).update(deleted_at=now)
    assert play(cast.client("alice"), beat.pk).status_code == 404


def test_a_revoked_artist_is_not_heard(cast: Cast, beat: Beat, now: datetime) -> None:
    cast.marlo.revoked_at = now
    cast.marlo.save()
    assert play(cast.client("lee"), beat.pk).status_code == 404


def test_audio_that_is_still_made_is_said(cast: Cast, now: datetime) -> None:
    answer = play(cast.client("lee"), public_beat(cast.marlo, now=now, ready=False).pk)
    assert answer.status_code == 409
    assert "being prepared" in answer.json()["message"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", '{"listen": "7"}', '{"listen": ["x"]}'])
def test_a_request_without_a_listen_id_is_refused(cast: Cast, beat: Beat, body: str) -> None:
    answer = cast.client("lee").post(f"/beats/{beat.pk}/play", body, content_type="application/json")
    assert answer.status_code == 400
    assert "listen" in answer.json()["errors"]


def test_only_our_own_pages_may_start(cast: Cast, beat: Beat) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert play(strict, beat.pk).status_code == 403
    assert cast.client("lee").get(f"/beats/{beat.pk}/play").status_code == 405


def test_the_address_holds_ten_minutes(cast: Cast, beat: Beat, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = play(cast.client("lee"), beat.pk).json()["stream"]
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert get(stream).status == 403
