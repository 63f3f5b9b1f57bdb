"""The demo world's leaderboards: as they stand, and as they stood at the end of each of the last days.

Past days are ranked from the facts as of their end: plays, first publications, credits, awards and closed months all
say when they came to be. A beat's details are those it was published with, for nobody edits in the demo world.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.demo.progress import Progress
from backline.listening.calendar import reporting
from backline.standing.snapshots.actions import KEPT_DAYS, take_snapshots


def rank(*, now: datetime, progress: Progress) -> None:
    """Takes the snapshots, the oldest first; taking them again changes nothing."""
    progress.begin("Ranking artists", KEPT_DAYS + 1)
    today = reporting().today(now)
    for days in range(KEPT_DAYS, 0, -1):
        ended_at = reporting().starts_at(today - timedelta(days=days - 1)) - timedelta(seconds=1)
        take_snapshots(ended_at, live=False)
        progress.reach(KEPT_DAYS - days + 1)
    take_snapshots(now)
    progress.finish()
