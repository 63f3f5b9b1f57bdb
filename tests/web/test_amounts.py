import pytest
from django.utils import translation

from backline.web.amounts import amount, micro_money, money, points, signed_amount


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1_234_500, "EUR", "12,345.00"), (0, "EUR", "0.00"), (-5, "EUR", "−0.05"), (1_800, "JPY", "1,800"),
        (3_500, "KWD", "3.500"), (None, "EUR", "—"),
    ],
)  # fmt: skip
def test_amounts(minor, currency, text):
    assert amount(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1_200, "EUR", "€12.00"), (-1_200, "USD", "−$12.00"), (1_800, "JPY", "¥1,800"), (1_200, "CHF", "12.00 CHF"),
        (None, "EUR", "—"), (0, "EUR", "€0.00"),
    ],
)  # fmt: skip
def test_money(minor, currency, text):
    with translation.override("en"):
        assert money(minor, currency) == text


def test_signs():
    assert [signed_amount(each, "EUR") for each in (5, 0, -5, None)] == ["+0.05", "0.00", "−0.05", "—"]


def test_points_and_micro_units():
    assert [points(each) for each in (2_459_436, 0, None)] == ["2.459", "0.000", "—"]
    assert points(1, digits=6) == "0.000001"
    assert micro_money(12_000_000, "EUR") == "€0.12"
    assert micro_money(12_345_678, "EUR") == "≈€0.12"
    assert micro_money(-12_345_678, "EUR") == "≈−€0.12"
    assert micro_money(None, "EUR") == "—"
