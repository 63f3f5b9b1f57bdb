"""Money over the API: the page's own figures, for owners and managers only."""

from __future__ import annotations

import pytest

from tests.web.api.clients import api
from tests.web.finances.conftest import sell, settled  # noqa: F401  (fixtures)

BASE = "/api/v1/artists/marlo-vane"
pytestmark = pytest.mark.usefixtures("at_noon")


def test_where_the_money_is(cast, settled):  # noqa: F811
    found = api(cast.alice).get(f"{BASE}/finances").json()
    assert (found["currency"], found["currencies"]) == ("EUR", ["EUR"])
    assert (found["balance_minor"], found["lifetime_minor"], found["in_transit_minor"]) == (1_550, 0, 0)
    assert found["setup"]["active"] and found["setup"]["state"] == "active"


def test_before_anybody_paid_amounts_are_unknown_not_zero(cast):
    found = api(cast.alice).get(f"{BASE}/finances").json()
    assert (found["currency"], found["balance_minor"]) == (None, None)
    assert found["setup"] == {
        "active": False, "provider": None, "state": "not_started", "connected": False, "charges_enabled": False,
        "payouts_enabled": False, "transfers_held_until": None, "checked_at": None,
    }  # fmt: skip
    assert api(cast.alice).get(f"{BASE}/transactions").json()["items"] == []


def test_statements_add_up(cast, settled):  # noqa: F811
    (row,) = api(cast.bob).get(f"{BASE}/statements").json()["items"]
    came = ("earned", "bonus", "carried_in", "released", "written_off")
    went = ("payable", "held", "carried_out", "excluded")
    assert sum(row[f"{name}_minor"] for name in came) == sum(row[f"{name}_minor"] for name in went) == 1_550
    assert row["reference"] == f"ST-2026-01-EUR-{settled.pk:04}"


def test_transactions_are_paged_and_narrowed(cast, settled, sell):  # noqa: F811
    for number in range(3):
        sell(number=number)
    client = api(cast.alice)
    found = client.get(f"{BASE}/transactions?tab=sales&limit=2&page=2").json()
    assert (len(found["items"]), found["total"], found["pages"]) == (1, 3, 2)
    assert found["counts"] == {"all": 4, "sales": 3, "subscriptions": 1, "paid": 0, "pending": 4, "failed": 0}
    assert found["items"][0]["kind"] == "track" and found["items"][0]["amount_minor"] == 4_900
    for wrong in ("tab=x", "kind=x", "limit=0", "limit=101", "page=0"):
        assert client.get(f"{BASE}/transactions?{wrong}").status_code == 422


@pytest.mark.parametrize("place", ["finances", "statements", "transactions"])
def test_who_may_read_it(cast, place):
    answers = {
        who: api(getattr(cast, who)).get(f"{BASE}/{place}").status_code
        for who in ("alice", "bob", "ada", "charlie", "dana")
    }
    assert answers == {"alice": 200, "bob": 200, "ada": 403, "charlie": 404, "dana": 404}
