"""What Stripe says: the inbox of its events, how far it was read, its balance transactions with their match."""

from __future__ import annotations

from django.db import models


class ProviderEvent(models.Model):
    """An event, stored once under its id before anybody acts on it. `raw` is what came in."""

    external_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=120)
    subject = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=120, blank=True)
    raw = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, help_text="When it is handled, or tried again; empty: done.")
    handled_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="provider_event_by_next")]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class ProviderPoll(models.Model):
    """How far something of Stripe was read: everything until `through` has been seen."""

    BALANCE = "balance transactions"
    """How far Stripe's books were taken in; there is none until the first look was whole."""

    what = models.CharField(max_length=40, unique=True)
    through = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} through {self.through:%Y-%m-%d %H:%M}"


class BalanceLine(models.Model):
    """A balance transaction of the platform's account at Stripe, and the one thing of ours that it is.

    `match` names that: `invoice:12`, `transfer:7`. Empty: nothing was found, and staff look at it, until `settled_at`.
    """

    external_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=120, blank=True)
    payment = models.CharField(max_length=120, blank=True)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    happened_at = models.DateTimeField()
    match = models.CharField(max_length=60, null=True, unique=True)
    note = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, help_text="When staff said that it is explained.")

    class Meta:
        indexes = [
            models.Index(fields=["match", "happened_at"], name="balance_line_by_match"),
            models.Index(fields=["source"], name="balance_line_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}: {self.match or 'unmatched'}"


class ProviderFunds(models.Model):
    """What the platform's balance at Stripe held when it was last asked, and what was owed to others then."""

    currency = models.CharField(max_length=3, unique=True)
    available_minor = models.BigIntegerField()
    pending_minor = models.BigIntegerField()
    owed_minor = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.available_minor} + {self.pending_minor} {self.currency}"
