"""The catalogue: recordings and their processing steps, beats, credits, collections."""

from backline.catalog.models.beats import Beat, BeatQuerySet, Credit, Genre, Tag, UploadQuarter
from backline.catalog.models.collections import Collection, CollectionQuerySet, Entry
from backline.catalog.models.featured import Featured
from backline.catalog.models.recordings import Appeal, Fingerprint, Recording, Step, Term

__all__ = [
    "Appeal",
    "Beat",
    "BeatQuerySet",
    "Collection",
    "CollectionQuerySet",
    "Credit",
    "Entry",
    "Featured",
    "Fingerprint",
    "Genre",
    "Recording",
    "Step",
    "Tag",
    "Term",
    "UploadQuarter",
]
