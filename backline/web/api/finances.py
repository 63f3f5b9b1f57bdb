"""An artist's money, for its owners and managers: the reads of the Finances page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from backline.core import clock
from backline.domain.references import statement_reference
from backline.money import queries as money
from backline.people.models import Member
from backline.web import access
from backline.web.api.auth import READ, member_of
from backline.web.api.problems import Problem, ProblemOut
from backline.web.finances.forms import KINDS, TABS
from backline.web.finances.queries import currency_of, finances

router = Router(tags=["Finances"])
ERRORS: dict[int, Any] = {401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut}
MOST_ROWS = 100


class SetupOut(Schema):
    """How payouts stand: the provider's `state`, three lights; `transfers_held_until` after a change."""

    active: bool
    provider: str | None
    state: str
    connected: bool
    charges_enabled: bool
    payouts_enabled: bool
    transfers_held_until: datetime | None
    checked_at: datetime | None


class FinancesOut(Schema):
    """Minor units of `currency`; null while nobody has paid in any. `estimated_micro_units` are millionths of them."""

    currency: str | None
    currencies: list[str]
    setup: SetupOut
    balance_minor: int | None
    queued_minor: int | None
    in_transit_minor: int | None
    lifetime_minor: int | None
    held_minor: int | None
    carried_minor: int | None
    estimated_micro_units: int | None
    next_settlement_on: date | None


class StatementOut(Schema):
    """A month in one currency: the first five amounts add up to the same as the last four."""

    id: int
    reference: str
    month: date
    currency: str
    state: str
    earned_minor: int
    bonus_minor: int
    carried_in_minor: int
    released_minor: int
    written_off_minor: int
    payable_minor: int
    held_minor: int
    carried_out_minor: int
    excluded_minor: int
    beats: int


class StatementList(Schema):
    """All statements, newest month first."""

    items: list[StatementOut]


class TransactionOut(Schema):
    """One movement. `kind` is subscription, exclusive or track; `month` is a statement's, `beat_id` a sale's."""

    key: str
    reference: str
    kind: str
    month: date | None
    beat_id: int | None
    at: datetime
    amount_minor: int
    original_minor: int
    bonus_minor: int
    currency: str
    status: str
    explanation: str


class TransactionList(Schema):
    """A page, newest first, with how many rows each tab has; `pages` is at least 1."""

    items: list[TransactionOut]
    counts: dict[str, int]
    total: int
    page: int
    pages: int


@router.get(
    "/artists/{handle}/finances",
    auth=READ,
    summary="Where an artist's money is",
    response={200: FinancesOut, **ERRORS},
)
def read_finances(request: HttpRequest, handle: str, currency: str = "") -> FinancesOut:
    """Owners and managers only. Without a known `currency` it is the one with most money."""
    found = finances(_member(request, handle), wanted=currency, now=clock.now())
    view = found.money.overview if found.money else None
    estimate = found.money.estimate if found.money else None
    return FinancesOut(
        currency=found.money.currency if found.money else None,
        currencies=found.currencies,
        setup=_setup(found.account, active=found.active),
        balance_minor=view.balance if view else None,
        queued_minor=view.queued if view else None,
        in_transit_minor=view.in_transit if view else None,
        lifetime_minor=view.lifetime if view else None,
        held_minor=view.held if view else None,
        carried_minor=view.carried if view else None,
        estimated_micro_units=estimate.micro_units if estimate else None,
        next_settlement_on=found.next.on,
    )


@router.get(
    "/artists/{handle}/statements",
    auth=READ,
    summary="List the statements of an artist",
    response={200: StatementList, **ERRORS},
)
def list_statements(request: HttpRequest, handle: str) -> StatementList:
    """Owners and managers only."""
    rows = money.statements(_member(request, handle).artist_id)
    return StatementList(items=[_statement(row) for row in rows])


@router.get(
    "/artists/{handle}/transactions",
    auth=READ,
    summary="List the transactions of an artist",
    response={200: TransactionList, **ERRORS},
)
def list_transactions(  # long: each filter is a parameter of the address
    request: HttpRequest,
    handle: str,
    currency: str = "",
    tab: str = "all",
    kind: str = "",
    page: int = 1,
    limit: int = 20,
) -> TransactionList:
    """Owners and managers only. `tab`: all, sales, subscriptions, paid, pending or failed. `limit` is at most 100."""
    member = _member(request, handle)
    if tab not in dict(TABS) or (kind and kind not in KINDS):
        raise Problem(422, "filter", "There is no such tab or kind.")
    if not 1 <= limit <= MOST_ROWS or not 1 <= page <= 100_000:
        raise Problem(422, "limit", f"A page has 1 to {MOST_ROWS} rows; pages are numbered from 1.")
    code = currency_of(money.currencies_of(member.artist_id), currency)
    if not code:
        return TransactionList(items=[], counts=dict.fromkeys(dict(TABS), 0), total=0, page=1, pages=1)
    found = money.transactions(
        member.artist_id, currency=code, now=clock.now(), tab=tab, kind=kind, page=page, size=limit
    )
    return TransactionList(
        items=[_transaction(row) for row in found.rows],
        counts=found.counts,
        total=found.total,
        page=found.page,
        pages=found.pages,
    )


def _member(request: HttpRequest, handle: str) -> Member:
    member = member_of(request, handle)
    access.demand_money(member)
    return member


def _setup(account: money.PayoutAccountView | None, *, active: bool) -> SetupOut:
    return SetupOut(
        active=active,
        provider=account.provider if account else None,
        state=account.state if account else "not_started",
        connected=bool(account and account.connected),
        charges_enabled=bool(account and account.charges_enabled),
        payouts_enabled=bool(account and account.payouts_enabled),
        transfers_held_until=account.holds_until if account else None,
        checked_at=account.checked_at if account else None,
    )


def _statement(row: money.StatementRow) -> StatementOut:
    named = {name: getattr(row, name) for name in StatementOut.model_fields if name != "reference"}
    return StatementOut(reference=statement_reference(row.month, row.currency, row.id or 0), **named)


def _transaction(row: money.TransactionRow) -> TransactionOut:
    same = {name: getattr(row, name) for name in TransactionOut.model_fields if hasattr(row, name)}
    return TransactionOut(at=row.on, explanation=row.sentence, **same)
