"""The shop: plans and who holds them, what was paid for them, sales of beats, licences.

Amounts are minor units of the row's currency. `external_id` is the provider's name of a thing; it makes each record
possible once. The shop gives facts; where money goes is decided in `money`.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from backline.catalog.models import Beat
from backline.domain.currencies import MINOR_DIGITS
from backline.people.models import Artist


def demand_currency(code: str) -> None:
    """Lets pass codes of currencies that people are paid in: for forms; actions check by themselves."""
    if code not in MINOR_DIGITS:
        raise ValidationError(f"{code} is not a currency code such as EUR.")


class Plan(models.Model):
    """What a listener may subscribe to, by the month."""

    name = models.CharField(max_length=40, unique=True)
    licences_a_month = models.PositiveIntegerField(
        null=True, blank=True, help_text="Empty: as many as wanted."
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PlanPrice(models.Model):
    """A month's price of a plan in one currency. A plan without prices is free."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="prices")
    currency = models.CharField(max_length=3, validators=[demand_currency])
    amount_minor = models.PositiveBigIntegerField(
        help_text="In the currency's smallest unit: 1200 is 12.00 EUR."
    )
    price_id = models.CharField(max_length=120, blank=True, help_text="Stripe's name of the plan's part.")
    fee_price_id = models.CharField(max_length=120, blank=True, help_text="Stripe's name of the fee's part.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "currency"], name="one_price_per_currency")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.amount_minor} {self.currency}"


class Subscription(models.Model):
    """An account holds a plan from `started_at` until `ended_at`.

    `overdue_since`: its last invoice was not paid. `ends_at`: it was cancelled, and runs until then.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscriptions"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="subscriptions")
    currency = models.CharField(max_length=3)
    external_id = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    overdue_since = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account_id} holds {self.plan_id}"


class Customer(models.Model):
    """An account as Stripe knows it."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stripe_customer"
    )
    external_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)
    """When Stripe was told to forget it, after its account was deleted."""

    def __str__(self) -> str:
        return self.external_id


class Checkout(models.Model):
    """One visit to the hosted page that starts a plan. It ends complete, with the subscription, or expired."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        COMPLETE = "complete", "Complete"
        EXPIRED = "expired", "Expired"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checkouts")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    external_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-started_at"], name="checkout_by_account")]

    def __str__(self) -> str:
        return self.external_id


class Invoice(models.Model):
    """A paid invoice. Its service period runs from `period_start` up to, not including, `period_end`."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="invoices")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    paid_at = models.DateTimeField()
    period_start = models.DateField()
    period_end = models.DateField()
    plan_net_minor = models.PositiveBigIntegerField(
        help_text="Paid for the plan line, after discounts, credits and proration; without platform fee and tax."
    )
    fee_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    payment = models.CharField(max_length=120, blank=True, help_text="The provider's name of the payment.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="invoice_serves_a_day")
        ]
        indexes = [models.Index(fields=["period_end", "period_start"], name="invoice_by_period")]

    def __str__(self) -> str:
        return self.external_id


class ChangeKind(models.TextChoices):
    """Why paid money went back. A dispute is recorded when it is lost; one that was won changes nothing."""

    REFUND = "refund", "Refund"
    DISPUTE = "dispute", "Lost dispute"


class InvoiceChange(models.Model):
    """Part of an invoice's plan line that went back to the payer, and what of fee and tax went with it."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    external_id = models.CharField(max_length=120, unique=True)
    amount_minor = models.PositiveBigIntegerField()
    fee_minor = models.PositiveBigIntegerField(default=0)
    tax_minor = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="invoice_change_above_zero")
        ]

    def __str__(self) -> str:
        return self.external_id


class Sale(models.Model):
    """A licence bought directly: exclusive, or a track purchase. `reversed_at`: all of its price went back."""

    class Kind(models.TextChoices):
        EXCLUSIVE = "exclusive", "Exclusive sale"
        TRACK = "track", "Track sale"

    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="sales")
    artist = models.ForeignKey(
        Artist, on_delete=models.PROTECT, related_name="sales", help_text="The seller."
    )
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="purchases")
    kind = models.CharField(max_length=9, choices=Kind)
    external_id = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    list_price_minor = models.PositiveBigIntegerField()
    fee_minor = models.PositiveBigIntegerField()
    payment = models.CharField(max_length=120, blank=True, help_text="The provider's name of the payment.")
    buyer_country = models.CharField(
        max_length=2, blank=True, help_text="Of the card that paid; empty: unknown."
    )
    sold_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(list_price_minor__gt=0), name="sale_price_above_zero"),
            models.UniqueConstraint(
                fields=["beat"], condition=Q(kind="exclusive", reversed_at=None), name="one_exclusive_sale"
            ),
        ]
        indexes = [
            models.Index(fields=["artist", "sold_at"], name="sale_by_artist"),
            models.Index(fields=["sold_at"], name="sale_by_time"),
        ]

    def __str__(self) -> str:
        return self.external_id


class SaleChange(models.Model):
    """Part of a sale's list price that went back to the buyer, and what of the platform fee went with it."""

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    external_id = models.CharField(max_length=120, unique=True)
    amount_minor = models.PositiveBigIntegerField()
    fee_minor = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="sale_change_above_zero")]

    def __str__(self) -> str:
        return self.external_id


class Licence(models.Model):
    """An account may use a beat since `issued_at`; `sale` when it was bought."""

    class Kind(models.TextChoices):
        STANDARD = "standard", "Standard licence"
        TRACK = "track", "Track licence"
        EXCLUSIVE = "exclusive", "Exclusive licence"

    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="licences")
    artist = models.ForeignKey(
        Artist, on_delete=models.PROTECT, related_name="licences", help_text="Who granted it."
    )
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=9, choices=Kind)
    sale = models.OneToOneField(Sale, on_delete=models.PROTECT, null=True, related_name="licence")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["beat", "account", "kind"], condition=Q(revoked_at=None), name="one_standing_licence"
            )
        ]
        indexes = [models.Index(fields=["artist", "issued_at"], name="licence_by_artist")]

    def __str__(self) -> str:
        return f"{self.account_id} may use {self.beat_id}: {self.kind}"
