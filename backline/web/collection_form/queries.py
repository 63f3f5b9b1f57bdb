"""What the collection form shows beside its fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backline.catalog import queries as catalog
from backline.catalog.actions import CollectionFields
from backline.catalog.covers import Cover, collection_cover, collection_seed
from backline.catalog.models import Beat, Collection
from backline.web.cover_choice import Style, styles
from backline.web.version_field import Difference

MOST_OFFERED = 50


@dataclass(frozen=True)
class Sheet:
    """Everything but the fields. `offered` are own beats that are not in it, of `others` that fit the words."""

    cover: Cover
    styles: tuple[Style, ...]
    beats: list[catalog.BeatCard]
    offered: list[catalog.BeatCard]
    others: int

    @property
    def duration_ms(self) -> int:
        """Of its beats together."""
        return sum(beat.duration_ms for beat in self.beats)

    @property
    def drafts(self) -> int:
        """How many of its beats are not public."""
        return sum(not beat.is_public for beat in self.beats)


def sheet(collection: Collection, *, beat_ids: Sequence[int], words: str = "") -> Sheet:
    """The form's surroundings with these beats in this order. A constant number of queries."""
    own = Beat.objects.kept().filter(artist=collection.artist_id)
    others = own.exclude(pk__in=beat_ids).filter(name__icontains=words).order_by("name", "id")
    offered = list(others.values_list("pk", flat=True)[:MOST_OFFERED])
    mine = set(own.filter(pk__in=beat_ids).values_list("pk", flat=True))
    cards = catalog.beat_cards([*mine, *offered])
    return Sheet(
        cover=collection_cover(collection),
        styles=styles(collection_seed(collection.pk)),
        beats=[cards[n] for n in beat_ids if n in mine],
        offered=[cards[n] for n in offered],
        others=others.count(),
    )


def held(collection: Collection) -> list[int]:
    """The beats it holds in order, deleted ones left out."""
    entries = collection.entries.filter(beat__deleted_at=None).order_by("position", "id")
    return list(entries.values_list("beat_id", flat=True))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%d %b %Y, %H:%M UTC") if at else "no"


def differences(collection: Collection, mine: CollectionFields, *, beat_ids: list[int]) -> list[Difference]:
    """Where the collection as somebody else saved it differs from this form."""
    genres = dict(catalog.genre_choices())
    pairs = [
        ("Name", collection.name, mine.name.strip()),
        ("Type", collection.kind, mine.kind),
        ("Release date", collection.release_on or "not set", mine.release_on or "not set"),
        ("Description", collection.description or "nothing", mine.description.strip() or "nothing"),
        ("Visibility", collection.state, mine.state),
        ("Scheduled", _instant(collection.scheduled_at), _instant(mine.scheduled_at)),
        (
            "Genres",
            _listed(one.name for one in collection.genres.all()),
            _listed(genres[n] for n in mine.genres),
        ),
        ("Tags", ", ".join(collection.tags) or "none", ", ".join(mine.tags) or "none"),
        ("Artists", _listed(one.handle.lower() for one in collection.artists.all()), _listed(mine.artists)),
    ]
    found = [Difference(label, str(theirs)) for label, theirs, ours in pairs if theirs != ours]
    saved = held(collection)
    if saved != beat_ids:
        cards = catalog.beat_cards(saved)
        found.append(Difference("Beats", ", ".join(cards[n].name for n in saved if n in cards) or "none"))
    return found
