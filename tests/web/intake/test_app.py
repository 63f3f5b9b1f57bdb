"""`POST /api/v1/events` over WSGI: bodies, senders, statuses."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog.models import Beat
from backline.core import clock
from backline.listening import queries
from backline.listening.fold import fold_all
from backline.listening.origins import VISITOR_COOKIE
from backline.listening.store.rows import TermKind
from backline.people.models import Token
from backline.web.intake import body
from tests.conftest import Cast
from tests.listening.world import Player, listen, make_beat
from tests.web.intake.posting import Answer, make_token, post, statuses


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


def test_a_token_that_is_revoked_ends_within_two_seconds(
    cast: Cast, instant: datetime, token: str, monkeypatch: pytest.MonkeyPatch
):
    assert post("[]", token=token).status == 202
    Token.objects.update(revoked_at=instant)
    monkeypatch.setattr(clock, "now", lambda: instant + timedelta(seconds=3))
    assert post("[]", token=token).status == 401


@pytest.mark.parametrize(
    ("header", "hops", "said", "country"),
    [
        ("CF-IPCountry", 1, "pt", "PT"),
        ("CF-IPCountry", 1, "XX", "US"),
        ("CF-IPCountry", 1, "T1", "US"),
        ("CF-IPCountry", 1, "", "US"),
        ("CF-IPCountry", 0, "PT", "US"),
        ("", 1, "PT", "US"),
    ],
)
def test_the_country_is_the_trusted_proxys_else_the_databases(
    cast: Cast, short: Beat, instant: datetime, settings: Any, header: str, hops: int, said: str, country: str
):
    settings.COUNTRY_HEADER, settings.TRUSTED_PROXY_HOPS = header, hops
    event = {"id": str(Player(short, now=instant).id), "type": "listen", "beat": short.pk, "final": True}
    address = {"REMOTE_ADDR": "8.8.8.8", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 8.8.8.8"}
    assert statuses(post([event], HTTP_CF_IPCOUNTRY=said, **address)) == ["accepted"]
    found = sqlite3.connect(settings.LISTENING_URL.removeprefix("sqlite:///"))
    countries = found.execute("SELECT text FROM term WHERE kind = ?", (int(TermKind.COUNTRY),)).fetchall()
    found.close()
    assert countries == [(country,)]
