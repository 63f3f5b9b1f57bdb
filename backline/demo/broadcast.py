"""Sends the demo world's listening through the event intake, day by day, and has it counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from backline.demo import record
from backline.demo.artists import DANA, MARLO
from backline.demo.history import Event, History
from backline.demo.plan import ACCEPTED, PlannedBeat, Scale, World
from backline.demo.progress import Progress
from backline.demo.record import Record
from backline.demo.releases import Releases
from backline.demo.settling import PLATFORM, Settled
from backline.demo.shape import Heard, Shape
from backline.listening import actions as listening
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.listening.intake import MAX_EVENTS, receive
from backline.listening.origins import BackEndOrigin, listener_text
from backline.listening.store.rows import Status
from backline.people.queries import member_account_ids

NOTE_EVERY_DAYS = 14
LAST_MINUTES = timedelta(minutes=2)
LATELY = timedelta(minutes=30)


def shape_of(world: World, settled: Settled, *, scale: Scale, now: datetime, seed: int) -> Shape:
    """How the listens spread over the beats that are published."""
    members = member_account_ids(artist.pk for artist in settled.artists.values())
    profiles = {profile.handle: profile for profile in world.profiles}
    heard = [
        Heard(
            number=number,
            handle=planned.handle,
            country=profiles[planned.handle].country,
            published_at=planned.published_at,
            seconds=planned.seconds,
            reach=reach,
            team=_team(planned, settled, members),
        )
        for number, (planned, reach) in enumerate(world.reaches())
        if planned.published_at is not None
    ]
    return Shape(heard, now=now, days=scale.days, listens=scale.listens, seed=seed)


def _team(planned: PlannedBeat, settled: Settled, members: dict[int, set[int]]) -> tuple[str, ...]:
    """The members of the beat's credited artists, as a platform names them."""
    guests = [invitation.handle for invitation in planned.invitations if invitation.answer == ACCEPTED]
    artists = [settled.artists[handle].pk for handle in (planned.handle, *guests)]
    accounts: set[int] = set().union(*(members[artist] for artist in artists))
    return tuple(listener_text(account) for account in sorted(accounts))


def staff_text(settled: Settled) -> str:
    """How a platform names Dana in events."""
    return listener_text(settled.accounts[DANA.email].pk)


class Broadcast:
    """Sends a history through the intake as a platform's back end would, and has it counted."""

    def __init__(self, history: History, settled: Settled, begun: Record, *, now: datetime) -> None:
        self._history, self._begun, self._now = history, begun, now
        self._origin = BackEndOrigin(account_id=settled.accounts[PLATFORM.email].pk)

    def send(self, releases: Releases, *, progress: Progress) -> None:
        """Brings out the beats and sends every day that was not sent yet, up to a few minutes before now.

        A day needs only the beats made until then, so it is sent while later ones are still being synthesised.
        """
        first_on, today, noted = self._history.shape.first_on, self._now.date(), self._begun.sent_through
        day = noted + timedelta(days=1) if noted else first_on
        progress.begin("Synthesising beats and sending their listens, days", (today - first_on).days + 1)
        while day <= today:
            releases.through(datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC))
            pairs = self._history.day(day, until=self._now - LAST_MINUTES)
            if day < today:
                _send(pairs, self._origin)
            else:
                self._send_today(pairs)
            if day.toordinal() % NOTE_EVERY_DAYS == 0 and day < today:
                self._note(day)
                fold_all(now=self._now)  # while the next beats are still being made
            progress.reach((day - first_on).days + 1, f"beats {releases.done}")
            day += timedelta(days=1)
        progress.finish()

    def count(self, *, progress: Progress) -> None:
        """Has counted what was not counted yet, then closes the days that are over."""
        progress.begin("Counting plays, downloads, follows and likes")
        fold_all(now=self._now)
        # Before the ids go by which a day that is sent again would be recognised.
        self._note(self._now.date())
        close_all(now=self._now)
        listening.forget_old_ids(now=self._now)
        progress.finish()

    def _note(self, day: date) -> None:
        self._begun.sent_through = day
        record.write(settings.DATA, self._begun)

    def _send_today(self, pairs: Sequence[tuple[datetime, Event]]) -> None:
        """The last half hour arrives one by one, so that what is live is spread as it was heard."""
        fresh = self._history.fresh(MARLO, now=self._now)
        ordered = sorted([*pairs, *fresh], key=lambda pair: pair[0])
        earlier = [pair for pair in ordered if pair[0] < self._now - LATELY]
        _send(earlier, self._origin)
        for pair in ordered[len(earlier) :]:
            _send([pair], self._origin)


def _send(pairs: Sequence[tuple[datetime, Event]], origin: BackEndOrigin) -> None:
    """Each batch arrives when its last event is over."""
    for first in range(0, len(pairs), MAX_EVENTS):
        batch = pairs[first : first + MAX_EVENTS]
        arrives_at = max(over_at for over_at, _ in batch) + timedelta(seconds=1)
        for result in receive([event for _, event in batch], origin=origin, now=arrives_at):
            if result.status not in (Status.ACCEPTED, Status.DUPLICATE):
                raise RuntimeError(f"The intake did not take {result.id}: {result.field} {result.detail}")
