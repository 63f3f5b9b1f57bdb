"""Error pages: the reason in plain words, a request id, and no read when something broke."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from backline.web.errors import views
from tests.conftest import Cast


def test_an_unknown_address_is_said_with_the_requests_id(cast: Cast):
    answer = cast.client("alice").get("/nowhere/")
    assert answer.status_code == 404
    assert "Nothing on this channel" in answer.content.decode()
    assert answer["X-Request-Id"] in answer.content.decode()


def test_a_stranger_gets_the_same_404_as_for_nothing(cast: Cast):
    strange = cast.client("charlie").get("/dashboard/?artist=marlo-vane")
    missing = cast.client("charlie").get("/dashboard/?artist=no-such-artist")
    assert (strange.status_code, missing.status_code) == (404, 404)
    assert "you are not a member of" in strange.content.decode()


@pytest.mark.django_db
def test_a_form_without_proof_is_refused_with_what_to_do(cast: Cast):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/settings/theme/", {"theme": "light"})
    assert answer.status_code == 403
    assert "reload the page and send it again" in answer.content.decode()


def test_an_address_that_takes_forms_only_says_so(cast: Cast):
    answer = cast.client("alice").get("/plans/start/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "A form is sent here" in answer.content.decode()


def test_who_tries_too_often_reads_what_to_do(cast: Cast):
    client = cast.client("visitor")
    answers = [client.post("/accounts/password/reset/", {"email": "alice@example.com"}) for _ in range(7)]
    assert answers[-1].status_code == 429
    assert "Wait a few minutes" in answers[-1].content.decode()


def test_a_broken_page_reads_nothing():
    # Without the db fixture any query fails the test.
    request = RequestFactory().get("/dashboard/")
    request.request_id = "4a5b6c"  # type: ignore[attr-defined]
    answer = views.server_error(request)
    assert answer.status_code == 500
    assert "Request 4a5b6c" in answer.content.decode()


def test_programs_get_a_problem_instead_of_a_page(cast: Cast):
    answer = cast.client("alice").get("/api/nowhere")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    broken = views.server_error(RequestFactory().get("/api/v1/beats"))
    assert (broken.status_code, broken["Content-Type"]) == (500, "application/problem+json")


def test_a_bad_request_is_a_page_too(cast: Cast):
    answer = cast.client("alice").get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Alice" not in answer.content.decode()
