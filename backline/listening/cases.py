"""Cases: staff withdraw plays, the producer appeals, staff answer. Each step is one transaction with a row of its own.

Deciding only says what shall happen; the worker then changes the verdicts, which may take a while, and says when it
did. Steps that were already taken raise `NotNow`; the same form sent twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backline.domain.verdicts import Verdict
from backline.listening.calendar import to_date
from backline.listening.changing import change_verdicts
from backline.listening.models import Case, CaseStep
from backline.listening.selection import Selection, closed_of, selected
from backline.listening.store import open_store
from backline.listening.store.rows import CODES
from backline.people.models import Account

WITHDRAWN = CODES[Verdict.WITHDRAWN]
State, Kind = Case.State, CaseStep.Kind


class NotNow(Exception):
    """The case does not stand where this step begins; the message is a sentence for the person who asked."""


def open_case(
    selection: Selection, *, reason: str, submission: UUID, account: Account, now: datetime
) -> Case:
    """A case on the listens of a selection. Nothing is changed yet. The same submission gives the same case."""
    with transaction.atomic():
        case, is_new = Case.objects.get_or_create(
            submission=submission,
            defaults={
                "beat_id": selection.beat_id,
                "from_at": selection.from_at,
                "until_at": selection.until_at,
                "address": selection.address,
                "through_seq": selected(selection).last_seq,
                "reason": reason,
                "opened_at": now,
            },
        )
        if is_new:
            _record(case, Kind.OPENED, account=account, by_staff=True, now=now)
    return case


def decide_case(
    case: Case, *, digest: str, account: Account, now: datetime, corrects_money: bool = False
) -> None:
    """Decides that the plays of an open case are withdrawn; the producer may appeal until the deadline.

    Without `corrects_money` closed days keep what they paid: the plays then weigh less from the decision on.

    Raises:
        NotNow: it is not open any more, or it would change other plays than those of the preview with `digest`.
    """
    if selected(selection_of(case)).digest != digest:
        raise NotNow("Other plays would be withdrawn now than were shown. Look again before you decide.")
    deadline = now + timedelta(days=settings.APPEAL_DAYS)
    with transaction.atomic():
        _move(case, {State.OPEN}, State.DECIDED, appeal_until=deadline, corrects_money=corrects_money)
        _record(case, Kind.DECIDED, account=account, by_staff=True, now=now)


def drop_case(case: Case, *, account: Account, now: datetime) -> None:
    """Ends an open case without changing anything.

    Raises:
        NotNow: it is not open any more.
    """
    with transaction.atomic():
        _move(case, {State.OPEN}, State.DROPPED)
        _record(case, Kind.DROPPED, account=account, by_staff=True, now=now)


def appeal_case(case: Case, *, text: str, account: Account, now: datetime) -> None:
    """The producer's appeal against a decision.

    Raises:
        NotNow: nothing to appeal against, or the deadline has passed.
    """
    if case.state == State.DECIDED and not case.can_appeal(now):
        raise NotNow("The time to appeal is over.")
    with transaction.atomic():
        _move(case, {State.DECIDED}, State.APPEALED)
        _record(case, Kind.APPEALED, account=account, by_staff=False, now=now, text=text)


def uphold_case(case: Case, *, text: str, account: Account, now: datetime) -> None:
    """Refuses an appeal: the plays stay withdrawn.

    Raises:
        NotNow: there is no appeal that waits for an answer.
    """
    with transaction.atomic():
        _move(case, {State.APPEALED}, State.UPHELD)
        _record(case, Kind.UPHELD, account=account, by_staff=True, now=now, text=text)


def reverse_case(case: Case, *, text: str, account: Account, now: datetime) -> None:
    """Takes a decision back, on appeal or by the staff's own insight, later too: the plays count again.

    Raises:
        NotNow: there is no decision that stands.
    """
    with transaction.atomic():
        _move(case, set(Case.STANDS), State.REVERSED)
        _record(case, Kind.REVERSED, account=account, by_staff=True, now=now, text=text)


def add_note(
    case: Case, *, text: str, submission: UUID, account: Account, by_staff: bool, now: datetime
) -> None:
    """A note that both sides read. The same submission is one note."""
    CaseStep.objects.get_or_create(
        submission=submission,
        defaults={
            "case": case,
            "kind": Kind.NOTE,
            "account": account,
            "by_staff": by_staff,
            "at": now,
            "text": text,
        },
    )


def apply_case(case: Case, *, now: datetime) -> bool:
    """Withdraws the plays of a decided case; whether it was this call that did.

    The row is claimed while the store is changed, in one transaction there. A call that dies in between leaves the row
    unclaimed; what the next one selects is then no longer counted, and it finds what was done under the case's number.
    """
    with transaction.atomic():
        claim = Case.objects.filter(pk=case.pk, state__in=Case.STANDS, applied_at=None)
        if not claim.update(applied_at=now):
            return False
        withdrawals = [(listen.seq, WITHDRAWN) for listen in selected(selection_of(case)).listens]
        change_verdicts(withdrawals, case_id=case.pk, reason=f"case {case.pk}", at=now)
        changed = open_store().changes_of_case(case.pk)
        counts = {"plays": len(changed), "closed_plays": closed_of([each.day for each in changed])}
        Case.objects.filter(pk=case.pk).update(**counts)
        _record(case, Kind.APPLIED, account=None, by_staff=True, now=now)
    return True


def restore_case(case: Case, *, now: datetime) -> bool:
    """Gives the plays of a reversed case their verdicts back, exactly as they were; whether this call did."""

    with transaction.atomic():
        claim = Case.objects.filter(pk=case.pk, state=State.REVERSED, restored_at=None)
        if not claim.update(restored_at=now):
            return False
        # What was done and not undone: it may be reversed before it was carried out, and this may have died half-way.
        withdrawn: dict[int, int] = {}
        for change in open_store().changes_of_case(case.pk):
            if change.verdict == WITHDRAWN:
                withdrawn[change.seq] = change.was
            else:
                withdrawn.pop(change.seq, None)
        change_verdicts(sorted(withdrawn.items()), case_id=case.pk, reason=f"case {case.pk} reversed", at=now)
        Case.objects.filter(pk=case.pk, plays=None).update(plays=0, closed_plays=0)
        _record(case, Kind.RESTORED, account=None, by_staff=True, now=now)
    return True


@dataclass(frozen=True)
class DueCorrection:
    """Plays by reporting day that money has to take away from closed days, or to give back (negative)."""

    case_id: int
    beat_id: int
    plays: dict[date, int]
    returns: bool


def due_corrections() -> list[DueCorrection]:
    """What cases that were carried out still want of money, the oldest first."""
    ours = Case.objects.filter(corrects_money=True).order_by("id")
    taking = ours.filter(applied_at__isnull=False, money_taken_at=None)
    giving = ours.filter(restored_at__isnull=False, money_taken_at__isnull=False, money_returned_at=None)
    return [_correction(case, returns=False) for case in taking] + [
        _correction(case, returns=True) for case in giving
    ]


def note_correction(case_id: int, *, returns: bool, now: datetime) -> None:
    """Money has booked it."""
    field = "money_returned_at" if returns else "money_taken_at"
    Case.objects.filter(pk=case_id).update(**{field: now})


def _correction(case: Case, *, returns: bool) -> DueCorrection:
    changes = (each for each in open_store().changes_of_case(case.pk) if each.verdict == WITHDRAWN)
    counts = Counter(to_date(each.day) for each in changes)
    sign = -1 if returns else 1
    return DueCorrection(case.pk, case.beat_id, {day: sign * count for day, count in counts.items()}, returns)


def carry_out_next(*, now: datetime) -> bool:
    """Does what the oldest decided or reversed case still waits for; whether there was one."""
    decided = Case.objects.filter(state__in=Case.STANDS, applied_at=None).order_by("id").first()
    if decided is not None:
        return apply_case(decided, now=now)
    turned = Case.objects.filter(state=State.REVERSED, restored_at=None).order_by("id").first()
    return turned is not None and restore_case(turned, now=now)


def selection_of(case: Case) -> Selection:
    """Which listens the case is about."""
    return Selection(case.beat_id, case.from_at, case.until_at, case.address, case.through_seq)


def _move(case: Case, before: set[Case.State], after: Case.State, **values: object) -> None:
    moved = Case.objects.filter(pk=case.pk, state__in=before).update(state=after, **values)
    case.refresh_from_db()
    if not moved:
        raise NotNow(f"The case is {case.get_state_display().lower()} meanwhile.")


def _record(
    case: Case, kind: CaseStep.Kind, *, account: Account | None, by_staff: bool, now: datetime, text: str = ""
) -> None:
    CaseStep.objects.create(case=case, kind=kind, account=account, by_staff=by_staff, at=now, text=text)
