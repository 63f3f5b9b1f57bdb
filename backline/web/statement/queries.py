"""A statement with its explanation and the names of its beats."""

from __future__ import annotations

from dataclasses import dataclass

from backline.catalog import queries as catalog
from backline.money import queries as money


@dataclass(frozen=True)
class OpenedStatement:
    """The explanation, and a name for each beat number in it."""

    found: money.Explanation
    names: dict[int, str]

    @property
    def row(self) -> money.StatementRow:
        """The statement itself."""
        return self.found.statement


def opened_statement(statement_id: int) -> OpenedStatement:
    """The statement, recomputed.

    Raises:
        Statement.DoesNotExist: there is none with this number.
    """
    found = money.explanation(statement_id)
    beats = sorted({line.beat_id for line in found.lines})
    labels = catalog.beat_labels(beats)
    names = {beat: labels[beat].name if beat in labels else f"Beat {beat}, deleted" for beat in beats}
    return OpenedStatement(found, names)
