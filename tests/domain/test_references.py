"""References of statements read back to their number, whatever the month, currency and number."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.references import statement_number, statement_reference


@given(
    st.dates(date(2000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.integers(0, 10**15),
)
def test_a_reference_reads_back(month, currency, number):
    assert statement_number(f" {statement_reference(month, currency, number).lower()} ") == number


@given(st.text(max_size=12).filter(lambda text: not text.strip().isdecimal()))
def test_other_text_is_no_reference(text):
    assert statement_number(text) is None
