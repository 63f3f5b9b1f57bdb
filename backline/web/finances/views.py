"""Finances: the page, its transactions as a table, and the drawers behind its figures."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.core.paging import page_of
from backline.listening.calendar import reporting
from backline.money import queries as money
from backline.money.rules import month_of, pool_rule
from backline.people.models import Member
from backline.web import access, viewer
from backline.web.finances import queries, texts
from backline.web.finances.earnings import earnings
from backline.web.finances.forms import KINDS, TABS, TransactionFilter
from backline.web.finances.state import State, state_of
from backline.web.numbers import page_in
from backline.web.payout_setup.forms import country_groups
from backline.web.render import page
from backline.web.sections import Failed, attempt
from backline.web.tables import Cell, amount_cell, csv_answer

STATEMENTS = 24
CARDS = {
    "balance": (
        "Balance",
        "Held, below the minimum, in the holding days of sales, returned by the bank, or free",
    ),
    "queued": ("Upcoming", "Queued for the next transfer"),
    "transit": ("In Transit", "Being sent, in your Stripe balance, or on the way to your bank"),
    "lifetime": ("Lifetime", "Arrived at your bank"),
}
COLUMNS = (
    *("reference", "type", "what", "period_from", "period_until", "at", "status", "explanation"),
    *("original_amount", "bonus", "amount", "currency"),
)


@require_safe
@access.artist_page("Finances")
def finances(request: HttpRequest, member: Member) -> HttpResponse:
    """Set-up of payouts or, once it is done, where the money is and every movement of it."""
    access.demand_money(member)
    form, state, now = *_asked(request, member), clock.now()
    if request.headers.get("HX-Target", "") == State.LIST:
        return _list_alone(request, member, state)
    read = functools.partial(queries.finances, member, wanted=state.currency, now=now)
    found = attempt(request, "finances", read, of=(member.pk, state.currency))
    shown: dict[str, Any] = {
        "listed": None,
        "earned": None,
        "beside": [],
        "title": "Finances",
        "countries": [],
    }
    if isinstance(found, queries.Finances):
        shown |= {"title": queries.finding(found), **_sections(request, member, state, found)}
        shown["countries"] = country_groups() if found.asks_country else []
    words = _words(found, month_of(reporting().today(now)))
    return page(request, "finances/page.html", found=found, form=form, state=state, **words, **shown)


@require_safe
@access.artist_page("Finances")
def transactions_csv(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Every transaction that fits the filters, newest first."""
    access.demand_money(member)
    _, state = _asked(request, member)
    code = queries.currency_of(money.currencies_of(member.artist_id), state.currency)
    filters = money.Filters(**state.narrowing())
    found = money.every_transaction(member.artist_id, currency=code, now=clock.now(), filters=filters)
    return csv_answer(f"{member.artist.handle}-transactions.csv", COLUMNS, _lines(found))


@require_safe
@access.artist_page("Finances")
def entries(request: HttpRequest, member: Member, card: str) -> HttpResponse:
    """The transactions that a card of the overview sums."""
    access.demand_money(member)
    _, state = _asked(request, member)
    sums = money.sums_of(member.artist_id)
    code = queries.currency_of(money.currencies_in(sums), state.currency)
    if card not in CARDS or not code:
        raise Http404
    found = money.transactions(
        member.artist_id,
        currency=code,
        now=clock.now(),
        card=card,
        page=state.page,
        size=state.size,
        sums=sums,
    )
    here = f"{request.path}?artist={member.artist.handle}&currency={code}&page="
    return page(
        request, "finances/entries.html", title=CARDS[card][0], sums=CARDS[card][1], page=found, code=code,
        sum_minor=money.card_in(sums, code, card), here=here,
    )  # fmt: skip


@require_safe
@access.artist_page("Finances")
def how(request: HttpRequest, member: Member, key: str) -> HttpResponse:
    """How a sale's or a refund's amount came about."""
    access.demand_money(member)
    found = money.transaction(member.artist_id, key, now=clock.now())
    if found is None or found.row.statement_id:
        raise Http404
    return page(request, "finances/sale_how.html", found=found, code=found.row.currency)


@require_safe
@access.artist_page("Finances")
def statements(request: HttpRequest, member: Member) -> HttpResponse:
    """All statements, newest first, two years of one currency a page."""
    access.demand_money(member)
    found = money.statements(member.artist_id)
    here = page_of(len(found), page=page_in(request.GET), size=STATEMENTS)
    rows = found[here.start : here.stop]
    statuses = money.statement_statuses([row.id for row in rows if row.id])
    return page(
        request, "finances/all_statements.html", rows=rows, statuses=statuses, total=len(found),
        since=found[-1].month if found else None, here=here,
    )  # fmt: skip


def _list_alone(request: HttpRequest, member: Member, state: State) -> HttpResponse:
    """What htmx puts in place of the list; nothing else is read."""
    sums = money.sums_of(member.artist_id)
    code = queries.currency_of(money.currencies_in(sums), state.currency)
    listed = _listed(request, member, state, code, sums)
    return page(request, "finances/page.html", listed=listed, state=state, tabs=TABS, kinds=KINDS)


def _listed(
    request: HttpRequest, member: Member, state: State, code: str, sums: list[money.RowSum]
) -> queries.Transactions | Failed | None:
    def read() -> queries.Transactions | None:
        return queries.transactions(member.artist_id, state, currency=code, sums=sums, now=clock.now())

    return attempt(request, "transactions", read, of=(member.artist_id, code, *sorted(state.asked.items())))


def _words(found: queries.Finances | Failed, month: date) -> dict[str, Any]:
    """What the page says whatever the figures are: names of tabs and kinds, the rules in words."""
    known = found.money if isinstance(found, queries.Finances) else None
    rule = pool_rule(month)
    works = texts.works(rule, currency=known.currency if known else "")
    return {"tabs": TABS, "kinds": KINDS, "streams": texts.streams(rule), "works": works}


def _sections(request: HttpRequest, member: Member, state: State, found: queries.Finances) -> dict[str, Any]:
    """What stands under the overview."""
    code = found.money.currency if found.money else ""
    estimate = found.money.estimate if found.money else None
    listed = _listed(request, member, state, code, found.sums)
    if not code:
        return {"listed": listed}
    earned = attempt(
        request,
        "earnings",
        lambda: earnings(member.artist_id, currency=code, now=found.now, estimate=estimate),
        of=(member.artist_id, code),
    )
    return {"listed": listed, "earned": earned, "beside": queries.others(found)}


def _asked(request: HttpRequest, member: Member) -> tuple[TransactionFilter, State]:
    form = TransactionFilter(request.GET)
    return form, state_of(form, artist=member.artist.handle, zone=viewer.person(request).zone_info)


def _lines(rows: Iterator[money.TransactionRow]) -> Iterator[list[Cell]]:
    for row in rows:
        code = row.currency
        first, last = row.period_first, row.period_last
        yield [
            *(row.reference, KINDS[row.kind], row.what),
            *(first.isoformat(), last.isoformat()),
            *(row.on.isoformat(), row.status, row.sentence),
            *(amount_cell(each, code) for each in (row.original_minor, row.bonus_minor, row.amount_minor)),
            code,
        ]
