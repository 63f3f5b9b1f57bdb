"""A statement as page, drawer, PDF and table: who opens it, and that all of them add up to the same."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from backline.catalog.models import Beat
from backline.domain.accrual import MICRO
from backline.web.pdf.document import MISSING, Document
from backline.web.statement.queries import opened_statement
from backline.web.statement.sheet import sheet
from tests.web.screens import read

PLACES = ("/", "/how/", ".pdf", ".csv")


def address(statement, place: str = "/") -> str:
    return f"/backstage/statements/{statement.pk}{place}"


def test_the_page_says_what_was_earned_and_where_it_went(cast, settled):
    text = read(cast.client("alice"), address(settled))
    assert "Marlo Vane earned €10.34 in January 2026 Payable" in text
    assert f"Statement ST-2026-01-EUR-{settled.pk:04}" in text
    assert "Subscription pool, January 2026 1,033,666,667 micro-units, rounded once 10.34" in text
    assert "Together 10.34" in text
    assert "Payable minimum 10.00, reached €10.34" in text
    # Which of the two days has the odd cent goes by the invoice's number.
    odd, even = ("15.51", "15.50") if "30 Jan 15.51" in text else ("15.50", "15.51")
    assert f"30 Jan {odd}" in text and f"31 Jan {even}" in text and "2 days 31.01" in text
    assert "everything adds up" in text


def test_the_one_rounding_step_adds_up(settled):
    found = sheet(opened_statement(settled.pk))
    assert found.found.micro_units + found.step_micro == found.row.earned_minor * MICRO
    assert sum(line.micro_units for line in found.beats) == found.found.micro_units == found.days_micro
    assert sum(line.minor for line in found.beats) == found.row.earned_minor
    assert sum(line.minor for line in found.came) == sum(line.minor for line in found.went)
    assert (found.statements, found.rest_micro) == (3, 666_667)


def test_a_beat_line_is_what_it_was_on_its_last_day(settled):
    (line,) = sheet(opened_statement(settled.pk)).beats
    assert (line.plays, line.share_bp, line.correction_of) == (10, 10_000, None)
    assert line.points is not None and line.age_months is not None and 0 < line.age_months < 0.1


def test_the_drawer_is_a_fragment_for_htmx_and_a_page_without(cast, settled):
    client = cast.client("alice")
    page = client.get(address(settled, "/how/")).content.decode()
    part = client.get(
        address(settled, "/how/"), headers={"HX-Request": "true", "HX-Target": "how"}
    ).content.decode()
    assert "<html" in page and "<html" not in part
    for html in (page, part):
        assert "How was this computed?" in html and "1,033,666,667" in html and "It adds up." in html


def test_the_table_adds_up(cast, settled):
    answer = cast.client("alice").get(address(settled, ".csv"))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    def total(kind: str, column: str) -> Decimal:
        return sum((Decimal(row[column] or 0) for row in rows if row["kind"] == kind), Decimal())

    assert total("day", "micro_units") == total("line", "micro_units") == settled.micro_units
    assert total("line", "amount") == total("came", "amount") == total("went", "amount") == Decimal("10.34")


def test_the_same_statement_is_the_same_file(cast, settled):
    first, second = (cast.client("alice").get(address(settled, ".pdf")).content for _ in range(2))
    assert first == second and first.startswith(b"%PDF-")


def test_names_in_any_script_make_a_file(cast, settled):
    Beat.objects.update(name="夜のバス موجة 🎹 Ünïtỹ")
    assert cast.client("alice").get(address(settled, ".pdf")).content.startswith(b"%PDF-")
    assert "夜のバス" in read(cast.client("alice"), address(settled))


def test_what_the_fonts_lack_is_a_question_mark(now):
    document = Document("A", at=now, foot="A")
    assert document.shown("Café 夜 ÷ €") == f"Café {MISSING} ÷ €"


@pytest.mark.parametrize("place", PLACES)
def test_who_may_open_it(cast, settled, place):
    people = ("visitor", "lee", "charlie", "dana", "alice", "bob", "ada")
    answers = [cast.client(person).get(address(settled, place)).status_code for person in people]
    assert answers == [302, 404, 404, 404, 200, 200, 403]


def test_an_analyst_reads_why_not(cast, settled):
    answer = cast.client("ada").get(address(settled))
    assert "reads nothing about money" in answer.content.decode()
