"""What counts: a page for each metric, the same for the dialog, and all on one page."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from backline.domain.metrics import METRICS
from tests.web.screens import read, words

DIALOG = {"HX-Request": "true", "HX-Target": "definition"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(cast: object) -> Client:
    """Somebody who is not signed in."""
    return Client()


def test_a_metric_has_a_page_and_fills_the_dialog(visitor: Client):
    page = read(visitor, "/help/numbers/plays/")
    assert "A play is a listen in which at least 30 different seconds" in page
    assert "Own team" in page
    answer = visitor.get("/help/numbers/plays/", headers=DIALOG)
    html = answer.content.decode()
    assert 'id="definition-title"' in html
    assert "<html" not in html
    assert "Rule set 1" in words(html)


def test_all_are_on_one_page_with_what_is_set_here(visitor: Client, settings: LazySettings):
    settings.POOL_MIN_ACCOUNTS = 7
    settings.REPORTING_ZONE = "Asia/Kathmandu"
    answer = visitor.get("/help/numbers/")
    html = answer.content.decode()
    assert all(f'id="{key}"' in html for key in METRICS)
    assert "at least 7 different accounts" in html
    assert "It is Asia/Kathmandu here." in html


def test_what_is_no_metric_is_not_there(visitor: Client):
    assert visitor.get("/help/numbers/nothing/").status_code == 404
