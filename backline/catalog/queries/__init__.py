"""Reads of the catalogue for screens, the API and the listening figures."""

from backline.catalog.queries.cards import (
    BeatCard,
    BeatLabel,
    BeatPage,
    CreditedArtist,
    artist_beats,
    artist_beats_before,
    beat_cards,
    beat_labels,
)
from backline.catalog.queries.collections import (
    CollectionRow,
    Outline,
    collection_rows,
    outlines,
    places_of_artist,
)
from backline.catalog.queries.counts import CatalogCounts, catalog_counts, credited_beat_ids
from backline.catalog.queries.credits import is_credited
from backline.catalog.queries.defaults import Usual, usual, voice_tag_name
from backline.catalog.queries.featured import FeaturedBeat, featured_beat
from backline.catalog.queries.genres import GenreUse, genre_choices, genre_slugs, genre_uses
from backline.catalog.queries.needs import (
    FailedStep,
    Invitation,
    Review,
    beats_to_review,
    copied_beats,
    failed_steps,
    open_invitations,
)
from backline.catalog.queries.originality import (
    Copy,
    answered_appeals,
    copy_of,
    hindrances,
    open_appeals,
)
from backline.catalog.queries.processing import StepState, processing, steps_by_state
from backline.catalog.queries.quota import quota, unfinished_uploads
from backline.catalog.queries.uploads import (
    DayUploads,
    first_upload_at,
    last_released,
    others_uploads,
    own_uploads,
    releases,
    uploads_on,
)
from backline.catalog.queries.words import genres_of, tags_of

__all__ = [
    "BeatCard",
    "BeatLabel",
    "BeatPage",
    "CatalogCounts",
    "CollectionRow",
    "Copy",
    "CreditedArtist",
    "DayUploads",
    "FailedStep",
    "FeaturedBeat",
    "GenreUse",
    "Invitation",
    "Outline",
    "Review",
    "StepState",
    "Usual",
    "answered_appeals",
    "artist_beats",
    "artist_beats_before",
    "beat_cards",
    "beat_labels",
    "beats_to_review",
    "catalog_counts",
    "collection_rows",
    "copied_beats",
    "copy_of",
    "credited_beat_ids",
    "failed_steps",
    "featured_beat",
    "first_upload_at",
    "genre_choices",
    "genre_slugs",
    "genre_uses",
    "genres_of",
    "hindrances",
    "is_credited",
    "last_released",
    "open_appeals",
    "open_invitations",
    "others_uploads",
    "outlines",
    "own_uploads",
    "places_of_artist",
    "processing",
    "quota",
    "releases",
    "steps_by_state",
    "tags_of",
    "unfinished_uploads",
    "uploads_on",
    "usual",
    "voice_tag_name",
]
