"""What staff see of the payment provider: its balance, what has no match, transfers, payout details to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from backline.core.paging import page_of
from backline.money.actions.reconciling import LOOKED_AT
from backline.money.models import (
    BalanceLine,
    BankFile,
    PayoutAccount,
    ProviderEvent,
    ProviderFunds,
    ProviderPoll,
    Transfer,
)

SHOWN, PER_PAGE = 100, 50
STATES = tuple(state.value for state in Transfer.State)


@dataclass(frozen=True)
class Unmatched:
    """A balance transaction that is nothing of ours, as far as we know. `note`: why it was not matched."""

    id: int
    external_id: str
    kind: str
    source: str
    amount_minor: int
    currency: str
    at: datetime
    note: str


@dataclass(frozen=True)
class FundsRow:
    """The platform's balance in a currency, when it was last asked for."""

    currency: str
    available_minor: int
    pending_minor: int
    at: datetime


@dataclass(frozen=True)
class ProviderState:
    """The provider's books beside ours. `failed` events were tried often enough and wait for staff."""

    funds: list[FundsRow]
    unmatched: list[Unmatched]
    unmatched_count: int
    matched: int
    looked_at: datetime | None
    waiting: int
    failed: list[ProviderEvent]


@dataclass(frozen=True)
class TransferRow:
    """One transfer for staff."""

    id: int
    artist_name: str
    handle: str
    provider: str
    amount_minor: int
    currency: str
    state: str
    note: str
    attempts: int
    external_id: str
    queued_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class TransferList:
    """Transfers of a state, newest first, with the count of each state."""

    rows: list[TransferRow]
    counts: dict[str, int]
    page: int
    pages: int


@dataclass(frozen=True)
class BankDesk:
    """The manual bank file: details to confirm, how many transfers wait for a file, the files."""

    unconfirmed: list[PayoutAccount]
    queued: int
    files: list[BankFile]


def provider_state() -> ProviderState:
    """Six queries, whatever the number of rows."""
    open_ = BalanceLine.objects.filter(match=None, settled_at=None).order_by("-happened_at", "-pk")
    looked = ProviderPoll.objects.filter(what=LOOKED_AT).first()
    failed = ProviderEvent.objects.filter(next_at=None, handled_at=None).order_by("-received_at")
    return ProviderState(
        funds=[
            FundsRow(row.currency, row.available_minor, row.pending_minor, row.at)
            for row in ProviderFunds.objects.order_by("currency")
        ],
        unmatched=[_unmatched(line) for line in open_[:SHOWN]],
        unmatched_count=open_.count(),
        matched=BalanceLine.objects.filter(match__isnull=False).count(),
        looked_at=looked.through if looked else None,
        waiting=ProviderEvent.objects.filter(next_at__isnull=False).count(),
        failed=list(failed.defer("raw")[:SHOWN]),
    )


def transfer_list(*, state: str = "", search: str = "", page: int = 1) -> TransferList:
    """A page of transfers; `search` is in the artist's name or handle, or the beginning of Stripe's id."""
    found = Transfer.objects.all()
    if search:
        names = Q(artist__name__icontains=search) | Q(artist__handle__icontains=search)
        found = found.filter(names | Q(external_id__startswith=search))
    sums = dict(found.order_by().values_list("state").annotate(Count("pk")))
    counts = {"all": sum(sums.values()), **{name: sums.get(name, 0) for name in STATES}}
    some = found.filter(state=state) if state in STATES else found
    here = page_of(counts[state if state in STATES else "all"], page=page, size=PER_PAGE)
    return TransferList(_rows(some, here.start, here.stop), counts, here.number, here.pages)


def bank_desk() -> BankDesk:
    """What the manual bank file asks of staff."""
    details = PayoutAccount.objects.filter(provider="bank_file", ended_at=None, confirmed_at=None)
    queued = Transfer.objects.filter(state=Transfer.State.QUEUED, account__provider="bank_file")
    standing = ~Q(transfers__state=Transfer.State.FAILED)
    files = BankFile.objects.annotate(count=Count("transfers", filter=standing)).order_by("-pk")
    return BankDesk(
        list(details.select_related("artist").order_by("created_at")), queued.count(), list(files[:SHOWN])
    )


def _rows(found: QuerySet[Transfer], start: int, stop: int) -> list[TransferRow]:
    some = found.select_related("artist", "account").annotate(tried=Count("attempts")).order_by("-pk")
    return [
        TransferRow(
            id=row.pk,
            artist_name=row.artist.name,
            handle=row.artist.handle,
            provider=row.account.provider,
            amount_minor=row.amount_minor,
            currency=row.currency,
            state=row.state,
            note=row.note,
            attempts=row.tried,
            external_id=row.external_id or "",
            queued_at=row.queued_at,
            sent_at=row.sent_at,
        )
        for row in some[start:stop]
    ]


def _unmatched(line: BalanceLine) -> Unmatched:
    return Unmatched(
        line.pk,
        line.external_id,
        line.kind,
        line.source,
        line.amount_minor,
        line.currency,
        line.happened_at,
        line.note,
    )
