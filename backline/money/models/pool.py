"""The pool, day by day: what was paid for it, what weighed, and how it was divided.

Days are reporting days, months their first day. `packed` columns are written by `money.packed`; `digest` is their
SHA-256 before compression.
"""

from __future__ import annotations

from django.db import models

from backline.domain.pool_rules import RULES
from backline.people.models import Account


class PoolRuleStart(models.Model):
    """From `from_month` on the pool is divided by `rule`. Rows of months that have begun never change."""

    rule = models.CharField(max_length=16, choices=[(rule.key, rule.name) for rule in RULES.values()])
    from_month = models.DateField(unique=True)
    set_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule} from {self.from_month:%Y-%m}"


class Booked(models.Model):
    """A fact of the shop that money has taken in, once: an invoice or what became of one, a sale or what became of it.

    `learned_on` is the reporting day of that; days up to `through` had accrued by then and take it as a correction.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Invoice"
        INVOICE_CHANGE = "invoice_change", "Refund or lost dispute of an invoice"
        SALE = "sale", "Sale"
        SALE_CHANGE = "sale_change", "Refund or lost dispute of a sale"

    kind = models.CharField(max_length=16, choices=Kind)
    source_id = models.BigIntegerField()
    learned_on = models.DateField()
    through = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="booked_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id} on {self.learned_on}"


class Bucket(models.Model):
    """What was paid for a service day in one currency, less what was cancelled before the day accrued.

    `accrued_on` is the day that divided it: itself, a later one when nothing weighed, or the month's end under a
    monthly rule. While it is empty the bucket is open.
    """

    day = models.DateField()
    currency = models.CharField(max_length=3)
    paid_in_minor = models.BigIntegerField(default=0)
    accrued_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "currency"], name="one_bucket_a_day")]
        indexes = [models.Index(fields=["accrued_on", "day"], name="bucket_by_accrued")]

    def __str__(self) -> str:
        return f"{self.paid_in_minor} {self.currency} on {self.day}"


class LateMoney(models.Model):
    """Money of `of_day` that was learned of on `day`, when `of_day` had accrued: a refund, or a late invoice.

    Several of one day and currency are one row.
    """

    day = models.DateField()
    of_day = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "of_day", "currency"], name="late_money_once_a_day")
        ]
        indexes = [models.Index(fields=["of_day", "currency", "day"], name="late_money_by_of_day")]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} of {self.of_day} on {self.day}"


class Reweigh(models.Model):
    """A staff case changed what a beat weighs on a closed day; booked as a correction on `day`."""

    day = models.DateField()
    of_day = models.DateField()
    beat_id = models.BigIntegerField()
    plays = models.BigIntegerField(help_text="Its plays to the end of that day, from now on.")
    points = models.BigIntegerField(help_text="What it weighs with them: micro-points of the whole beat.")
    case = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "beat_id", "of_day"], name="reweighed_once_a_case")
        ]
        indexes = [models.Index(fields=["of_day", "day"], name="reweigh_by_of_day")]

    def __str__(self) -> str:
        return f"beat {self.beat_id} of {self.of_day}: {self.points}"


class PlayCounts(models.Model):
    """Plays and distinct accounts of every beat to the end of `through`: one row, brought forward day by day."""

    through = models.DateField(unique=True)
    changes_through = models.BigIntegerField(default=0, help_text="The last change of a verdict in it.")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"counts to {self.through}"


class DayWeights(models.Model):
    """What every line (an artist's part of a beat) weighed at the close of a day. Stored once, never recomputed."""

    day = models.DateField(unique=True)
    lines = models.PositiveIntegerField()
    beats = models.PositiveIntegerField()
    points = models.BigIntegerField(help_text="Micro-points of all lines.")
    digest = models.CharField(max_length=64)
    packed = models.BinaryField()
    weighed_at = models.DateTimeField()
    accrued_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["accrued_at", "day"], name="weights_by_accrued")]

    def __str__(self) -> str:
        return f"{self.points} micro-points on {self.day}"


class Accrual(models.Model):
    """One division of money among lines, in micro-units; their sum is `bucket_minor`.

    `of_month` is the month whose money it is: for a correction that of the corrected days, and then `bucket_minor` may
    be negative, or 0 where only weights changed. A monthly rule accrues once, on the month's last day.
    """

    class Kind(models.TextChoices):
        DAY = "day", "A day's bucket"
        MONTH = "month", "A month's buckets"
        CORRECTION = "correction", "Correction"

    day = models.DateField()
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=Kind)
    of_month = models.DateField()
    bucket_minor = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    packed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "currency", "kind", "of_month"], name="accrued_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}: {self.bucket_minor} {self.currency}"


class MonthShares(models.Model):
    """The micro-points of a month by artist up to `through`, and the most beats of a day: for ranks."""

    month = models.DateField(unique=True)
    through = models.DateField()
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"shares of {self.month:%Y-%m}"
