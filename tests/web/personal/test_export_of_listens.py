"""The export of one's data: every listen and download of one's own, as the receipts judge them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from backline.listening.fold import fold_all
from backline.listening.origins import listener_text
from backline.listening.queries import personal
from backline.listening.store import StoreError, open_store
from backline.listening.store.closes import Seal
from backline.web.personal.writing import everything_as_json
from tests.conftest import Cast
from tests.listening.world import download, listen, make_beat, send
from tests.web.personal.test_leaving import fresh

MINUTE = timedelta(minutes=1)


def exported(client: Client) -> dict[str, Any]:
    answer = client.get("/settings/data/export.json")
    assert answer.streaming and answer.headers["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.getvalue())
    return found


def test_every_listen_and_download_with_what_became_of_it(cast: Cast, now: datetime):
    beat = make_beat(cast.marlo, now=now, name="Night Bus", guests={cast.kit: now - 9 * MINUTE})
    lee = listener_text(cast.lee.pk)
    send(
        listen(beat, at=now - 9 * MINUTE, listener=lee, heard=[[0, 40], [20, 60]], source="search"),
        listen(beat, at=now - 6 * MINUTE, listener=lee, heard=[[0, 5]]),
        listen(beat, at=now - 5 * MINUTE, listener=listener_text(cast.charlie.pk)),
        download(beat, at=now - 4 * MINUTE, listener=lee),
        now=now,
    )
    fold_all(now=now)
    send(listen(beat, at=now - 3 * MINUTE, listener=lee), now=now)
    found = exported(fresh("lee"))
    first, short, new = found["listens"]
    assert (
        first.items()
        >= {
            "beat_id": beat.pk,
            "beat": "Night Bus",
            "artists": ["Marlo Vane", "Kit Nakagawa"],
            "at": (now - 9 * MINUTE).isoformat(),
            "heard_s": 60.0,
            "played_s": 80.0,
            "counted": True,
            "reason": None,
            "source": "search",
        }.items()
    )
    assert (short["counted"], short["reason"]) == (False, "too_short") and "different" in found["reasons"][
        "too_short"
    ]
    assert (new["counted"], new["reason"]) == (None, None), "not judged yet"
    [delivered] = found["downloads"]
    assert (delivered["counted"], delivered["licence"]) == (True, "standard")
    assert found["complete"] and found["listens_moved_to_files"] == []
    assert [len(exported(fresh(name))["listens"]) for name in ("charlie", "bob")] == [1, 0]


def test_what_is_in_files_and_what_could_not_be_read_is_said(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    send(listen(make_beat(cast.marlo, now=now), at=now, listener=listener_text(cast.lee.pk)), now=now)
    with open_store().folding() as session:
        session.record_seal(Seal(20_454, 9, b"x", 1))
    assert exported(fresh("lee"))["listens_moved_to_files"] == ["2026-01"]

    def away(*_: object, **__: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(type(open_store()), "listens_of", away)
    found = json.loads("".join(everything_as_json(cast.lee)))
    assert (found["listens"], found["complete"]) == ([], False) and "later" in found["problem"]


def test_it_is_read_in_portions(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(personal, "PORTION", 3)
    monkeypatch.setattr(personal, "STRETCH", 5)
    beat, lee = make_beat(cast.marlo, now=now), listener_text(cast.lee.pk)
    names = [lee] * 7 + ["kim"] * 12 + [lee] * 4
    send(*(listen(beat, at=now - n * MINUTE, listener=name) for n, name in enumerate(names)), now=now)
    portions = [len(rows) for rows in personal.own_listens(cast.lee.pk, since=cast.lee.joined_at)]
    assert sum(portions) == 11 and max(portions) == 3 and 0 in portions
    pieces = [*everything_as_json(cast.lee)]
    assert " " in pieces and len(json.loads("".join(pieces))["listens"]) == 11


def test_nobody_gets_it_signed_out_or_without_the_password(cast: Cast):
    for client in (Client(), cast.client("lee")):
        answer = client.get("/settings/data/export.json")
        assert answer.status_code == 302 and "/accounts/" in answer.headers["Location"]
