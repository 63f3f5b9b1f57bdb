"""An upload as a whole: the checked file, its recording, the draft of a beat and its cover, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from backline.catalog.actions.beats import checked_fields, create_beat
from backline.catalog.actions.collections import add_to_collection, create_collection
from backline.catalog.actions.covers import Pictures, set_cover
from backline.catalog.actions.defaults import invite_usual, usual_fields
from backline.catalog.actions.recordings import check_audio, create_recording, demand_room, keeping
from backline.catalog.actions.shelving import take_over
from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, Collection, Entry, Upload
from backline.catalog.queries.defaults import usual
from backline.core import locks
from backline.people.models import Account, Artist


def upload_beat(
    artist: Artist,
    *,
    draft: Path,
    file_name: str,
    account: Account | None,
    now: datetime,
    fields: BeatFields | None = None,
    cover: Pictures | None = None,
    upload: Upload | None = None,
) -> Beat:
    """Makes a draft from the uploaded file `draft`, which lies beside the store's files and is moved.

    Without `fields` it starts with the artist's upload defaults. `upload` is the growing file that has come in pieces:
    it ends in the same transaction. What is quick to check is checked first. When anything fails, no file, folder or
    row is left beside `draft`.

    Raises:
        UploadRefused: the artist may not upload, has no room, or the file is not an accepted recording.
        InvalidFields: a value that cannot be kept.
        audio.Failed: the file could not be looked at; it may be good.
    """
    without = upload.pk if upload else None
    start = usual(artist)
    given = checked_fields(fields or usual_fields(start), artist=artist, file_name=file_name)
    checked = check_audio(artist, draft=draft, file_name=file_name)
    with keeping(checked, now=now) as key, transaction.atomic():
        size, length = checked.size_bytes, checked.probe.duration_ms
        demand_room(artist, size_bytes=size, duration_ms=length, now=now, without=without)
        recording = create_recording(artist, checked=checked, key=key, now=now)
        style = start.cover_style
        beat = create_beat(
            artist, recording=recording, account=account, fields=given, cover_style=style, now=now
        )
        if cover is not None:
            beat = set_cover(beat, cover=cover, now=now)
        if fields is None:
            invite_usual(beat, start, now=now)
        if upload is not None:
            _end(upload, beat, now)
    return beat


def _end(upload: Upload, beat: Beat, now: datetime) -> None:
    """Marks the growing file done and puts the beat into the collection that its files become."""
    collection = _collection_of(upload, now)
    ended = {"state": Upload.State.DONE, "beat": beat, "collection": collection}
    Upload.objects.filter(pk=upload.pk).update(received=upload.size_bytes, **ended)
    if collection is not None:
        add_to_collection(collection, beat=beat, now=now)
        take_over(beat, collection=collection, now=now)
        _put_in_order(collection, upload)


def _collection_of(upload: Upload, now: datetime) -> Collection | None:
    """The chosen one, or the one of the batch, which its first finished file makes."""
    if not upload.collection_name or upload.batch is None:
        kept = upload.collection is not None and upload.collection.deleted_at is None
        return upload.collection if kept else None
    locks.hold(f"batch {upload.batch}")
    batch = Upload.objects.filter(artist=upload.artist_id, batch=upload.batch, collection__isnull=False)
    first = batch.select_related("collection").first()
    if first is not None:
        return first.collection
    kind = Collection.Kind.ALBUM
    return create_collection(upload.artist, name=upload.collection_name, kind=kind, now=now)


def _put_in_order(collection: Collection, upload: Upload) -> None:
    """Beats of a batch stand in the order in which their files were chosen, whichever was finished first."""
    if upload.batch is None:
        return
    batch = Upload.objects.filter(batch=upload.batch, collection=collection, state=Upload.State.DONE)
    entries = {entry.beat_id: entry for entry in collection.entries.all()}
    order = [
        entries[beat] for beat in batch.order_by("position").values_list("beat", flat=True) if beat in entries
    ]
    places = sorted(entry.position for entry in order)
    for place, entry in zip(places, order, strict=True):
        entry.position = place
    Entry.objects.bulk_update(order, ["position"])
