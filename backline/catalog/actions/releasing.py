"""Collections come out, at once or when they are scheduled for, and go into the trash and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from backline.catalog.actions.trash import TRASH_LASTS
from backline.catalog.models import Collection
from backline.core import files
from backline.people.models import Artist


def publish_collection(collection: Collection, *, now: datetime) -> Collection:
    """Makes the collection public; repeating it changes nothing. Beats that are not public stay hidden in it."""
    hidden = Collection.objects.filter(pk=collection.pk).exclude(state=Collection.State.PUBLIC)
    hidden.update(state=Collection.State.PUBLIC, scheduled_at=None, updated_at=now)
    collection.refresh_from_db()
    return collection


def release_next(*, now: datetime) -> Collection | None:
    """Publishes the collection that has been due longest, or None."""
    due = Collection.objects.kept().filter(state=Collection.State.SCHEDULED, scheduled_at__lte=now)
    with transaction.atomic():
        collection = due.order_by("scheduled_at").select_for_update(skip_locked=True).first()
        return publish_collection(collection, now=now) if collection else None


def delete_collections(artist: Artist, *, collection_ids: Sequence[int], now: datetime) -> list[int]:
    """Puts these collections of the artist into the trash; their beats stay. Returns those that were not there yet."""
    with transaction.atomic():
        chosen = Collection.objects.kept().filter(artist=artist, pk__in=collection_ids).select_for_update()
        ids = list(chosen.values_list("pk", flat=True))
        Collection.objects.filter(pk__in=ids).update(deleted_at=now)
    return ids


def restore_collections(artist: Artist, *, collection_ids: Sequence[int], now: datetime) -> int:
    """Takes these collections out of the trash; one whose schedule is over meanwhile becomes private."""
    with transaction.atomic():
        chosen = Collection.objects.trashed().filter(artist=artist, pk__in=collection_ids)
        missed = chosen.filter(state=Collection.State.SCHEDULED, scheduled_at__lte=now)
        missed.update(state=Collection.State.PRIVATE, scheduled_at=None)
        return chosen.update(deleted_at=None)


def purge_next_collection(*, now: datetime) -> bool:
    """Removes one collection that has been in the trash for 30 days, with its cover; says whether there was one."""
    with transaction.atomic():
        over = Collection.objects.trashed().filter(deleted_at__lte=now - TRASH_LASTS)
        collection = over.order_by("deleted_at").select_for_update(skip_locked=True).first()
        if collection is None:
            return False
        folder = collection.cover_key
        collection.delete()
        if folder:
            transaction.on_commit(lambda: files.remove_folder(folder))
    return True
