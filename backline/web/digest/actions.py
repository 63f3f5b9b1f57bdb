"""Writing the weekly summary: once for each account and week, in one transaction with the mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from backline.domain.digest import WEEK, Week, due_week, lines, subject
from backline.domain.notices import DIGEST
from backline.listening.calendar import reporting
from backline.outbox.actions import queue_mail
from backline.outbox.actions.notifications import FOOT
from backline.outbox.queries import next_wanting_mail
from backline.people.models import Account
from backline.web.digest.queries import weeks_of
from backline.web.models import WeekSummed

OPEN = "Plays of the last days can still be corrected until each day closes, 72 hours after it ended."


def sum_up_next(*, now: datetime) -> bool:
    """On a Monday: the summary of the next account that wants one, or the note that there was nothing to say.

    Says whether there was an account left. They come in the order of their numbers: who switches it on while the
    round has passed gets the next week's.
    """
    monday = due_week(now.astimezone(reporting().zone))
    if monday is None:
        return False
    done = WeekSummed.objects.filter(week_on=monday).aggregate(last=Max("account_id"))["last"] or 0
    left = next_wanting_mail(DIGEST, after=done)
    if left is None:
        return False
    account = Account.objects.get(pk=left)
    weeks = weeks_of(account, monday=monday, now=now)
    with transaction.atomic():
        _, new = WeekSummed.objects.get_or_create(
            account=account, week_on=monday, defaults={"at": now, "said": bool(weeks)}
        )
        if new and weeks:
            queue_mail(to=account.email, subject=subject(weeks), body=_body(weeks, monday), now=now)
    return True


def _body(weeks: Sequence[Week], monday: date) -> str:
    sunday = monday + WEEK - timedelta(days=1)
    parts = [f"The week from {monday:%-d %B} to {sunday:%-d %B %Y} ({settings.REPORTING_ZONE})."]
    parts += ["\n".join([week.name, *(f"  {line}" for line in lines(week))]) for week in weeks]
    parts += [OPEN, f"{settings.PUBLIC_URL}/dashboard/activity/"]
    parts += [f"--\n{FOOT.format(address=settings.PUBLIC_URL)}\n"]
    return "\n\n".join(parts)
