"""Which facts of the shop money has not taken in. Their numbers need not come in the order of commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.db.models import Max, Model

from backline.money.models import Booked
from backline.shop.models import Invoice, InvoiceChange
from backline.shop.queries import Change, PaidInvoice, invoice, invoice_changes_after, invoices_after

PORTION = 400
OVERLAP = 1_000
"""How far back a number may appear later than a higher one: transactions that were open at the same time."""


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
    booked = Booked.objects.filter(kind=kind)
    start = max((booked.aggregate(last=Max("source_id"))["last"] or 0) - OVERLAP, 0)
    happened = model._default_manager.filter(**{"pk__gt": start, f"{when}__lte": until})
    waiting = happened.exclude(pk__in=booked.filter(source_id__gt=start).values("source_id"))
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:PORTION])
    if not ids:
        return []
    wanted = set(ids)
    return [fact for fact in after(ids[0] - 1, limit=ids[-1] - ids[0] + 1) if fact.id in wanted]


def _booked_invoice(invoice_id: int) -> PaidInvoice | None:
    if not Booked.objects.filter(kind=Booked.Kind.INVOICE, source_id=invoice_id).exists():
        return None
    return invoice(invoice_id)
