"""Tokens, scopes and strangers on every address of the API; its description and its page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from backline.catalog.models import Beat
from tests.catalog.makers import make_public
from tests.conftest import Cast
from tests.web.api.clients import api, problem

READS = [
    "/api/v1/beats/{beat}",
    "/api/v1/beats/{beat}/activity",
    "/api/v1/artists/marlo-vane/beats",
    "/api/v1/artists/marlo-vane/activity",
    "/api/v1/artists/marlo-vane/dashboard",
    "/api/v1/artists/marlo-vane/progress",
]
WRITES = ["/api/v1/beats", "/api/v1/beats/{beat}/publish"]


@pytest.fixture
def beat(cast: Cast, now: datetime) -> Beat:
    return make_public(cast.marlo, account=cast.alice, now=now)


@pytest.mark.parametrize("address", READS)
def test_reads(cast: Cast, beat: Beat, address: str):
    address = address.format(beat=beat.pk)
    for name, status in {
        "alice": 200,
        "bob": 200,
        "ada": 200,
        "charlie": 404,
        "lee": 404,
        "dana": 404,
    }.items():
        assert api(getattr(cast, name)).get(address).status_code == status, name
    assert problem(api(cast.alice, scopes=["catalog:write"]).get(address)) == (403, "scope_missing")
    assert problem(api(cast.bob, artists=[cast.kit]).get(address)) == (404, "not_found")


@pytest.mark.parametrize("address", READS + WRITES)
def test_without_a_valid_token(cast: Cast, beat: Beat, address: str):
    method = "post" if address in WRITES else "get"
    expired = api(cast.alice, lasts=timedelta(days=1))
    signed_in = cast.client("alice")
    wrong = Client(headers={"Authorization": "Bearer bl_nonsense"})
    basic = Client(headers={"Authorization": "Basic YTpi"})
    for client in (Client(), signed_in, wrong, basic, expired):
        answer = getattr(client, method)(address.format(beat=beat.pk))
        assert problem(answer) == (401, "unauthorised")
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("address", WRITES)
def test_writes_need_their_scope(cast: Cast, beat: Beat, address: str):
    answer = api(cast.alice, scopes=["read"]).post(address.format(beat=beat.pk))
    assert problem(answer) == (403, "scope_missing")


def test_a_failure_of_ours_is_a_problem_too(cast: Cast, beat: Beat, monkeypatch: pytest.MonkeyPatch):
    from backline.web.api import beats

    monkeypatch.setattr(beats, "beat_out", lambda request, beat: 1 / 0)
    answer = api(cast.alice).get(f"/api/v1/beats/{beat.pk}")
    assert problem(answer) == (500, "internal")
    assert answer["X-Request-Id"] in answer.json()["detail"]


def test_the_description_names_every_address_and_resolves(cast: Cast):
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert set(schema["paths"]) == {
        "/api/v1/artists/{handle}/activity",
        "/api/v1/artists/{handle}/beats",
        "/api/v1/artists/{handle}/dashboard",
        "/api/v1/artists/{handle}/finances",
        "/api/v1/artists/{handle}/insights",
        "/api/v1/artists/{handle}/live",
        "/api/v1/artists/{handle}/progress",
        "/api/v1/artists/{handle}/statements",
        "/api/v1/artists/{handle}/transactions",
        "/api/v1/beats",
        "/api/v1/beats/{beat_id}",
        "/api/v1/beats/{beat_id}/activity",
        "/api/v1/beats/{beat_id}/archive",
        "/api/v1/beats/{beat_id}/cases",
        "/api/v1/beats/{beat_id}/draft",
        "/api/v1/beats/{beat_id}/insights",
        "/api/v1/beats/{beat_id}/private",
        "/api/v1/beats/{beat_id}/publish",
        "/api/v1/beats/{beat_id}/receipts",
        "/api/v1/beats/{beat_id}/restore",
        "/api/v1/beats/{beat_id}/schedule",
        "/api/v1/beats/{beat_id}/unarchive",
        "/api/v1/collections/{collection_id}/insights",
        "/api/v1/events",
        "/api/v1/leaderboards/{board}",
        "/api/v1/uploads",
        "/api/v1/uploads/{upload_id}",
        "/api/v1/uploads/{upload_id}/finish",
    }
    names = set(schema["components"]["schemas"])
    used = {part.split('"')[0] for part in json.dumps(schema).split("#/components/schemas/")[1:]}
    assert used <= names
    assert "BearerToken" in schema["components"]["securitySchemes"]


def test_the_page_lists_every_operation(cast: Cast):
    page = Client().get("/api/v1/")
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "POST /api/v1/beats",
        "POST /api/v1/events",
        "sample_status",
        "audio",
        "form, required" if False else "file, required",
    ):
        assert words in text
