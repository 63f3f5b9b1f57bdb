"""Taking in subscriptions, invoices and what went back of them, as Stripe says they are now."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.domain.going_back import parts_going_back
from backline.domain.invoice_parts import Parts, PlanLine, invoice_parts
from backline.integrations.stripe import billing as stripe
from backline.integrations.stripe.client import Credentials
from backline.listening.calendar import reporting
from backline.people.models import Account
from backline.shop.actions.billing.starting import FEE, plan_prices
from backline.shop.actions.invoices import (
    left_of,
    record_invoice,
    record_invoice_dispute,
    record_invoice_refund,
)
from backline.shop.actions.plans import end_subscription, start_subscription
from backline.shop.actions.sales import record_sale_dispute, record_sale_refund
from backline.shop.models import (
    Checkout,
    Customer,
    Invoice,
    InvoiceChange,
    Plan,
    PlanPrice,
    Sale,
    SaleChange,
    Subscription,
)

RUNNING = ("active", "trialing", "past_due", "unpaid")
OVERDUE = ("past_due", "unpaid")


class CannotTake(Exception):
    """Something of it is not known here; the message says what. It is tried again."""


def look_at_checkout(to: Credentials, external_id: str, *, now: datetime) -> None:
    """Takes in how a visit to the hosted page ended, with its subscription. Raises StripeProblem, CannotTake."""
    row = Checkout.objects.filter(external_id=external_id, state=Checkout.State.OPEN).first()
    if row is None:
        return
    session = stripe.retrieve_checkout(to, external_id)
    if session.state == "complete" and session.subscription:
        held = look_at_subscription(to, session.subscription, now=now)
        Checkout.objects.filter(pk=row.pk).update(
            state=Checkout.State.COMPLETE, subscription=held, ended_at=now
        )
    elif session.state == "expired":
        Checkout.objects.filter(pk=row.pk).update(state=Checkout.State.EXPIRED, ended_at=now)


def look_at_subscription(to: Credentials, external_id: str, *, now: datetime) -> Subscription | None:
    """Takes in a subscription; None when it is not ours, or was never paid. Raises StripeProblem, CannotTake."""
    held = stripe.retrieve_subscription(to, external_id)
    known = Subscription.objects.filter(external_id=external_id).first()
    if known is None:
        account = _account(held)
        if account is None or held.state not in (*RUNNING, "canceled"):
            return None
        known = start_subscription(
            account,
            plan=_plan(to, held),
            currency=held.currency,
            external_id=external_id,
            now=held.started_at,
        )
    _follow(known, held, now)
    return known


def look_at_bill(to: Credentials, external_id: str, *, now: datetime) -> Invoice | None:
    """Takes in a paid invoice of a plan; one that is not marks its subscription. Raises StripeProblem, CannotTake."""
    known = Invoice.objects.filter(external_id=external_id).first()
    if known is not None:
        return known
    bill = stripe.retrieve_bill(to, external_id)
    held = look_at_subscription(to, bill.subscription, now=now) if bill.subscription else None
    if held is None or bill.state != "paid" or bill.paid_at is None:
        return None
    parts = _parts(to, bill)
    if parts is None:
        return None
    first = reporting().today(parts.first_at)
    return record_invoice(
        held,
        external_id=external_id,
        paid_at=bill.paid_at,
        period_start=first,
        period_end=max(reporting().today(parts.end_at), first + timedelta(days=1)),
        plan_net_minor=parts.plan,
        fee_minor=parts.fee,
        tax_minor=parts.tax,
        payment=bill.payment,
    )


def look_at_refund(to: Credentials, external_id: str, *, now: datetime) -> None:
    """Takes in a refund that was made, and earlier ones of the same payment: their order decides over single cents.

    Raises:
        StripeProblem, CannotTake
    """
    back = stripe.retrieve_refund(to, external_id)
    for each in stripe.refunds_of(to, back.charge) if back.charge else [back]:
        _gone_back(to, each, lost=False, now=now)


def look_at_dispute(to: Credentials, external_id: str, *, now: datetime) -> None:
    """Takes in a lost dispute; one that is open or was won changes nothing. Raises StripeProblem, CannotTake."""
    _gone_back(to, stripe.retrieve_dispute(to, external_id), lost=True, now=now)


def _gone_back(to: Credentials, back: stripe.GoneBack, *, lost: bool, now: datetime) -> None:
    known = InvoiceChange.objects.filter(external_id=back.id).exists()
    if known or SaleChange.objects.filter(external_id=back.id).exists():
        return
    if back.state != ("lost" if lost else "succeeded") or not back.payment:
        return
    if sale := Sale.objects.filter(payment=back.payment).first():
        _sale_back(sale, back, lost)
        return
    invoice = Invoice.objects.filter(payment=back.payment).first() or _bill_of(to, back.payment, now)
    if invoice is not None:
        _invoice_back(invoice, back, lost)


def _bill_of(to: Credentials, payment: str, now: datetime) -> Invoice | None:
    """The invoice of a payment whose own event has not come yet."""
    external_id = stripe.bill_of_payment(to, payment)
    return look_at_bill(to, external_id, now=now) if external_id else None


def _invoice_back(invoice: Invoice, back: stripe.GoneBack, lost: bool) -> None:
    paid = (invoice.plan_net_minor, invoice.fee_minor, invoice.tax_minor)
    left = left_of(invoice)
    if not 0 < back.amount_minor <= sum(left):
        raise CannotTake(f"{back.amount_minor} went back of {invoice}, {sum(left)} is left")
    plan, fee, tax = parts_going_back(back.amount_minor, paid=paid, left=left)
    if plan == 0:
        raise CannotTake(f"{back.id} takes nothing of the plan line of {invoice}")
    record = record_invoice_dispute if lost else record_invoice_refund
    record(invoice, external_id=back.id, amount_minor=plan, fee_minor=fee, tax_minor=tax, at=back.at)


def _sale_back(sale: Sale, back: stripe.GoneBack, lost: bool) -> None:
    """The price goes back first; what is more than it comes from the fee."""
    gone = SaleChange.objects.filter(sale=sale).values_list("amount_minor", "fee_minor")
    price = sale.list_price_minor - sum(amount for amount, _ in gone)
    amount = min(back.amount_minor, price)
    if amount == 0:
        raise CannotTake(f"{back.id} takes back what {sale} did not bring")
    if lost:
        record_sale_dispute(sale, external_id=back.id, amount_minor=amount, at=back.at)
    else:
        fee = min(back.amount_minor - amount, sale.fee_minor - sum(fee for _, fee in gone))
        record_sale_refund(sale, external_id=back.id, amount_minor=amount, fee_returned_minor=fee, at=back.at)


def _follow(known: Subscription, held: stripe.Held, now: datetime) -> None:
    overdue = (known.overdue_since or now) if held.state in OVERDUE else None
    changed = {"overdue_since": overdue, "ends_at": held.cancels_at}
    price = PlanPrice.objects.filter(price_id=held.price).first() if held.price else None
    if price is not None and price.plan_id != known.plan_id:
        changed["plan_id"] = price.plan_id  # type: ignore[assignment]
    Subscription.objects.filter(pk=known.pk).update(**changed)
    if held.state in ("canceled", "incomplete_expired") or held.ended_at:
        end_subscription(known, now=held.ended_at or now)


def _account(held: stripe.Held) -> Account | None:
    customer = Customer.objects.filter(external_id=held.customer).select_related("account").first()
    if customer is not None:
        return customer.account
    number = held.metadata.get("backline_account", "")
    return Account.objects.filter(pk=int(number)).first() if number.isdigit() else None


def _plan(to: Credentials, held: stripe.Held) -> Plan:
    """The plan of its price; of a price that the plan has no longer, the plan that Checkout was opened for."""
    prices = PlanPrice.objects.select_related("plan")
    found = prices.filter(price_id=held.price).first()
    if found is None:
        for price in prices.filter(price_id="", amount_minor__gt=0):
            plan_prices(to, price)
        found = prices.filter(price_id=held.price).first()
    number = held.metadata.get("backline_plan", "")
    plan = found.plan if found else Plan.objects.filter(pk=int(number)).first() if number.isdigit() else None
    if plan is None:
        raise CannotTake(f"the price {held.price} is of no plan here")
    return plan


def _fees(to: Credentials, bill: stripe.Bill) -> set[str]:
    """The prices that are the platform's fee. Stripe is asked about those that a plan had before."""
    now = PlanPrice.objects.values_list("price_id", "fee_price_id")
    plans, fees = {plan for plan, _ in now}, {fee for _, fee in now if fee}
    earlier = {line.price for line in bill.lines if line.price} - plans - fees
    return fees | {price for price in earlier if stripe.lookup_of(to, price).endswith(FEE)}


def _parts(to: Credentials, bill: stripe.Bill) -> Parts | None:
    fees = _fees(to, bill)
    lines = [
        PlanLine(line.net_minor, line.price in fees, line.proration, line.first_at, line.end_at)
        for line in bill.lines
    ]
    return invoice_parts(lines, tax=bill.tax_minor, paid=bill.paid_minor)
