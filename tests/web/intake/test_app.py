"""`POST /api/v1/events` over WSGI: bodies, senders, statuses."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.core import clock
from backline.listening import queries
from backline.listening.fold import fold_all
from backline.listening.origins import VISITOR_COOKIE
from backline.listening.store import StoreBusyError, StoreFullError
from backline.people import actions as people
from backline.people.models import Token
from backline.web.intake import app as intake
from backline.web.intake import body
from tests.conftest import Cast
from tests.listening.world import BROWSER, Player, listen, make_beat


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: Any


def post(content: bytes | str | object, *, cookies: str = "", token: str = "", **environ: Any) -> Answer:
    """One request straight to the application."""
    raw = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else json.dumps(content)).encode()
    )
    request = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/events",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": BROWSER,
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.input": io.BytesIO(raw),
    }
    if cookies:
        request["HTTP_COOKIE"] = cookies
    if token:
        request["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    seen: list[Any] = []
    parts = intake.application(request | environ, lambda status, headers: seen.append((status, headers)))  # type: ignore[arg-type]
    [(status, headers)] = seen
    return Answer(int(status[:3]), dict(headers), json.loads(b"".join(parts)))


@pytest.fixture
def instant() -> datetime:
    """The present: the application reads the clock itself."""
    return clock.now()


@pytest.fixture
def beat(cast: Cast, instant: datetime) -> Beat:
    return make_beat(cast.marlo, now=instant)


def make_token(account: Any, *, now: datetime, **changes: Any) -> str:
    scopes = changes.pop("scopes", [Token.Scope.EVENTS_WRITE])
    _, text = people.issue_token(account, name="platform", scopes=scopes, now=now, **changes)
    return text


@pytest.fixture
def token(cast: Cast, instant: datetime) -> str:
    return make_token(cast.dana, now=instant)


def statuses(answer: Answer) -> list[str]:
    assert answer.status == 202, answer.content
    return [result["status"] for result in answer.content["results"]]


def test_a_batch_is_answered_item_by_item(beat: Beat, instant: datetime, token: str):
    event = listen(beat, at=instant)
    answer = post([event, {"id": "x"}, event], token=token)
    assert answer.headers["Content-Type"] == "application/json"
    assert statuses(answer) == ["accepted", "invalid", "duplicate"]
    assert answer.content["results"][0] == {"id": event["id"], "status": "accepted"}
    invalid = answer.content["results"][1]
    assert (invalid["id"], invalid["field"], invalid["reason"]) == ("x", "id", "wrong_format")


def test_lines_of_objects_do_too(beat: Beat, instant: datetime, token: str):
    lines = "\r\n".join(json.dumps(listen(beat, at=instant, listener=f"u{n}")) for n in range(3))
    assert statuses(post(f"\n{lines}\n\n", token=token)) == ["accepted"] * 3
    assert statuses(post(json.dumps(listen(beat, at=instant)), token=token)) == ["accepted"]


def test_an_empty_array_is_nothing(cast: Cast, token: str):
    assert post("[]", token=token).content == {"results": []}


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"", 1, 1),
        (b"  \n ", 1, 1),
        (b'[{"id": 1},\n {"id" 2}]', 2, 8),
        (b'{"id": 1}\n{"id": 1}\n{oops}', 3, 2),
        (b'[{"id": 1}', 1, 11),
        (b"hello", 1, 1),
        (b'[1]\n"\xff"', 2, 2),
        (b"[" * 30_000, 1, 1),
        (b'{"a":' * 30_000 + b"}", 1, 1),
    ],
)
def test_broken_json_is_refused_with_its_place(
    cast: Cast, token: str, content: bytes, line: int, column: int
):
    answer = post(content, token=token)
    if content.startswith(b'{"a":'):
        # A line that is nested beyond reason is one bad item.
        assert statuses(answer) == ["invalid"]
        return
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
    place = {"line": line, "column": column}
    assert (answer.content["code"], answer.content["position"]) == ("broken_body", place)


@pytest.mark.parametrize("deep", ["[" * 20_000 + "]" * 20_000, '{"a":' * 20_000 + '"]},["' + "}" * 20_000])
def test_one_item_nested_beyond_reason_does_not_spoil_the_others(
    beat: Beat, instant: datetime, token: str, deep: str
):
    good = [json.dumps(listen(beat, at=instant, listener=name)) for name in ('a, "[b', "c\\")]
    answer = post(f" [{good[0]},\n{deep}, {good[1]} ] ", token=token)
    assert statuses(answer) == ["accepted", "invalid", "accepted"]


def test_numbers_beyond_reason(beat: Beat, instant: datetime, token: str):
    event = json.dumps(listen(beat, at=instant)).replace(f'"beat": {beat.pk}', '"beat": ' + "9" * 10_000)
    assert statuses(post(f"[{event}]", token=token)) == ["invalid"]
    for heard in ("[[0, 1e999]]", "[[0, NaN]]", "[[-Infinity, 3]]"):
        text = json.dumps(listen(beat, at=instant, heard=7)).replace('"heard": 7', f'"heard": {heard}')
        assert statuses(post(text, token=token)) == ["invalid"]


def test_too_much_at_once(cast: Cast, token: str):
    assert post("[" + "1," * 1_000 + "1]", token=token).status == 413
    assert statuses(post("[" + "1," * 999 + "1]", token=token)) == ["invalid"] * 1000
    assert post(b" " * (body.MAX_BYTES + 1), token=token).status == 413
    assert post(b" " * body.MAX_BYTES, token=token).status == 400


def test_a_body_of_unknown_length_is_read_up_to_the_limit(beat: Beat, instant: datetime, token: str):
    content = json.dumps([listen(beat, at=instant)])
    assert statuses(post(content, token=token, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")) == [
        "accepted"
    ]
    endless = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert post(b" " * (body.MAX_BYTES + 1), token=token, **endless).status == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_events_are_posted(cast: Cast, method: str):
    answer = post("[]", REQUEST_METHOD=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_tokens(cast: Cast, instant: datetime):
    expired = make_token(cast.dana, now=instant, expires_at=instant - timedelta(seconds=1))
    reader = make_token(cast.dana, now=instant, scopes=[Token.Scope.READ])
    for text, status in (("bl_unknown", 401), (expired, 401), (reader, 403)):
        answer = post("[]", token=text)
        assert answer.status == status
        assert (answer.headers.get("WWW-Authenticate") == "Bearer") == (status == 401)
    assert post("[]", HTTP_AUTHORIZATION="Basic dTpw").status == 401


def cookie(client: Any) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def play(beat: Beat, cookies: str, *, at: datetime, **origin: Any) -> Answer:
    """A whole listen of 25 s reported in one go, by the player of whoever the cookies name."""
    player = Player(beat, now=at, **origin)
    event = {"id": str(player.id), "type": "listen", "beat": beat.pk, "heard": [[0, 25]], "final": True}
    return post([event | {"ticket": player.ticket}], cookies=cookies, CONTENT_TYPE="text/plain;charset=UTF-8")


@pytest.fixture
def short(cast: Cast, instant: datetime) -> Beat:
    """A beat of 40 s: 20 s of it are a play."""
    return make_beat(cast.marlo, now=instant, length_ms=40_000)


@pytest.mark.parametrize(("name", "verdict"), [("lee", "counted"), ("alice", "own_team"), ("dana", "staff")])
def test_the_session_names_the_account(cast: Cast, short: Beat, instant: datetime, name: str, verdict: str):
    account = getattr(cast, name)
    at = instant - timedelta(seconds=30)
    assert statuses(play(short, cookie(cast.client(name)), at=at, account_id=account.pk)) == ["accepted"]
    fold_all(now=instant)
    receipts = queries.artist_totals(cast.marlo.pk).receipts
    assert (receipts.counted, receipts.rejected) == ((1, {}) if verdict == "counted" else (0, {verdict: 1}))


def test_the_visitor_cookie_names_the_player(cast: Cast, short: Beat, instant: datetime):
    at = instant - timedelta(seconds=30)
    visitor = "abcdefghijklmnopqrstuv"
    assert statuses(play(short, f"{VISITOR_COOKIE}={visitor}", at=at, visitor=visitor)) == ["accepted"]
    fold_all(now=instant)
    assert queries.artist_totals(cast.marlo.pk).signed_out_visits == 1


@pytest.mark.parametrize(
    "cookies", [f"{VISITOR_COOKIE}=another-visitor-than-that", f"{VISITOR_COOKIE}=x", "=;;\x01", ""]
)
def test_another_players_ticket_proves_nothing(cast: Cast, short: Beat, instant: datetime, cookies: str):
    at = instant - timedelta(seconds=30)
    assert statuses(play(short, cookies, at=at, visitor="abcdefghijklmnopqrstuv")) == ["accepted"]
    fold_all(now=instant)
    assert queries.artist_totals(cast.marlo.pk).receipts.rejected == {"unproven": 1}


def test_a_session_that_ended_is_nobody(cast: Cast, short: Beat, instant: datetime):
    client = cast.client("alice")
    cast.alice.set_password("another-long-password")
    cast.alice.save()
    like = {"id": str(Player(short, now=instant).id), "type": "like", "beat": short.pk}
    for cookies in (cookie(client), "backline_session=" + "x" * 32, "backline_session=../../etc"):
        [result] = post([like], cookies=cookies).content["results"]
        assert (result["field"], result["reason"]) == ("listener", "not_allowed")
    cast.dana.is_active = False
    client = cast.client("dana")
    cast.dana.save()
    assert statuses(post([like], cookies=cookie(client))) == ["invalid"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "http://127.0.0.1:8000", "HTTP_SEC_FETCH_SITE": "same-origin"}, 202),
        ({"HTTP_ORIGIN": "https://evil.example"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    ],
)
def test_pages_of_other_sites_report_nothing(cast: Cast, headers: dict[str, str], status: int):
    assert post("[]", **headers).status == status


def test_a_back_end_has_no_site(cast: Cast, token: str):
    assert post("[]", token=token, HTTP_ORIGIN="https://shop.example").status == 202


@pytest.mark.parametrize(("error", "status"), [(StoreBusyError, 503), (StoreFullError, 507)])
def test_when_the_store_cannot(
    cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
):
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(intake, "receive", refuse)
    answer = post("[]", token=token)
    assert (answer.status, answer.headers["Retry-After"]) == (status, "2")


def test_a_locked_store_is_busy_and_recovers(
    beat: Beat, instant: datetime, token: str, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    import sqlite3

    from backline.listening.store import connections

    monkeypatch.setattr(connections, "BUSY_MS", 50)
    event = listen(beat, at=instant)
    path = settings.LISTENING_URL.removeprefix("sqlite:///")
    assert post("[]", token=token).status == 202
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        assert post([event], token=token).status == 503
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert statuses(post([event], token=token)) == ["accepted"]


def test_more_requests_than_there_is_room_for(cast: Cast, token: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "WAIT_S", 0.01)
    monkeypatch.setattr(intake, "_room", threading.BoundedSemaphore(1))
    with intake._room:
        answer = post("[]", token=token)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "2")
    assert post("[]", token=token).status == 202
