"""Which facts of the shop money has not taken in. Their numbers need not come in the order of commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.db.models import Model

from backline.core import sql
from backline.money.models import Booked
from backline.shop.models import Invoice, InvoiceChange
from backline.shop.queries import Change, PaidInvoice, invoice, invoice_changes_after, invoices_after

PORTION = 400
OVERLAP = 1_000
"""How far back a number may appear later than a higher one: transactions that were open at the same time."""


# Asked again and again while nothing is waiting: see core/sql.py for why the ORM does not build it.
_LAST = "SELECT MAX(source_id) FROM money_booked WHERE kind = %s"
_WAITING = """
SELECT fact.id FROM {facts} fact WHERE fact.id > %s AND fact.{when} <= %s
  AND NOT EXISTS (SELECT 1 FROM money_booked booked WHERE booked.kind = %s AND booked.source_id = fact.id)
ORDER BY fact.id LIMIT %s
"""


class Numbered(Protocol):
    """A fact of the shop."""

    @property
    def id(self) -> int: ...


Fact = TypeVar("Fact", bound=Numbered)


@dataclass(frozen=True)
class Unbooked:
    """Facts in their order, and the invoices that changes are about."""

    invoices: list[PaidInvoice]
    changes: list[Change]
    subjects: dict[int, PaidInvoice]

    def __bool__(self) -> bool:
        return bool(self.invoices or self.changes)


def unbooked(*, until: datetime) -> Unbooked:
    """Invoices paid and changes made until then. A change waits until its invoice is booked."""
    invoices = missing(Booked.Kind.INVOICE, Invoice, "paid_at", invoices_after, until=until)
    changes: list[Change] = []
    subjects: dict[int, PaidInvoice] = {row.id: row for row in invoices}
    kind = Booked.Kind.INVOICE_CHANGE
    for change in missing(kind, InvoiceChange, "at", invoice_changes_after, until=until):
        subject = subjects.get(change.subject_id) or _booked_invoice(change.subject_id)
        if subject is not None:
            subjects[subject.id] = subject
            changes.append(change)
    return Unbooked(invoices, changes, subjects)


def missing(
    kind: Booked.Kind,
    model: type[Model],
    when: str,
    after: Callable[..., Sequence[Fact]],
    *,
    until: datetime,
) -> list[Fact]:
    """A portion of the facts that happened until then and have no row in `Booked`, in order."""
    last = sql.rows(_LAST, kind.value)[0][0] or 0
    statement = _WAITING.format(facts=model._meta.db_table, when=when)
    ids = [n for (n,) in sql.rows(statement, max(last - OVERLAP, 0), until, kind.value, PORTION)]
    if not ids:
        return []
    wanted = set(ids)
    return [fact for fact in after(ids[0] - 1, limit=ids[-1] - ids[0] + 1) if fact.id in wanted]


def _booked_invoice(invoice_id: int) -> PaidInvoice | None:
    if not Booked.objects.filter(kind=Booked.Kind.INVOICE, source_id=invoice_id).exists():
        return None
    return invoice(invoice_id)
