"""What the kill test of paying runs in processes of its own, on the data folder of BACKLINE_DATA.

`prepare` makes artists with money and accounts at the sandbox. `workers` waits for lines on its input: `start [STEP]`
forks one worker, which is killed outright at the step; `end` waits for it and says how it ended. `refund` gives parts
of sales back. `state` says what is where, what does not hold, and what Stripe has.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sandbox import Sandbox

ARTISTS, SALES = 4, 3
PRICES = [[4_000 + 100 * artist + sale for sale in range(SALES)] for artist in range(ARTISTS)]
REFUNDS, REFUNDED = 3, 900
AHEAD = "ahead-s"
"""A file in the data folder: how many seconds the clock is ahead of the machine's, as the sandbox's is."""
HELD = timedelta(days=8)


def prepare() -> None:
    """Artists who can be paid, and sales whose holding days are over; no two amounts are the same."""
    from django.core.management import call_command

    from backline.money import actions
    from backline.people import actions as people
    from backline.people import models as people_models
    from backline.shop import actions as shop
    from tests.listening.world import make_beat
    from tests.money.paying import Paying

    call_command("migrate", verbosity=0, interactive=False)
    sandbox, now = _sandbox(), _now() - HELD
    sandbox.set_clock(now)
    sandbox.fund("eur", 10_000_000)
    paying = Paying(sandbox, now)
    lee = people.create_account("lee@example.com", name="Lee", password=None, now=now)
    for number in range(ARTISTS):
        owner = people.create_account(f"{number}@example.com", name="Owner", password=None, now=now)
        artist = people.create_artist(owner, name=f"Artist {number}", handle=f"artist-{number}", now=now)
        paying.connect(artist, owner)
        beat = make_beat(artist, now=now)
        for each, price in enumerate(PRICES[number]):
            shop.record_sale(
                beat, buyer=lee, kind="track", currency="EUR", list_price_minor=price, fee_minor=300,
                external_id=f"sale {number} {each}", sold_at=now,
            )  # fmt: skip
    sandbox.advance(hours=HELD.total_seconds() / 3_600)
    for artist in people_models.Artist.objects.all():
        actions.refresh_payout_account(artist, now=_now())


def refund() -> None:
    """A part of each of three sales whose money is in the artists' Stripe accounts is given back to the buyers."""
    from backline.money.models import Earning
    from backline.shop import actions as shop
    from backline.shop.models import Sale

    there = Earning.objects.filter(place="connected").values_list("amount_minor", flat=True)
    for amount in sorted(there)[:REFUNDS]:
        sale = Sale.objects.get(list_price_minor=amount)
        shop.record_sale_refund(
            sale, external_id=f"refund {sale.pk}", amount_minor=REFUNDED, fee_returned_minor=0, at=_now()
        )


def workers() -> None:
    """Forks the worker as often as it is asked to; everything is loaded once."""
    from backline import worker  # noqa: F401

    print("ready", flush=True)
    child = 0
    for line in sys.stdin:
        word, *rest = line.rstrip("\n").split(" ", 1)
        if word == "start":
            child = os.fork()
            if child == 0:
                _work(*rest)
            print(child, flush=True)
        else:
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)


def _work(step: str = "") -> None:
    """The real worker with short rests, on the clock of the test; it never returns."""
    from backline import worker
    from backline.core import clock
    from backline.money import steps

    def die(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # its letters; the parent's answers go there
    clock.now = _now
    steps.watch(die)
    worker.LANES[:] = [
        replace(lane, rest_s=0.05) if "money" in getattr(lane.job, "__module__", "") else lane
        for lane in worker.LANES
    ]
    os._exit(worker.work())


def state() -> None:
    """Says where the money is, which transfers Stripe has, and what does not hold."""
    from backline.integrations.stripe.client import credentials
    from backline.money.actions.reconciling import reconcile
    from backline.money.checks import check
    from backline.money.models import Earning

    to = credentials()
    assert to is not None
    unmatched = reconcile(to, since=None, now=_now())
    transfers = _sandbox().client.v1.transfers.list({"limit": 100}).auto_paging_iter()
    sent = sorted((row.amount, row.amount_reversed) for row in transfers)
    print(
        json.dumps(
            {
                "rows": sorted(Earning.objects.exclude(amount_minor=0).values_list("amount_minor", "place")),
                "sent": sent,
                "unmatched": unmatched,
                "findings": [str(each) for each in check()],
            }
        )
    )


def _now() -> datetime:
    """The test's time."""
    ahead = (Path(os.environ["BACKLINE_DATA"]) / AHEAD).read_text()
    return datetime.now(UTC) + timedelta(seconds=int(ahead))


def _sandbox() -> Sandbox:
    from django.conf import settings

    from tests.sandbox import Sandbox

    return Sandbox(settings.STRIPE_URL)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    import django

    django.setup()
    {"prepare": prepare, "workers": workers, "refund": refund, "state": state}[sys.argv[1]]()
