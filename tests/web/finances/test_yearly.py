"""A year of money by the day it became available; all statements."""

from __future__ import annotations

import csv
import io

import pytest

from backline.money.models import Earning
from tests.web.screens import read

PAGE = "/dashboard/finances/"
pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_year_is_that_in_which_money_became_available(cast, settled, sell, now):
    sell(at=now.replace(month=1, day=5))
    text = read(cast.client("alice"), f"{PAGE}years/2026/")
    assert "€64.50 became available in 2026" in text
    assert "Monthly payouts €15.50" in text and "Track purchases €49.00" in text
    assert "Nothing became available in 2025" in read(cast.client("alice"), f"{PAGE}years/2025/")


def test_the_table_and_the_file_are_of_the_same_rows(cast, settled, sell, now):
    sell(at=now.replace(month=1, day=5))
    client = cast.client("alice")
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}years/2026.csv").getvalue().decode())))
    assert {row["amount"] for row in rows} == {"49.00", "15.50"}
    first, second = (client.get(f"{PAGE}years/2026.pdf").content for _ in range(2))
    assert first == second and first.startswith(b"%PDF-")


def test_what_is_held_is_in_no_year_yet(cast, settled):
    text = read(cast.client("bob"), f"{PAGE}years/2026/?artist=kit-nakagawa")
    assert "€0.00 became available in 2026" in text
    assert Earning.objects.get(artist=cast.kit).available_on is None


def test_the_newest_year_is_shown_first(cast, settled):
    answer = cast.client("alice").get(f"{PAGE}years/")
    assert answer.headers["Location"] == f"{PAGE}years/2026/?artist=marlo-vane"


def test_years_out_of_a_calendar_and_without_a_currency_are_not_there(cast, settled):
    for year in (0, 1500, 99999):
        assert cast.client("alice").get(f"{PAGE}years/{year}/").status_code == 404


def test_all_statements(cast, settled):
    text = read(cast.client("alice"), f"{PAGE}statements/")
    assert "1 statement since January 2026" in text
    assert "January 2026 1 €15.50 earned €0.00 €0.00 €15.50 Queued How was this computed?" in text


def test_a_statement_says_where_its_money_is(cast, settled):
    address = f"/backstage/statements/{settled.pk}/"
    assert "in January 2026 Queued" in read(cast.client("alice"), address)
    Earning.objects.update(place="bank", status="paid")
    assert "in January 2026 Paid" in read(cast.client("alice"), address)
    assert "€15.50 Paid How was this computed?" in read(cast.client("alice"), f"{PAGE}statements/")
    Earning.objects.all().delete()
    assert "in January 2026 Payable" in read(cast.client("alice"), address)
