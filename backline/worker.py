"""The worker: every job of the installation, and how often each looks for work."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

from backline.catalog import jobs as catalog
from backline.core import work as loop
from backline.core.work import Lane
from backline.listening import jobs as listening
from backline.money import jobs as money
from backline.standing import jobs as standing
from backline.standing.snapshots import jobs as boards

log = logging.getLogger("backline.worker")

LANES = [
    Lane("fold", listening.fold_listens, rest_s=1.0),
    Lane("carry out cases", listening.carry_out_cases, rest_s=1.0),
    Lane("close idle listens", listening.close_idle_listens, rest_s=30.0),
    Lane("close days", listening.close_days, rest_s=60.0),
    Lane("forget old ids", listening.forget_old_ids, rest_s=3600.0),
    Lane("rebuild after upgrade", listening.rebuild_after_upgrade, rest_s=60.0),
    Lane("pool", money.advance_pool, rest_s=30.0),
    Lane("correct cases", money.correct_cases, rest_s=10.0),
    Lane("settle", money.settle, rest_s=300.0),
    Lane("check money", money.check_money, rest_s=600.0),
    # Two lanes from both ends: the newest upload is not kept waiting by a long queue, and the queue still empties.
    Lane("process newest", catalog.process_newest, rest_s=1.0),
    Lane("process oldest", catalog.process_oldest, rest_s=1.0),
    Lane("standing", standing.run_round, rest_s=standing.ROUND_EVERY_S),
    Lane("standing asked for", standing.answer_request, rest_s=1.0),
    Lane("leaderboards", boards.take_snapshots, rest_s=boards.EVERY_S),
    Lane("sweep", catalog.sweep, rest_s=3600.0),
]


def work() -> int:
    """Runs all lanes until SIGTERM or SIGINT, then lets the work in hand end. Returns the exit status."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    catalog.release_claims()
    loop.run(LANES, stop)
    return 0
