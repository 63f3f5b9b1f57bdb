"""Paying artists: the account that is paid, parts of an artist's money on their way, transfers, payouts to banks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backline.domain.earning_status import Place, Status
from backline.domain.payout_states import State as AccountState
from backline.money.models.settled import SaleHold, Statement
from backline.people.models import Account, Artist


class PayoutAccount(models.Model):
    """Where an artist is paid. A replaced one stays, with `ended_at`; at most one of an artist has not ended.

    `asks` is a list of {code, past_due, due, error}. `external_id` is empty until Stripe has answered; until then it is
    made under the idempotency key `key`. Bank details of a bank file are sealed; `bank_tail` is what may be shown.
    """

    class Provider(models.TextChoices):
        STRIPE = "stripe", "Stripe"
        BANK_FILE = "bank_file", "Manual bank file"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="payout_accounts")
    provider = models.CharField(max_length=9, choices=Provider)
    external_id = models.CharField(max_length=120, null=True, unique=True)
    key = models.CharField(max_length=80, unique=True)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=14, choices=[(state.value, state.value) for state in AccountState])
    submitted = models.BooleanField(default=False)
    can_receive = models.BooleanField(default=False)
    can_pay_out = models.BooleanField(default=False)
    was_active = models.BooleanField(default=False)
    asks = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    bank_tail = models.CharField(max_length=40, blank=True)
    sealed = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True, help_text="When the worker looks at it again.")
    check_failed = models.BooleanField(default=False)
    holds_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["artist"], condition=Q(ended_at=None), name="one_payout_account")
        ]
        indexes = [models.Index(fields=["check_at"], name="payout_account_by_check")]

    def __str__(self) -> str:
        return f"{self.provider} of {self.artist_id}: {self.state}"


class Payout(models.Model):
    """A payout from an artist's own Stripe balance to the bank."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        PAID = "paid", "Paid"
        FAILED = "failed", "Failed"

    account = models.ForeignKey(PayoutAccount, on_delete=models.PROTECT, related_name="payouts")
    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="payouts")
    external_id = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    failure = models.CharField(max_length=60, blank=True)
    bank_tail = models.CharField(max_length=40, blank=True)
    arrives_at = models.DateTimeField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["artist", "currency", "-created_at"], name="payout_by_artist")]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.amount_minor} {self.currency} {self.state}"


class Transfer(models.Model):
    """Money on its way from the platform to an artist's account: parts of it are the rows that name it.

    `queued` waits for `next_at`; `sending` was claimed, and has no final answer; `sent` is in the artist's account.
    `cancelled`: it never left, and its parts are available again. What failed is queued anew as another transfer.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="transfers")
    account = models.ForeignKey(PayoutAccount, on_delete=models.PROTECT, related_name="transfers")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    group = models.CharField(max_length=60)
    charge = models.CharField(max_length=120, blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="transfers")
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    note = models.CharField(max_length=200, blank=True, help_text="Why it waits, or failed.")
    failure = models.CharField(max_length=60, blank=True)
    next_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=120, null=True, unique=True)
    payment = models.CharField(max_length=120, blank=True, help_text="Its name in the artist's own balance.")
    reversed_minor = models.BigIntegerField(default=0)
    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, null=True, related_name="transfers")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="transfer_above_zero")]
        indexes = [
            models.Index(fields=["state", "next_at"], name="transfer_by_state"),
            models.Index(fields=["artist", "currency", "state"], name="transfer_by_artist"),
            models.Index(fields=["payment"], name="transfer_by_payment"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}: {self.amount_minor} {self.currency} {self.state}"


class TransferAttempt(models.Model):
    """One call. `key` was stored before it; a call without an answer is repeated under the same key."""

    class Outcome(models.TextChoices):
        OPEN = "", "No answer yet"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Refused"
        BUSY = "busy", "Stripe was busy"
        UNKNOWN = "unknown", "No answer"

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    key_made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True)
    code = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "number"], name="one_attempt_a_number"),
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(outcome="sent"), name="transfer_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.transfer_id}: {self.outcome or 'open'}"


class Earning(models.Model):
    """A part of an artist's money, and where it is now: a row of the artist's Transactions.

    A statement's row is what that month brought; that of a sale is the artist's part less refunds; a refund of what had
    been sent is a row of its own, below 0. All rows of a place add up to the ledger's account of that condition.
    `travels_with` is the statement that holds or pays a statement's row: itself, or a later one. `status` is derived.
    """

    class Kind(models.TextChoices):
        SUBSCRIPTION = "subscription", "Monthly payout"
        EXCLUSIVE = "exclusive", "Exclusive sale"
        TRACK = "track", "Track purchase"

    artist = models.ForeignKey(Artist, on_delete=models.PROTECT, related_name="earnings")
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=60, unique=True)
    reference = models.CharField(max_length=40)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, null=True, related_name="earning")
    travels_with = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="carries")
    sale_hold = models.ForeignKey(SaleHold, on_delete=models.PROTECT, null=True, related_name="earnings")
    sale_id = models.BigIntegerField(null=True)
    beat_id = models.BigIntegerField(null=True)
    is_debt = models.BooleanField(default=False)
    amount_minor = models.BigIntegerField()
    original_minor = models.BigIntegerField()
    bonus_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    at = models.DateTimeField(help_text="When it was earned: a month's end, or the sale.")
    available_on = models.DateField(null=True)
    place = models.CharField(max_length=9, choices=[(place.value, place.value) for place in Place])
    status = models.CharField(max_length=8, choices=[(status.value, status.value) for status in Status])
    failure = models.CharField(max_length=60, blank=True, help_text="Why sending it was given up.")
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, related_name="earnings")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["artist", "currency", "-at", "-id"], name="earning_newest"),
            models.Index(fields=["artist", "currency", "kind", "-at", "-id"], name="earning_by_kind"),
            models.Index(fields=["artist", "currency", "status", "-at", "-id"], name="earning_by_status"),
            models.Index(
                fields=["artist", "currency", "place", "status", "kind", "amount_minor"], name="earning_sums"
            ),
            models.Index(fields=["artist", "currency", "kind", "status"], name="earning_counts"),
            models.Index(fields=["place", "failure", "artist"], name="earning_by_place"),
            models.Index(fields=["reference"], name="earning_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_minor} {self.currency} {self.place}"


class Reversal(models.Model):
    """What is taken back from a transfer after a refund. Refused when it has left the artist's balance."""

    class State(models.TextChoices):
        WANTED = "wanted", "Wanted"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="reversals")
    debt = models.OneToOneField(Earning, on_delete=models.PROTECT, related_name="reversal")
    amount_minor = models.BigIntegerField()
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WANTED)
    tries = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=300, blank=True)
    external_id = models.CharField(max_length=120, null=True, unique=True)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="reversal_above_zero")]
        indexes = [models.Index(fields=["state", "next_at"], name="reversal_by_state")]

    def __str__(self) -> str:
        return f"{self.amount_minor} of {self.transfer_id}: {self.state}"


class BankFile(models.Model):
    """Transfers by the manual bank file that staff took out together, to pay them at their bank."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    transfers = models.ManyToManyField(Transfer, related_name="bank_files")
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"bank file {self.pk}"
