"""Intake: parse → authenticate → derive → append. Each item gets one answer; a bad one never spoils the batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from backline.audience.actions import follow_artist, like_beat
from backline.catalog.models import Beat
from backline.listening.authenticate import Authenticated, Authenticator
from backline.listening.calendar import reporting, to_ms
from backline.listening.derive import download_draft, listen_draft, permitted, unknown_beat
from backline.listening.facts import BeatFacts, artist_ids, beat_facts, is_member, known_artists
from backline.listening.origins import Origin
from backline.listening.parse import (
    DownloadItem,
    FollowItem,
    ImpressionsItem,
    Item,
    LikeItem,
    ListenItem,
    parse,
)
from backline.listening.reasons import Reason, RefusedError
from backline.listening.store import open_store
from backline.listening.store.group import grouped
from backline.listening.store.rows import (
    Draft,
    ImpressionsDraft,
    Listener,
    MarkDraft,
    MarkKind,
    Outcome,
    Status,
)
from backline.people.models import Account, Artist

MAX_EVENTS = 1_000
T = TypeVar("T")
S = TypeVar("S")


class TooManyEventsError(ValueError):
    """A batch holds more than `MAX_EVENTS`."""


@dataclass(frozen=True)
class ItemResult:
    """The answer to one item. `field`, `reason` and `detail` are empty when it was accepted."""

    id: str | None
    status: Status
    field: str = ""
    reason: str = ""
    detail: str = ""


def receive(items: Sequence[object], *, origin: Origin, now: datetime) -> list[ItemResult]:
    """Takes a batch of decoded items and answers each, in order, after all that is accepted is on disk.

    Raises:
        TooManyEventsError: more than 1,000 items.
        StoreBusyError, StoreFullError: nothing was written; the same batch may be sent again.
    """
    if len(items) > MAX_EVENTS:
        raise TooManyEventsError
    answers = _Answers(items)
    parsed: dict[int, Item] = answers.step(dict(enumerate(items)), parse)
    authenticator = Authenticator(origin, parsed.values(), now=now)
    authenticated: dict[int, Authenticated] = answers.step(parsed, authenticator.authenticate)
    deriver = _Deriver(origin, parsed.values(), now=now)
    drafts: dict[int, Draft] = answers.step(authenticated, deriver.derive)
    outcomes = grouped(open_store()).append([*drafts.values()]) if drafts else []
    answers.add(zip(drafts, outcomes, strict=True))
    return answers.in_order()


class _Answers:
    """The answers so far, by position in the batch."""

    def __init__(self, items: Sequence[object]) -> None:
        self._items = items
        self._answers: dict[int, ItemResult] = {}

    def step(self, values: dict[int, T], work: Callable[[T], S | Outcome]) -> dict[int, S]:
        """One step for each item that is still on its way; those refused get their answer, finished ones too."""
        passed: dict[int, S] = {}
        for position, value in values.items():
            try:
                result = work(value)
            except RefusedError as refusal:
                self._refuse(position, refusal)
                continue
            if isinstance(result, Outcome):
                self.add([(position, result)])
            else:
                passed[position] = result
        return passed

    def add(self, outcomes: Iterable[tuple[int, Outcome]]) -> None:
        for position, outcome in outcomes:
            duplicate = outcome.status is Status.DUPLICATE
            reason = Reason.ALREADY_RECEIVED.value if duplicate else outcome.reason
            self._answers[position] = ItemResult(
                self._id(position), outcome.status, outcome.field, reason, outcome.detail
            )

    def in_order(self) -> list[ItemResult]:
        return [self._answers[position] for position in range(len(self._items))]

    def _refuse(self, position: int, refusal: RefusedError) -> None:
        status = Status.LATE if refusal.reason is Reason.LATE else Status.INVALID
        self._answers[position] = ItemResult(
            self._id(position), status, refusal.field, refusal.reason.value, refusal.detail
        )

    def _id(self, position: int) -> str | None:
        item = self._items[position]
        given = item.get("id") if isinstance(item, dict) else None
        return given if isinstance(given, str) and len(given) <= 36 and given.isascii() else None


class _Deriver:
    """Derives the items of one request from facts that are read once for all of them."""

    def __init__(self, origin: Origin, items: Iterable[Item], *, now: datetime) -> None:
        self._origin = origin
        self._now = now
        self._day = reporting().day_and_hour(to_ms(now))[0]
        items = list(items)
        beats = {item.beat for item in items if isinstance(item, ListenItem | DownloadItem | LikeItem)}
        beats |= {beat for item in items if isinstance(item, ImpressionsItem) for beat in item.beats}
        self._beats = beat_facts(beats, now=now) if beats else {}

    def derive(self, who: Authenticated) -> Draft | Outcome:
        """What to append, or the outcome when there is nothing to append."""
        item = who.item
        if isinstance(item, ListenItem):
            return listen_draft(who, item, self._beat(item.beat), origin=self._origin, now=self._now)
        if isinstance(item, DownloadItem):
            return download_draft(who, item, self._beat(item.beat), now=self._now)
        if isinstance(item, ImpressionsItem):
            return self._impressions(who, item)
        return self._like(who, item) if isinstance(item, LikeItem) else self._follow(who, item)

    def _impressions(self, who: Authenticated, item: ImpressionsItem) -> ImpressionsDraft:
        shown = tuple(beat for beat in item.beats if beat in self._beats and self._beats[beat].public)
        # A member who looks at pages signed in is on this address today: who listens from it signed out is the team.
        noted = who.account_id is not None and is_member(who.account_id)
        listener = who.listener if noted else Listener()
        return ImpressionsDraft(item.id.bytes, shown, self._day, to_ms(self._now), listener)

    def _beat(self, beat_id: int) -> BeatFacts:
        return permitted(self._beats.get(beat_id), self._origin)

    def _like(self, who: Authenticated, item: LikeItem) -> Draft | Outcome:
        beat = self._beat(item.beat)
        if not beat.public:
            raise unknown_beat()
        if who.account_id is None:
            return self._mark(who, item, MarkKind.LIKE, beat.beat_id, beat.artists_at(self._now))
        account = Account.objects.get(id=who.account_id)
        return _outcome(like_beat(Beat.objects.get(id=beat.beat_id), account=account, now=self._now))

    def _follow(self, who: Authenticated, item: FollowItem) -> Draft | Outcome:
        artist = item.artist
        artist_id = artist_ids([artist]).get(artist) if isinstance(artist, str) else artist
        if artist_id is None or not known_artists([artist_id]):
            raise RefusedError("artist", Reason.UNKNOWN, "is not an artist here")
        if who.account_id is None:
            return self._mark(who, item, MarkKind.FOLLOW, artist_id, (artist_id,))
        account = Account.objects.get(id=who.account_id)
        return _outcome(follow_artist(Artist.objects.get(id=artist_id), account=account, now=self._now))

    def _mark(
        self,
        who: Authenticated,
        item: LikeItem | FollowItem,
        kind: MarkKind,
        target: int,
        artists: tuple[int, ...],
    ) -> MarkDraft:
        return MarkDraft(
            item.id.bytes, kind, target, artists, who.listener.account, self._day, to_ms(self._now)
        )


def _outcome(is_new: bool) -> Outcome:
    return Outcome(Status.ACCEPTED if is_new else Status.DUPLICATE)
