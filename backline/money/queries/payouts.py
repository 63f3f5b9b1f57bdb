"""Where an artist is paid, and how the set-up stands, from our own tables: nothing here waits for a provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backline.core import sql
from backline.domain.payout_states import PROBLEMS, Lights, State
from backline.domain.requirements_text import reason, wanted
from backline.money.countries import Country, countries
from backline.money.models import Payout, PayoutAccount

STALE = timedelta(hours=26)
_NEXT_PAYOUT = """
SELECT arrives_at FROM money_payout WHERE account_id = %s AND state = %s ORDER BY arrives_at LIMIT 1
"""

__all__ = ["Ask", "Country", "PayoutAccountView", "countries", "payout_account"]


@dataclass(frozen=True)
class Ask:
    """Something the provider still asks for, in plain words; `due` is the last day for it."""

    code: str
    text: str
    why: str
    due: date | None
    past_due: bool


@dataclass(frozen=True)
class PayoutAccountView:
    """The payout account as pages show it. `stale`: these are the last known facts, the provider did not answer."""

    id: int
    provider: str
    state: str
    country: str
    lights: Lights
    asks: list[Ask]
    problem: str
    bank_tail: str
    checked_at: datetime | None
    stale: bool
    holds_until: datetime | None
    next_payout_on: date | None

    @property
    def connected(self) -> bool:
        """Details were given."""
        return self.lights.connected

    @property
    def charges_enabled(self) -> bool:
        """It can receive transfers."""
        return self.lights.charges

    @property
    def payouts_enabled(self) -> bool:
        """It can be paid out."""
        return self.lights.payouts

    @property
    def dashboard_possible(self) -> bool:
        """Whether the artist has screens at Stripe to open."""
        return self.provider == PayoutAccount.Provider.STRIPE and self.lights.connected


def payout_account(artist_id: int, *, now: datetime) -> PayoutAccountView | None:
    """The account that has not ended; None: set-up has not begun. Two queries."""
    row = PayoutAccount.objects.filter(artist=artist_id, ended_at=None).first()
    if row is None:
        return None
    stripe = row.provider == PayoutAccount.Provider.STRIPE
    old = row.checked_at is not None and now - row.checked_at > STALE
    holds = row.holds_until if row.holds_until and row.holds_until > now else None
    return PayoutAccountView(
        id=row.pk,
        provider=row.provider,
        state=row.state,
        country=row.country,
        lights=Lights(row.submitted, row.can_receive, row.can_pay_out),
        asks=[_ask(ask) for ask in row.asks],
        problem=_problem(row),
        bank_tail=row.bank_tail,
        checked_at=row.checked_at,
        stale=stripe and (row.check_failed or old),
        holds_until=holds,
        next_payout_on=_next_payout(row),
    )


def _ask(raw: dict[str, object]) -> Ask:
    code, due = str(raw["code"]), raw.get("due")
    words = wanted(code)
    why = str(raw.get("error") or "") or words.why
    day = datetime.fromisoformat(str(due)).date() if due else None
    return Ask(code, words.text, why, day, bool(raw.get("past_due")))


def _problem(row: PayoutAccount) -> str:
    if row.provider == PayoutAccount.Provider.BANK_FILE and row.state == State.PENDING_REVIEW:
        return "Staff confirm the bank details, usually within two working days."
    said = next((words for code in row.reasons if (words := reason(code))), "")
    return said if row.state == State.RESTRICTED and said else PROBLEMS[State(row.state)]


def _next_payout(row: PayoutAccount) -> date | None:
    found = sql.rows(_NEXT_PAYOUT, row.pk, Payout.State.PENDING)
    return found[0][0].date() if found else None
