"""The demo world's leaderboards: past days are ranked as they stood, so that movement shows at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from backline.demo import boards
from backline.demo.progress import Silent
from backline.domain.boards import Board, Span
from backline.standing.models import Snapshot
from backline.standing.snapshots.queries import place_of
from tests.catalog.makers import make_public
from tests.conftest import Cast

DAY = timedelta(days=1)


def test_days_before_are_ranked_as_they_stood(cast: Cast, now: datetime):
    make_public(cast.sable, account=cast.charlie, now=now - 60 * DAY)
    for age in (20, 3):
        make_public(cast.marlo, account=cast.alice, now=now - age * DAY)
    boards.rank(now=now, progress=Silent())
    place = place_of(cast.marlo.pk, Board.UPLOADS, Span.ALL)
    assert place.row is not None
    # Two beats against one since three days ago; a week ago both had one.
    assert (place.row.rank, place.row.moved, place.week_rank) == (1, 0, 1)
    sable = place_of(cast.sable.pk, Board.UPLOADS, Span.ALL)
    assert sable.row is not None and (sable.row.rank, sable.week_rank) == (2, 1)
    kept = Snapshot.objects.filter(board=Board.UPLOADS, span=Span.ALL)
    # The first day, and the next, which has one to compare with; each of Marlo's beats, and the day after it.
    assert kept.count() == 6
    packed = list(Snapshot.objects.order_by("pk").values_list("pk", "packed", "stands_on"))
    boards.rank(now=now, progress=Silent())
    assert list(Snapshot.objects.order_by("pk").values_list("pk", "packed", "stands_on")) == packed
