"""The demo world's XP: derived from its facts as the worker derives it, and known to its members already."""

from __future__ import annotations

from datetime import datetime

from backline.demo.progress import Progress
from backline.people.models import Member
from backline.standing import actions
from backline.standing.snapshots.actions import take_snapshots


def award(*, now: datetime, progress: Progress) -> None:
    """Two rounds over all artists, since Overall compares what the first one found.

    What they unlock is two years of history, so nobody is told of it as news.
    """
    progress.begin("Counting XP and achievements")
    actions.run_round(now=now, looking_back=True)
    take_snapshots(now)
    actions.run_round(now=now, looking_back=True)
    for member in Member.objects.select_related("account"):
        actions.claim_unlocks(member.account, artist_id=member.artist_id, now=now)
    progress.finish()
