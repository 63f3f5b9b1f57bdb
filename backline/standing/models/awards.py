"""XP awards, what an artist stands at, the last round over all artists, and which unlocks were shown to whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from backline.domain.xp import Source
from backline.people.models import Account, Artist


class Award(models.Model):
    """Some XP given to an artist for one fact, or its reversal.

    Append-only, but for the amount of a day of plays that is still open. An award that was reversed may be given again
    as the next generation. `at` is the fact's instant, `made_at` when the row was written.
    """

    artist = models.ForeignKey(Artist, on_delete=models.CASCADE, related_name="awards")
    source = models.CharField(max_length=16, choices=[(source.value, source.label) for source in Source])
    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=40, blank=True)
    generation = models.PositiveSmallIntegerField(default=1)
    amount = models.IntegerField()
    at = models.DateTimeField()
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    # Only those that reverse one are indexed, by the constraint: through an index of all, SQLite would look for an
    # artist's awards among everybody's that reverse none, which is nearly all there are.
    reverses = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="reversal", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["artist", "rule", "subject", "generation"],
                condition=Q(reverses__isnull=True),
                name="award_once_per_fact",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="award_reversed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["artist", "-at", "-id"], name="award_by_artist"),
            models.Index(fields=["source", "subject"], name="award_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} XP to {self.artist_id} for {self.rule} {self.subject}"


class Tally(models.Model):
    """What an artist's awards add up to, and the measures its achievements are judged by.

    `achievements` counts the keys in `unlocked`. `digest` is of the facts the awards were derived from: as long as it
    holds, nothing has to be derived again. `measures` are the artist's own; `cohort` those that need all other artists,
    from the last round. `wanted_at` is set while somebody waits for a new computation, `asked_at` says since when.
    """

    artist = models.OneToOneField(Artist, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    xp = models.IntegerField(default=0)
    achievements = models.PositiveIntegerField(default=0)
    unlocked = models.JSONField(default=list)
    digest = models.CharField(max_length=500, blank=True)
    measures = models.JSONField(default=dict)
    cohort = models.JSONField(default=dict)
    computed_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["wanted_at"], name="tally_wanted", condition=Q(wanted_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.xp} XP of {self.artist_id}"


class Round(models.Model):
    """The last round over all artists. One row, number 1.

    `ladders` has, for each measure, how many are ranked and the score at which each of the top 1 to 100 percent begins
    (empty where too few are). The plays of closed days are awarded up to `plays_through`, the changes of verdicts up to
    `changes_through`.
    """

    ladders = models.JSONField(default=dict)
    plays_through = models.DateField(null=True, blank=True)
    changes_through = models.BigIntegerField(default=0)
    computed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"round of {self.computed_at}"


class Shown(models.Model):
    """An unlocked achievement that an account has been told about."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="shown")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "award"], name="unlock_shown_once")]

    def __str__(self) -> str:
        return f"{self.award_id} to {self.account_id}"
