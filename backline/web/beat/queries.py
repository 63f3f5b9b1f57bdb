"""What a beat's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from backline.audience.queries import is_following, like_count
from backline.catalog.models import Beat, Step
from backline.catalog.queries.offers import offer_of
from backline.domain import offers
from backline.domain.offers import Offer
from backline.people.models import Account
from backline.web.tracks import Track, public_beats, tracks, wave_of

PAGE_BARS = 200
MORE_SHOWN = 6


@dataclass(frozen=True)
class Sound:
    """The player's state: `failed` when the worker could not make the stream, neither when it is still at it."""

    ready: bool
    failed: bool
    wave: str


@dataclass(frozen=True)
class BeatPage:
    """Everything on the page but the sound. `more` are other beats of the artist, newest first."""

    beat: Beat
    track: Track
    genres: list[tuple[str, str]]
    tags: list[str]
    likes: int
    following: bool
    more: list[Track]
    published_at: datetime | None
    offer: Offer | None

    @property
    def uses(self) -> list[str]:
        """What the exclusive licence allows, in words."""
        return [offers.USES[use] for use in self.offer.uses if use in offers.USES] if self.offer else []

    @property
    def deliverables(self) -> list[str]:
        """What its buyer gets, in words."""
        known = offers.DELIVERABLES
        return [known[one] for one in self.offer.deliverables if one in known] if self.offer else []

    @property
    def summary(self) -> str:
        """The beat in one line, for those who show a link to it."""
        facts = [
            f"{self.beat.bpm} BPM" if self.beat.bpm else "",
            self.track.key,
            *[name for _, name in self.genres],
        ]
        said = ", ".join(fact for fact in facts if fact)
        return f"{said}. {self.beat.description}"[:200] if said else self.beat.description[:200]


def source(referrer: str, *, own_host: str) -> str:
    """Where a listener who opens a beat's page came from: `direct`, or `external:` and the other site's host."""
    try:
        parts = urlsplit(referrer)
        host = parts.hostname or ""
    except ValueError:
        return "direct"
    return f"external:{host}" if host and parts.netloc != own_host else "direct"


def sound(beat: Beat) -> Sound:
    """Whether the beat, read with its recording, can be heard now; at most one query."""
    ready = bool(beat.recording.stream_key)
    failed = (
        not ready
        and Step.objects.filter(
            recording=beat.recording, kind=Step.Kind.STREAM, state=Step.State.FAILED
        ).exists()
    )
    return Sound(ready=ready, failed=failed, wave=wave_of(beat, bars=PAGE_BARS))


def beat_page(beat: Beat, *, account: Account | None) -> BeatPage:
    """The page of a public beat."""
    more = (
        public_beats().filter(artist=beat.artist).exclude(pk=beat.pk).order_by("-first_published_at", "-id")
    )
    itself = public_beats().get(pk=beat.pk)
    first, *others = tracks([itself, *more[:MORE_SHOWN]], account=account)
    return BeatPage(
        beat=beat,
        track=first,
        genres=list(beat.genres.values_list("slug", "name")),
        tags=list(beat.tags.values_list("name", flat=True)),
        likes=like_count(beat.pk),
        following=is_following(beat.artist_id, account_id=account.pk if account else None),
        more=others,
        published_at=beat.first_published_at,
        offer=offer_of(beat) if beat.licensing_complete else None,
    )
