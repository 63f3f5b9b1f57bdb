"""Builds the demo world: `build` (full size), `build_small` (for tests), and what became of it.

Everything is made through the product's own actions and its event intake, at simulated times over two years. A build
may be cut off at any point: its record says with which instant and seed the world was planned, every phase makes only
what is missing, and listens carry ids that are the same each time, so starting again finishes the same world with
nothing doubled. `demo-signins.json` is written last; while it is missing, the world is not whole.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from backline import signins as kept_signins
from backline.catalog.actions import recommend_next
from backline.catalog.models import Beat, Step
from backline.demo import boards, fans, paying, payouts, provider, record, settling, standing
from backline.demo.broadcast import Broadcast, shape_of, staff_text
from backline.demo.crowd import Crowd
from backline.demo.history import History
from backline.demo.plan import FULL, SEED, SMALL, Scale, World, plan
from backline.demo.progress import Progress, Silent
from backline.demo.record import Record
from backline.demo.releases import Releases
from backline.demo.settling import Settled
from backline.demo.studio import Studio
from backline.demo.subscribers import Event
from backline.listening.origins import listener_text
from backline.people.models import Account, Artist
from backline.signins import SignIn

SIZES: dict[str, Scale] = {"full": FULL, "small": SMALL}


class NotEmpty(Exception):
    """The installation has people of its own; the demo world is only made in an empty one."""


def build(now: datetime, progress: Progress, *, size: str = "full", workers: int = 2) -> None:
    """Makes the demo world, or finishes one that was cut off. Nothing happens when it is whole.

    Raises:
        NotEmpty: there are accounts that no demo build made.
    """
    data = settings.DATA
    if kept_signins.path_in(data).exists():
        return
    begun = record.read(data)
    if begun is None:
        if Account.objects.exists():
            raise NotEmpty(
                "This installation has accounts already; the demo world is only made in an empty one."
            )
        begun = Record(planned_at=now, size=size, seed=SEED)
        record.write(data, begun)
    _Build(begun, now=now, progress=progress, workers=workers).run()


def build_small(now: datetime) -> None:
    """The cast with a handful of beats and some hundred listens, made the same way in a few seconds."""
    build(now, Silent(), size="small", workers=1)


def signins() -> list[SignIn]:
    """The cast's sign-ins; empty while the world is not whole."""
    return kept_signins.read(settings.DATA)


def status() -> str:
    """One or two sentences about the demo world and the audio that is still to be prepared."""
    begun = record.read(settings.DATA)
    if begun is not None:
        through = f" Listens are sent through {begun.sent_through}." if begun.sent_through else ""
        return f"A demo world was begun and is not whole.{through} `backline demo build` finishes it."
    if not signins():
        return "There is no demo world here."
    steps = Step.objects.aggregate(
        done=Count("id", filter=Q(state=Step.State.DONE)),
        failed=Count("id", filter=Q(state=Step.State.FAILED)),
        total=Count("id"),
    )
    failed = f", {steps['failed']:,} failed" if steps["failed"] else ""
    return (
        f"The demo world is whole: {Artist.objects.count():,} artists, {Beat.objects.kept().count():,} beats."
        f" Audio: {steps['done']:,} of {steps['total']:,} steps done{failed}."
    )


class _Build:
    """One run over the phases."""

    def __init__(self, begun: Record, *, now: datetime, progress: Progress, workers: int) -> None:
        self._record, self._now, self._progress, self._workers = begun, now, progress, workers
        self._scale = SIZES[begun.size]
        self._start = begun.planned_at - timedelta(days=self._scale.days)
        self._beat_ids: dict[int, int] = {}
        self._world: World = plan(now=begun.planned_at, seed=begun.seed, scale=self._scale)

    def run(self) -> None:
        settled = self._settle()
        broadcast = Broadcast(self._history(settled), settled, self._record, now=self._now)
        beats = self._release(settled, broadcast)
        self._follow(settled, beats)
        events = self._pay(settled, beats)
        broadcast.count(progress=self._progress)
        paying.settle(settled, now=self._now, seed=self._record.seed, progress=self._progress)
        provider.write_down(events, settled.listeners, paid_out=payouts.facts(), now=self._now)
        standing.award(now=self._now, progress=self._progress)
        boards.rank(now=self._now, progress=self._progress)
        self._recommend()
        record.close(settings.DATA, self._record)

    def _settle(self) -> Settled:
        self._progress.begin("Inviting people and artists")
        planned_at, seed = self._record.planned_at, self._record.seed
        settled = settling.settle(
            self._world, scale=self._scale, start=self._start, now=planned_at, seed=seed
        )
        self._record.signins = settling.issue_signins(settled, kept=self._record.signins, now=self._now)
        record.write(settings.DATA, self._record)
        self._progress.finish()
        return settled

    def _history(self, settled: Settled) -> History:
        planned_at, seed = self._record.planned_at, self._record.seed
        accounts = [(listener_text(account.pk), account.joined_at) for account in settled.listeners]
        return History(
            shape_of(self._world, settled, scale=self._scale, now=planned_at, seed=seed),
            Crowd(accounts, start=self._start, seed=seed),
            beat_ids=self._beat_ids,
            staff=staff_text(settled),
            seed=seed,
        )

    def _release(self, settled: Settled, broadcast: Broadcast) -> dict[str, Beat]:
        studio = Studio(
            self._world.beats, artists=settled.artists, seed=self._record.seed, workers=self._workers
        )
        with studio:
            releases = Releases(self._world, settled, studio, ids=self._beat_ids)
            broadcast.send(releases, progress=self._progress)
            releases.through(self._now)
        releases.collect()
        return releases.beats

    def _pay(self, settled: Settled, beats: dict[str, Beat]) -> list[Event]:
        self._progress.begin("Paying subscriptions and sales")
        events = paying.pay(
            settled,
            list(beats.values()),
            start=self._start,
            now=self._record.planned_at,
            seed=self._record.seed,
        )
        self._progress.finish()
        return events

    def _recommend(self) -> None:
        self._progress.begin("Looking for artists close to each other")
        while recommend_next(now=self._now):
            pass
        self._progress.finish()

    def _follow(self, settled: Settled, beats: dict[str, Beat]) -> None:
        self._progress.begin("Following and liking")
        public = [(beats[b.name], reach) for b, reach in self._world.reaches() if beats[b.name].is_public]
        fans.follow_and_like(
            self._world,
            settled,
            public,
            scale=self._scale,
            now=self._record.planned_at,
            seed=self._record.seed,
        )
        self._progress.finish()
