"""The worker: every job of the installation, and how often each looks for work."""

from __future__ import annotations

import logging
import signal
import threading
from functools import partial
from types import FrameType

from backline.audience import jobs as audience
from backline.catalog import jobs as catalog
from backline.catalog.queries.descriptions import public_descriptions
from backline.core import work as loop
from backline.core.work import Lane
from backline.listening import jobs as listening
from backline.money import jobs as money
from backline.money.monthly import divided_by_plays_of
from backline.outbox import jobs as outbox
from backline.people import jobs as people
from backline.shop import jobs as shop
from backline.standing import jobs as standing
from backline.standing.snapshots import jobs as boards
from backline.web.digest import jobs as digest

log = logging.getLogger("backline.worker")

LANES = [
    Lane("fold", listening.fold_listens, rest_s=1.0),
    Lane("carry out cases", listening.carry_out_cases, rest_s=1.0),
    Lane("close idle listens", listening.close_idle_listens, rest_s=30.0),
    Lane("close days", listening.close_days, rest_s=60.0),
    Lane("forget old ids", listening.forget_old_ids, rest_s=3600.0),
    Lane("forget listeners", partial(listening.forget_listeners, divided_by_plays_of), rest_s=3600.0),
    Lane("rebuild after upgrade", listening.rebuild_after_upgrade, rest_s=60.0),
    Lane("pool", money.advance_pool, rest_s=30.0),
    Lane("correct cases", money.correct_cases, rest_s=10.0),
    Lane("settle", money.settle, rest_s=300.0),
    Lane("list earnings", money.list_earnings, rest_s=15.0),
    Lane("queue transfers", money.queue_transfers, rest_s=15.0),
    Lane("send transfers", money.send_transfer, rest_s=5.0),
    Lane("handle events", money.handle_event, rest_s=1.0),
    Lane("poll events", money.poll_events, rest_s=60.0),
    Lane("look at payout accounts", money.look_at_accounts, rest_s=15.0),
    Lane("end plans of deleted accounts", shop.forget_customer, rest_s=30.0),
    Lane("reconcile", money.reconcile, rest_s=300.0),
    Lane("check money", money.check_money, rest_s=600.0),
    # Two lanes from both ends: the newest upload is not kept waiting by a long queue, and the queue still empties.
    Lane("process newest", catalog.process_newest, rest_s=1.0),
    Lane("process oldest", catalog.process_oldest, rest_s=1.0),
    Lane("standing", standing.run_round, rest_s=standing.ROUND_EVERY_S),
    Lane("standing asked for", standing.answer_request, rest_s=1.0),
    Lane("leaderboards", boards.take_snapshots, rest_s=boards.EVERY_S),
    Lane("proofs", partial(people.check_proofs, public_descriptions), rest_s=5.0),
    Lane("tell producers", audience.tell_producers, rest_s=5.0),
    Lane("weekly summary", digest.sum_up_week, rest_s=600.0),
    Lane("mail", outbox.send_mail, rest_s=2.0),
    Lane("publish scheduled", catalog.publish_scheduled, rest_s=5.0),
    Lane("empty trash", catalog.empty_trash, rest_s=600.0),
    Lane("release collections", catalog.release_collections, rest_s=5.0),
    Lane("empty collections' trash", catalog.empty_collections_trash, rest_s=600.0),
    Lane("index search", catalog.index_search, rest_s=2.0),
    Lane("recommend artists", catalog.recommend, rest_s=60.0),
    Lane("announce beats", audience.announce_beat, rest_s=10.0),
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
