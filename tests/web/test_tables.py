from decimal import Decimal

import pytest

from backline.web.tables import amount_cell, cell, csv_answer


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "−1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"), [("Marlo", "Marlo"), (0, "0"), (-5, "-5"), (None, ""), (Decimal("-6.40"), "-6.40")]
)
def test_other_cells_stay_as_they_are(value, text):
    assert cell(value) == text


def test_an_answer_is_a_file():
    answer = csv_answer("x.csv", ["name", "amount"], [["a,b", amount_cell(640, "EUR")]])
    assert b"".join(answer) == b'name,amount\r\n"a,b",6.40\r\n'
    assert answer["Content-Disposition"] == 'attachment; filename="x.csv"'


def test_rows_are_read_as_the_file_is():
    rows = iter([[1], [2], [3]])
    lines = iter(csv_answer("x.csv", ["n"], rows))
    assert [next(lines), next(lines)] == [b"n\r\n", b"1\r\n"]
    assert list(rows) == [[2], [3]]
