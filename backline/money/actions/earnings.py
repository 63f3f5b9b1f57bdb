"""The rows of Transactions: made from statements and sales, and moved with the ledger from place to place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from backline.core import locks
from backline.domain.earning_status import Place, status_of
from backline.domain.payable import State
from backline.domain.payout_states import State as AccountState
from backline.domain.references import statement_reference
from backline.listening.calendar import reporting
from backline.money.actions.booking import LOCK
from backline.money.models import Earning, Heir, Hold, PayoutAccount, PayoutProfile, Settlement, Statement
from backline.money.rules import next_month

_PLACES = {
    State.PAYABLE: Place.AVAILABLE,
    State.CARRIED: Place.CARRIED,
    State.NEGATIVE: Place.CARRIED,
    State.HELD: Place.HELD,
    State.EXCLUDED: Place.GONE,
}


def list_statements(*, now: datetime) -> bool:
    """Makes the rows of one chunk of a closed settlement, oldest first; says whether there was one."""
    with transaction.atomic():
        locks.hold(LOCK)
        closed = Settlement.objects.filter(state=Settlement.State.CLOSED, listed__lt=F("chunks"))
        row = closed.order_by("month").first()
        if row is None:
            return False
        found = Statement.objects.filter(settlement=row, chunk=row.listed).defer("packed").order_by("pk")
        _list(row, list(found), now)
        Settlement.objects.filter(pk=row.pk).update(listed=F("listed") + 1)
    return True


def move_rows(
    rows: QuerySet[Earning],
    to: Place,
    *,
    now: datetime,
    begun: bool = False,
    failure: str = "",
    ready: bool = False,
    excluded: bool = False,
) -> None:
    """Says of rows that they are in another place now, and what that means. The ledger is moved by the caller."""
    for debt in (False, True):
        status = status_of(to, debt=debt, ready=ready, failed=bool(failure), begun=begun, excluded=excluded)
        rows.filter(is_debt=debt).update(place=to, status=status, failure=failure, changed_at=now)


def release_held(hold: Hold, *, now: datetime) -> None:
    """Says of the rows of a hold that staff released that they are available. The ledger is moved by the caller."""
    rows = Earning.objects.filter(travels_with=hold.statement_id, place=Place.HELD)
    rows.update(available_on=reporting().today(hold.ended_at or now))
    move_rows(rows, Place.AVAILABLE, now=now)
    restate(hold.artist_id, now=now)


def restate(artist_id: int, *, now: datetime, forget_failures: bool = False) -> None:
    """Says anew of what is available whether it waits for payouts to be set up or for its transfer."""
    rows = Earning.objects.filter(artist=artist_id, place=Place.AVAILABLE)
    if forget_failures:
        rows.update(failure="")
    move_rows(
        rows.filter(failure=""),
        Place.AVAILABLE,
        now=now,
        ready=artist_id in payable_artists([artist_id], now=now),
    )


def payable_artists(artist_ids: Iterable[int], *, now: datetime) -> set[int]:
    """Those of the artists to whom money can be sent now: an account that works, and no 72 hours to wait for."""
    able = payable_accounts(now=now).filter(artist__in=list(artist_ids))
    return set(able.values_list("artist_id", flat=True))


def payable_accounts(*, now: datetime) -> QuerySet[PayoutAccount]:
    """The accounts to which money can be sent now, at most one of an artist."""
    standing = PayoutAccount.objects.filter(ended_at=None, state=AccountState.ACTIVE, artist__revoked_at=None)
    ready = standing.filter(artist__payout_profile__state=PayoutProfile.State.READY)
    return ready.exclude(holds_until__gt=now)


def _list(settlement: Settlement, statements: list[Statement], now: datetime) -> None:
    at = settlement.closed_at or now
    artists = [statement.artist_id for statement in statements]
    heirs = dict(Heir.objects.filter(source__in=artists).values_list("source_id", "into_id"))
    ready = payable_artists([heirs.get(artist, artist) for artist in artists], now=now)
    waiting = _waiting(statements, heirs)
    rows = []
    for statement in statements:
        artist = heirs.get(statement.artist_id, statement.artist_id)
        to = _place(statement)
        able = artist in ready
        _bring_along(statement, waiting[artist, statement.currency], to, now, able, reporting().today(at))
        if row := _row(statement, settlement.month, artist, to, now, able, reporting().today(at)):
            rows.append(row)
    Earning.objects.bulk_create(rows, batch_size=100)
    _drop_expired(settlement, now)
    # Staff may have let go of a hold before its statement was listed.
    for hold in Hold.objects.filter(statement__in=statements, state=Hold.State.RELEASED, ended_in=None):
        release_held(hold, now=now)


def _place(statement: Statement) -> Place:
    place = _PLACES[State(statement.state)]
    return Place.GONE if place is Place.CARRIED and not statement.carried_out_minor else place


def _row(
    statement: Statement, month: date, artist: int, to: Place, now: datetime, ready: bool, on: date
) -> Earning | None:
    brought = statement.earned_minor + statement.bonus_minor + statement.written_off_minor
    if not brought:
        return None
    end = reporting().starts_at(next_month(month) - timedelta(days=1))
    return Earning(
        artist_id=artist,
        currency=statement.currency,
        kind=Earning.Kind.SUBSCRIPTION,
        key=f"statement-{statement.pk}",
        reference=statement_reference(month, statement.currency, statement.pk),
        statement=statement,
        travels_with=statement,
        amount_minor=brought,
        original_minor=statement.earned_minor,
        bonus_minor=statement.bonus_minor,
        at=end,
        available_on=on if to is Place.AVAILABLE else None,
        place=to,
        status=status_of(to, ready=ready, excluded=statement.state == State.EXCLUDED),
        changed_at=now,
    )


def _waiting(statements: list[Statement], heirs: dict[int, int]) -> dict[tuple[int, str], list[Earning]]:
    """Rows of earlier statements that are carried or held, by whose they are."""
    ids = {heirs.get(statement.artist_id, statement.artist_id) for statement in statements}
    found: dict[tuple[int, str], list[Earning]] = defaultdict(list)
    for row in Earning.objects.filter(artist__in=ids, place__in=(Place.CARRIED, Place.HELD)):
        found[row.artist_id, row.currency].append(row)
    return found


def _bring_along(
    statement: Statement, rows: list[Earning], to: Place, now: datetime, ready: bool, on: date
) -> None:
    """Carried and released rows go where this statement goes. One that was left out keeps what was carried to it."""
    if statement.state == State.EXCLUDED:
        to = Place.CARRIED
    come = [
        row.pk
        for row in rows
        if row.place == Place.CARRIED or (row.place == Place.HELD and statement.released_minor)
    ]
    if not come:
        return
    moved = Earning.objects.filter(pk__in=come)
    moved.update(travels_with=statement, available_on=on if to is Place.AVAILABLE else None)
    move_rows(moved, to, now=now, ready=ready)


def _drop_expired(settlement: Settlement, now: datetime) -> None:
    expired = Hold.objects.filter(ended_in=settlement, state=Hold.State.EXPIRED).values("statement")
    rows = Earning.objects.filter(place=Place.HELD, travels_with__in=expired)
    move_rows(rows, Place.GONE, now=now, excluded=True)
