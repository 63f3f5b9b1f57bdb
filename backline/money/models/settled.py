"""Settlements with their statements, what is kept for artists, and who can be paid."""

from __future__ import annotations

from django.db import models

from backline.domain.payable import State
from backline.people.models import Account, Artist


class PayoutProfile(models.Model):
    """Whether an artist can be paid. An artist without a row is not set up."""

    class State(models.TextChoices):
        NONE = "none", "Not set up"
        PENDING = "pending", "Being checked"
        READY = "ready", "Ready"

    artist = models.OneToOneField(Artist, on_delete=models.PROTECT, related_name="payout_profile")
    state = models.CharField(max_length=8, choices=State, default=State.NONE)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.artist_id}: {self.state}"


class Settlement(models.Model):
    """The settlement of a month. Its statements are computed, then posted chunk by chunk, then it is closed."""

    class State(models.TextChoices):
        COMPUTING = "computing", "Computing"
        POSTING = "posting", "Posting"
        CLOSED = "closed", "Closed"

    month = models.DateField(unique=True)
    rule = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=State, default=State.COMPUTING)
    digest = models.CharField(max_length=64, help_text="Of everything that its statements say.")
    chunks = models.PositiveIntegerField()
    posted = models.PositiveIntegerField(default=0, help_text="Chunks in the ledger.")
    listed = models.PositiveIntegerField(
        default=0, help_text="Chunks whose statements are rows of Transactions."
    )
    started_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.state}"


class Statement(models.Model):
    """What one artist gets of one settlement in one currency.

    earned + bonus + carried_in + released + written_off = payable + held + carried_out + excluded, in minor units.
    `packed` are its lines: of which month, which beat, micro-units, minor units. `chunk` is posted as one.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="statements")
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="statements")
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=[(state.value, state.name.title()) for state in State])
    micro_units = models.BigIntegerField()
    earned_minor = models.BigIntegerField()
    bonus_minor = models.BigIntegerField(default=0)
    carried_in_minor = models.BigIntegerField(default=0)
    released_minor = models.BigIntegerField(default=0)
    written_off_minor = models.BigIntegerField(default=0)
    excluded_minor = models.BigIntegerField(default=0)
    held_minor = models.BigIntegerField(default=0)
    carried_out_minor = models.BigIntegerField(default=0)
    payable_minor = models.BigIntegerField(default=0)
    negative_since = models.DateField(null=True)
    beats = models.PositiveIntegerField()
    packed = models.BinaryField()
    chunk = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "artist", "currency"], name="one_statement_a_currency"
            ),
        ]
        indexes = [
            models.Index(fields=["artist", "currency", "-id"], name="statement_by_artist"),
            models.Index(fields=["settlement", "chunk"], name="statement_by_chunk"),
        ]

    def __str__(self) -> str:
        return f"{self.artist_id} {self.currency} in {self.settlement_id}"


class Hold(models.Model):
    """What a statement kept for an artist who was not set up. It ends once: released, or expired."""

    class State(models.TextChoices):
        HELD = "held", "Held"
        RELEASED = "released", "Released"
        EXPIRED = "expired", "Expired"

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="hold")
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="holds")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.HELD)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_in = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, related_name="ended_holds")
    ended_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="hold_above_zero")]
        indexes = [models.Index(fields=["state", "artist"], name="hold_by_state")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} for {self.artist_id}: {self.state}"


class SaleHold(models.Model):
    """An artist's part of a direct sale until its holding days are over, less what was refunded meanwhile.

    `part` numbers the parts of a sale that a share table divides; a sale that none divides has part 0 alone.
    """

    class State(models.TextChoices):
        HELD = "held", "Held"
        AVAILABLE = "available", "Available"

    sale_id = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="sale_holds")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State, default=State.HELD)
    sold_at = models.DateTimeField()
    available_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "available_at"], name="sale_hold_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["sale_id", "part"], name="sale_part_once"),
            models.UniqueConstraint(fields=["sale_id", "artist"], name="one_part_per_artist"),
        ]

    def __str__(self) -> str:
        return f"sale {self.sale_id}: {self.amount_minor} {self.currency}"


class Heir(models.Model):
    """The money of `source`, an artist that was merged into another, goes to `into` from `at` on."""

    source = models.OneToOneField(Artist, on_delete=models.PROTECT, related_name="money_heir")
    into = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="money_inherited")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source_id} into {self.into_id}"
