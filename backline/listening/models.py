"""Cases: plays that staff withdrew, with the producer's appeal. Listens themselves are in the listening store."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from backline.catalog.models import Beat


class Case(models.Model):
    """Counted listens of one beat, started in [from_at, until_at), that staff want withdrawn, and what became of it.

    While open nothing has changed. Once decided the worker withdraws the plays (`applied_at`); once reversed it
    gives them back (`restored_at`).
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DROPPED = "dropped", "Dropped"
        DECIDED = "decided", "Decided"
        APPEALED = "appealed", "Appealed"
        UPHELD = "upheld", "Upheld"
        REVERSED = "reversed", "Reversed"

    STANDS = (State.DECIDED, State.APPEALED, State.UPHELD)
    """The states in which the plays are withdrawn."""
    CHANGES = (*STANDS, State.REVERSED)
    """The states that the producer sees."""

    submission = models.UUIDField(
        unique=True, help_text="Of the form that opened it: sent twice, it is one case."
    )
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    address = models.PositiveBigIntegerField(null=True, help_text="The day's number of one address.")
    through_seq = models.BigIntegerField(
        help_text="The last log row that was there when the case was opened."
    )
    reason = models.TextField(max_length=1000, help_text="What the producer reads.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    appeal_until = models.DateTimeField(null=True)
    plays = models.PositiveIntegerField(
        null=True, help_text="How many plays were withdrawn; known once applied."
    )
    closed_plays = models.PositiveIntegerField(null=True, help_text="Those of them on closed days.")
    applied_at = models.DateTimeField(null=True)
    restored_at = models.DateTimeField(null=True)
    corrects_money = models.BooleanField(
        default=False, help_text="What closed days paid for the plays is corrected, too."
    )
    money_taken_at = models.DateTimeField(null=True)
    money_returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(from_at__lt=models.F("until_at")), name="case_spans_time"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "dropped")) | Q(appeal_until__isnull=False),
                name="decided_case_has_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["beat", "-id"], name="case_by_beat"),
            models.Index(fields=["state", "-id"], name="case_by_state"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk} on {self.beat_id}: {self.state}"

    @property
    def is_shown(self) -> bool:
        """Whether the producer sees it: from the decision on."""
        return self.state in self.CHANGES

    def can_appeal(self, now: datetime) -> bool:
        """Whether the producer may still appeal."""
        in_time = self.appeal_until is not None and now <= self.appeal_until
        return self.state == self.State.DECIDED and in_time


class CaseStep(models.Model):
    """One step of a case: who, when, and what they wrote. Never changed; by nobody when the worker did it."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened the case"
        DROPPED = "dropped", "Dropped the case"
        DECIDED = "decided", "Decided to withdraw the plays"
        APPLIED = "applied", "Plays withdrawn"
        APPEALED = "appealed", "Appealed"
        UPHELD = "upheld", "Upheld the decision"
        REVERSED = "reversed", "Reversed the decision"
        RESTORED = "restored", "Plays given back"
        NOTE = "note", "Wrote"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_staff = models.BooleanField()
    at = models.DateTimeField()
    text = models.TextField(max_length=4000, blank=True)
    submission = models.UUIDField(null=True, unique=True, help_text="Of a note's form.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=~Q(kind="note"), name="case_step_happens_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in case {self.case_id}"
