import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import currencies
from backline.domain.currencies import UnknownCurrency, format_amount, minor_digits, parse_amount

codes = st.sampled_from(sorted(currencies.MINOR_DIGITS))


@given(codes, st.integers(-(10**14), 10**14))
def test_what_is_written_is_read_again(code, minor):
    assert parse_amount(format_amount(minor, code), code) == minor


@pytest.mark.parametrize(
    ("code", "digits"), [("JPY", 0), ("KRW", 0), ("EUR", 2), ("USD", 2), ("KWD", 3), ("TND", 3)]
)
def test_digits(code, digits):
    assert minor_digits(code) == digits


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XAU", "XXX", "ZZZ", " EUR"])
def test_what_is_no_currency(code):
    for refused in (
        lambda: minor_digits(code),
        lambda: format_amount(1, code),
        lambda: parse_amount("1", code),
    ):
        with pytest.raises(UnknownCurrency):
            refused()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0.5", "JPY"), ("1.005", "EUR"), ("1.0001", "KWD"), ("1,00", "EUR"), ("1e3", "EUR"), ("", "EUR"),
        (".5", "EUR"), ("5.", "EUR"), ("+5", "EUR"), ("--5", "EUR"), ("٣", "EUR"), ("NaN", "EUR"), (" 5", "EUR"),
        ("1_0", "EUR"), ("9" * 16, "EUR"),
    ],
)  # fmt: skip
def test_nothing_is_rounded_or_guessed(text, code):
    with pytest.raises(ValueError, match=r"not an amount|digits after the point"):
        parse_amount(text, code)


def test_codes_are_three_capital_letters():
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in currencies.MINOR_DIGITS)
    assert len(currencies.MINOR_DIGITS) > 140
