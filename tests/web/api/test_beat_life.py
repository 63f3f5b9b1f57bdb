"""A beat's life over the API, with the refusals of the screens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from backline.catalog import actions
from backline.catalog.models import Beat
from backline.core import clock
from tests.catalog.makers import make_draft
from tests.conftest import Cast
from tests.web.api.clients import api, problem

JSON = "application/json"


@pytest.fixture
def draft(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Beat:
    monkeypatch.setattr(clock, "now", lambda: now)
    return make_draft(cast.marlo, account=cast.alice, now=now)


def test_a_life(cast: Cast, draft: Beat, now: datetime):
    client, own = api(cast.alice), f"/api/v1/beats/{draft.pk}"
    at = {"at": (now + timedelta(hours=1)).isoformat()}
    scheduled = client.post(f"{own}/schedule", at, content_type=JSON).json()
    assert (scheduled["state"], scheduled["licensing"]) == ("scheduled", "standard")
    assert scheduled["scheduled_at"].startswith("2026-03-18T16:30")
    assert client.post(f"{own}/draft").json()["state"] == "draft"
    links = [client.post(f"{own}/private").json()["url"] for _ in range(2)]
    assert links[0] == links[1] and cast.client("visitor").get(links[0]).status_code == 200
    assert client.post(f"{own}/archive").json()["state"] == "archived"
    assert problem(client.post(f"{own}/publish")) == (409, "not_possible")
    assert client.post(f"{own}/unarchive").json()["state"] == "draft"
    assert client.delete(own).status_code == 204
    assert problem(client.get(own))[0] == 404
    assert client.post(f"{own}/restore").json()["state"] == "draft"
    assert draft.changes.filter(by=cast.alice, field="state").count() == 7


def test_refusals(cast: Cast, draft: Beat, now: datetime):
    client, own = api(cast.alice), f"/api/v1/beats/{draft.pk}"
    past = {"at": (now - timedelta(hours=1)).isoformat()}
    assert problem(client.post(f"{own}/schedule", past, content_type=JSON)) == (409, "not_possible")
    no_zone = {"at": "2026-07-01T12:00:00"}
    assert client.post(f"{own}/schedule", no_zone, content_type=JSON).status_code == 422
    actions.mark_licensed(draft.pk, now=now)
    assert problem(client.delete(own)) == (409, "not_possible")
    Beat.objects.filter(pk=draft.pk).update(bpm=None)
    later = {"at": (now + timedelta(hours=1)).isoformat()}
    answer = client.post(f"{own}/schedule", later, content_type=JSON)
    assert problem(answer) == (422, "incomplete") and answer.json()["missing"] == ["bpm"]


@pytest.mark.parametrize("path", ["schedule", "draft", "private", "archive", "unarchive", "restore"])
def test_strangers_and_readers(cast: Cast, draft: Beat, now: datetime, path: str):
    if path == "restore":
        actions.delete_beat(draft, now=now)
    own = f"/api/v1/beats/{draft.pk}/{path}"
    body = {"at": (now + timedelta(hours=1)).isoformat()}
    for client, status in (
        (api(cast.charlie), 404),
        (api(cast.ada), 403),
        (api(cast.alice, scopes=["read"]), 403),
    ):
        assert problem(client.post(own, body, content_type=JSON))[0] == status
