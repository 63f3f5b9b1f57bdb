"""The API against its own description: what Schemathesis makes of the OpenAPI document, sent and judged in-process.

No answer is a 5xx; every status, media type, header and body is one that the document names. The examples are the same
in every run. Half of them break the document's rules; half of the things they name are there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup as CheckFailed
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backline.catalog import actions as catalog
from backline.catalog.models import Collection
from backline.core import clock
from backline.people.actions import issue_token
from backline.web.api.api import api
from backline.web.intake import app as intake
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES, PARTS = 40, 8
DJANGO = get_wsgi_application()
Known = dict[str, list[Any]]


@pytest.fixture
def known(cast: Cast, now: datetime) -> Known:
    """What is there, by the name of the path's parameter."""
    public = make_public(cast.marlo, account=cast.alice, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    deleted = make_draft(cast.marlo, account=cast.alice, now=now)
    catalog.delete_beat(deleted, now=now, by=cast.alice)
    collection = catalog.create_collection(cast.marlo, name="Tides", kind=Collection.Kind.ALBUM, now=now)
    return {
        "beat_id": [public.pk, draft.pk, deleted.pk, 10**30],
        "collection_id": [collection.pk],
        "handle": ["marlo-vane", "MARLO-VANE", "sable-ortiz"],
        "board": ["overall", "xp"],
    }


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_operation_answers_as_it_is_described(
    part: int, cast: Cast, known: Known, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(intake, "close_old_connections", lambda: None)
    scopes = ("read", "catalog:write", "events:write")
    _, token = issue_token(cast.alice, name="t", scopes=scopes, now=now)
    schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
    schema.app = _served
    found: list[Any] = list(schema.get_all_operations())
    operations = sorted((each.ok() for each in found), key=lambda each: each.label)
    wrong = []
    for operation in operations[part::PARTS]:
        try:
            _fuzz(operation, known, token)
        except CheckFailed as failures:
            wrong.append(f"{operation.label}: {failures.message}")
    assert wrong == [], "\n".join(wrong)


def _served(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    """As a server does: intake in front, and an answer is closed when it was sent."""
    app = intake.application if environ["PATH_INFO"] == "/api/v1/events" else DJANGO
    answer: Any = app(environ, start)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return [body]


def _fuzz(operation: Any, known: Known, token: str) -> None:
    modes = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(modes), draw=st.data())
    def one(case: schemathesis.Case[Any], draw: Any) -> None:
        for name, values in known.items():
            if name in (case.path_parameters or {}) and draw.draw(st.booleans()):
                case.path_parameters[name] = draw.draw(st.sampled_from(values))
        _send(case, token)

    one()


def _send(case: schemathesis.Case[Any], token: str) -> None:
    cache.clear()
    with transaction.atomic():
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS)
