"""The catalogue: recordings and their processing steps, beats, credits, collections."""

from backline.catalog.models.beats import Beat, BeatQuerySet, Credit, Genre, Tag, UploadQuarter
from backline.catalog.models.collections import Collection, CollectionQuerySet, Entry
from backline.catalog.models.featured import Featured
from backline.catalog.models.history import BeatChange
from backline.catalog.models.links import PrivateLink
from backline.catalog.models.offers import ExclusiveOffer
from backline.catalog.models.recommended import NotRecommended, Recommended
from backline.catalog.models.recordings import Appeal, Fingerprint, Recording, Step, Term
from backline.catalog.models.search import Found, SearchMark, SearchText
from backline.catalog.models.shares import Share, ShareTable
from backline.catalog.models.uploads import Upload, UploadDefaults

__all__ = [
    "Appeal",
    "Beat",
    "BeatChange",
    "BeatQuerySet",
    "Collection",
    "CollectionQuerySet",
    "Credit",
    "Entry",
    "ExclusiveOffer",
    "Featured",
    "Fingerprint",
    "Found",
    "Genre",
    "NotRecommended",
    "PrivateLink",
    "Recommended",
    "Recording",
    "SearchMark",
    "SearchText",
    "Share",
    "ShareTable",
    "Step",
    "Tag",
    "Term",
    "Upload",
    "UploadDefaults",
    "UploadQuarter",
]
