"""What a provider says is recorded once: the same again is a no-op, something else under the same id an error."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from backline.core import locks
from backline.domain.currencies import LARGEST_MINOR

Row = TypeVar("Row", bound=models.Model)


class OtherContent(Exception):
    """The external id was used for something else."""


class MoreThanPaid(Exception):
    """More would go back than was paid."""


def recorded(model: type[Row], external_id: str, content: dict[str, Any]) -> Row | None:
    """The row with this external id, or None when it is new. Call it inside the transaction that writes the row.

    It holds the table until then, so that rows become visible in the order of their numbers: who reads "after the last
    number I know" misses none.

    Raises:
        OtherContent: the row says something else than `content`.
    """
    locks.hold(f"shop {model.__name__}")
    found: Row | None = model._default_manager.filter(external_id=external_id).first()
    if found is not None:
        wrong = [name for name, value in content.items() if getattr(found, name) != value]
        if wrong:
            raise OtherContent(f"{external_id} was recorded with another {', '.join(wrong)}")
    return found


def demand_amounts(**amounts: int) -> None:
    """Lets pass whole amounts from 0.

    Raises:
        ValueError: one is negative, no whole number, or beyond reason.
    """
    for name, amount in amounts.items():
        if type(amount) is not int or not 0 <= amount <= LARGEST_MINOR:
            raise ValueError(f"{name} is {amount!r}: not a whole amount from 0")
