"""The ledger: accounts, entries, postings. Rows are written once; the database refuses to change or remove one.

A posting moves an amount from a source account to a destination account of the same currency, so money can neither
appear nor vanish, and nothing has to be kept in balance. Triggers (migration 0002) enforce it on both databases.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class LedgerAccount(models.Model):
    """An address of `ledger.accounts` in one currency. Its balance is what came in less what went out."""

    address = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "currency"], name="ledger_account_once")]

    def __str__(self) -> str:
        return f"{self.address} {self.currency}"


class Entry(models.Model):
    """One thing that happened to money, under a key that can be used once."""

    key = models.CharField(max_length=120, unique=True)
    content_sha256 = models.CharField(
        max_length=64, help_text="Of memo, reversed key and moves: a replay is known by it."
    )
    memo = models.CharField(max_length=200)
    at = models.DateTimeField()
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One movement of an entry: `amount_minor` from `source` to `destination`."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    source = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    destination = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="posting_amount_above_zero"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="posting_goes_somewhere"),
        ]
        # With the amount in the index, an account's page and balance never touch the table.
        indexes = [
            models.Index(fields=["source", "entry", "amount_minor"], name="posting_by_source"),
            models.Index(fields=["destination", "entry", "amount_minor"], name="posting_by_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} from {self.source_id} to {self.destination_id}"
