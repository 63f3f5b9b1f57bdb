"""Reads about applications to the Producer Program."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q

from backline.core.paging import Paged, paged
from backline.domain import names
from backline.domain.applications import OPEN
from backline.domain.likeness import likeness
from backline.people.models import Account, Application, Artist, Event, Member

FOUND = 8
REVIEWED = 100


@dataclass(frozen=True)
class Candidate:
    """A profile that may be claimed, or has been."""

    artist: Artist
    claimed: bool


@dataclass(frozen=True)
class Queue:
    """What waits for staff: how many by state, and how long the last hundred decisions took, half of them less."""

    counts: dict[str, int]
    median_review: timedelta | None


def applications_of(account_id: int) -> list[Application]:
    """All of an account's, newest first. One query."""
    mine = Application.objects.filter(account_id=account_id).select_related("artist")
    return list(mine.order_by("-created_at", "-pk"))


def open_application(account_id: int, kind: str) -> Application | None:
    """The one that can still be edited or is under review. One query."""
    mine = Application.objects.filter(account_id=account_id, kind=kind, state__in=OPEN)
    return mine.select_related("artist").first()


def history(application_id: int, *, for_staff: bool) -> list[Event]:
    """The steps of an application, oldest first; notes of staff for staff alone. One query."""
    events = Event.objects.filter(application_id=application_id).select_related("by")
    return list(events if for_staff else events.filter(private=False))


def candidates(text: str) -> list[Candidate]:
    """Profiles whose name or handle holds the text, unclaimed ones first. One query."""
    if len(text.strip()) < 2:
        return []
    owned = Member.objects.filter(artist=OuterRef("pk"), role=Member.Role.OWNER)
    found = Artist.objects.filter(
        Q(name__icontains=text.strip()) | Q(handle__icontains=text.strip()), revoked_at__isnull=True
    ).annotate(claimed=Exists(owned))
    return [Candidate(artist, artist.claimed) for artist in found.order_by("claimed", "name")[:FOUND]]


def name_problem(name: str, *, besides: int | None = None) -> str:
    """Why an artist may not take this name, in a sentence; empty when it may. `besides` is its own id. One query."""
    taken = _taken_for(name, besides=besides)
    if any(artist.verified_at for artist in taken):
        return "This name reads like that of a verified artist. Choose one that cannot be taken for it."
    if taken:
        return "Another artist has this name. Choose a name of your own."
    return names.name_problem(name)


def name_conflicts(application: Application) -> list[Artist]:
    """The artists whose name approving it would give or verify a second time, by name. One query, none for a claim."""
    if application.kind == "become":
        return _taken_for(application.name)
    if application.kind == "verify" and application.artist:
        return _taken_for(application.artist.name, besides=application.artist_id)
    return []


def alike(application: Application) -> list[Artist]:
    """Profiles whose names look or sound like the one asked for. One query."""
    looks = likeness(application.name)
    if len(looks) < 2:
        return []
    near = Q(likeness=looks) | Q(likeness__startswith=looks) | Q(name__icontains=application.name)
    others = Artist.objects.filter(near).exclude(pk=application.artist_id or 0)
    return list(others.order_by("name")[:FOUND])


def reads_verified(handle: str, *, besides: int | None = None) -> bool:
    """Whether an address reads like a verified artist's name: @marl0-vane for Marlo Vane. One query."""
    verified = Artist.objects.filter(likeness=likeness(handle), verified_at__isnull=False)
    return verified.exclude(pk=besides or 0).exists()


def _taken_for(name: str, *, besides: int | None = None) -> list[Artist]:
    """Artists of this name in any case and width of letters, and verified ones whose name looks like it."""
    alike = Q(name__iexact=name)
    if looks := likeness(name):
        alike |= Q(likeness=looks)
    found = Artist.objects.filter(alike).exclude(pk=besides or 0).order_by("name", "pk")
    return [artist for artist in found if artist.verified_at or names.same_name(artist.name, name)]


def queue() -> Queue:
    """The state of staff's work. Two queries."""
    states = Application.objects.exclude(state="draft").values_list("state").annotate(n=Count("pk"))
    decided = Application.objects.filter(sent_at__isnull=False, decided_at__isnull=False).order_by(
        "-decided_at"
    )
    times = decided.values_list("sent_at", "decided_at")[:REVIEWED]
    spans = [end - start for start, end in times if start and end]
    took = median(span.total_seconds() for span in spans) if spans else None
    return Queue(dict(states), timedelta(seconds=took) if took is not None else None)


def application_page(
    *, states: Collection[str], kind: str, mine: Account | None, page: int, size: int
) -> Paged[Application]:
    """A page of what was sent, longest waiting first. Two queries."""
    found = Application.objects.filter(state__in=states).exclude(state="draft")
    if kind:
        found = found.filter(kind=kind)
    if mine is not None:
        found = found.filter(assigned_to=mine)
    rows = found.select_related("account", "artist", "assigned_to").order_by("sent_at", "pk")
    return paged(rows, page=page, size=size, read=lambda row: row)
