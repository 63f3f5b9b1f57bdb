"""Files that come in pieces: begun, continued from where they are, finished into a draft, given up, forgotten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from backline.catalog.actions.recordings import UploadRefused, demand_may_upload, demand_room, short_name
from backline.catalog.actions.uploads import upload_beat
from backline.catalog.models import Collection, Upload
from backline.core import files, growing
from backline.core.ids import uuid7
from backline.integrations import audio
from backline.people.models import Account, Artist

LASTS = timedelta(hours=24)
LARGEST_PIECE_BYTES = 4 * 1024 * 1024
SPARE_BYTES = 64 * 1024 * 1024  # of the disk stay free: databases need room too


class UploadGone(Exception):
    """It was cancelled or has expired."""


class UploadOver(Exception):
    """It has been finished or refused: `upload` says which."""

    def __init__(self, upload: Upload) -> None:
        super().__init__("This upload is over.")
        self.upload = upload


class WrongOffset(Exception):
    """The next byte that is wanted is another one: number `offset`, counted from 0."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"The next byte that is wanted is number {offset}.")
        self.offset = offset


@dataclass(frozen=True)
class Announced:
    """What the sender says of a file before its first byte.

    `mark` is what the sender knows the file by: the same mark again continues the upload that still grows, and with
    `once` also names one that is over. `batch` joins files that were chosen together; with `collection_name` they
    become a collection, else they go last into `collection`, when there is one.
    """

    file_name: str
    size_bytes: int
    mark: str = ""
    once: bool = False
    batch: UUID | None = None
    position: int = 0
    collection_name: str = ""
    collection: Collection | None = None


def begin_upload(artist: Artist, *, announced: Announced, account: Account, now: datetime) -> Upload:
    """The upload of this mark where there is one, else a new one whose first byte is wanted.

    Raises:
        UploadRefused: the artist may not upload, the file is too large, there is no room for it in the quota.
        growing.NoRoom: the disk is too full for it.
    """
    if known := _known(artist, announced, account, now):
        return known
    demand_may_upload(artist)
    _demand_size(announced)
    demand_room(artist, size_bytes=announced.size_bytes, now=now)
    _demand_disk(announced.size_bytes)
    try:
        with transaction.atomic():
            return _new(artist, announced, account, now)
    except IntegrityError:
        # Another tab began the same file at the same moment.
        known = _known(artist, announced, account, now)
        if known is None:
            raise
        return known


def append_piece(upload: Upload, *, offset: int, content: bytes, now: datetime) -> int:
    """Adds the bytes that begin at `offset`; returns which byte is wanted next.

    Raises:
        WrongOffset: other bytes are wanted. UploadRefused: more bytes than were announced.
        UploadOver, UploadGone: there is nothing to add to. growing.Busy: another piece is being written.
        growing.NoRoom: the disk is full; nothing of the piece was kept.
    """
    with _held(upload) as (descriptor, upload, here):
        if offset != here:
            raise WrongOffset(here)
        if offset + len(content) > upload.size_bytes:
            raise UploadRefused("too_long_piece", "These bytes are more than the file was announced to have.")
        growing.write_at(descriptor, offset, content)
        received = offset + len(content)
        Upload.objects.filter(pk=upload.pk).update(received=received, expires_at=now + LASTS)
    return received


def wanted_offset(upload: Upload) -> int:
    """Which byte is wanted next: never beyond what is certainly on disk."""
    place = files.path(upload.key)
    return min(upload.received, place.stat().st_size) if place.exists() else 0


def finish_upload(upload: Upload, *, now: datetime) -> Upload:
    """Makes the complete file a draft, or says in the row why it is refused. Repeating it changes nothing.

    Raises:
        WrongOffset: bytes are missing. UploadGone: it was cancelled or has expired.
        growing.Busy: it is being finished or written right now. audio.Failed: we could not look; try again.
    """
    try:
        with _held(upload) as (descriptor, upload, here):
            if here < upload.size_bytes:
                raise WrongOffset(here)
            os.ftruncate(descriptor, upload.size_bytes)
            return _finish(upload, now)
    except UploadOver as over:
        return over.upload


def cancel_upload(upload: Upload) -> bool:
    """Removes a growing upload, file and row; says whether it was one.

    Raises:
        growing.Busy: a piece is being written.
    """
    try:
        with _held(upload) as (_, upload, _here):
            place = files.path(upload.key)
            upload.delete()
            place.unlink(missing_ok=True)
    except (UploadOver, UploadGone):
        return False
    return True


def forget_uploads(*, now: datetime) -> int:
    """Removes uploads that nobody has continued for a day, and rows of finished ones; says how many."""
    expired = list(Upload.objects.filter(expires_at__lt=now)[:500])
    forgotten = 0
    for upload in expired:
        try:
            with growing.held(files.path(upload.key)):
                forgotten += Upload.objects.filter(pk=upload.pk, expires_at__lt=now).delete()[0]
                files.path(upload.key).unlink(missing_ok=True)
        except growing.Busy:
            continue
    return forgotten


def remove_unknown_pieces(*, before: datetime) -> int:
    """Removes growing files without a growing upload that have not changed since `before`; says how many."""
    old = files.files_in("uploads", before=before)
    ids = [Path(key).stem for key in old]
    alive = {
        str(pk)
        for pk in Upload.objects.filter(state=Upload.State.GROWING, pk__in=[i for i in ids if _is_id(i)])
        .values_list("pk", flat=True)
    }  # fmt: skip
    unknown = [key for key, name in zip(old, ids, strict=True) if name not in alive]
    for key in unknown:
        files.path(key).unlink(missing_ok=True)
    return len(unknown)


@contextmanager
def _held(upload: Upload) -> Iterator[tuple[int, Upload, int]]:
    """The growing file in hand: its descriptor, its row as it is now, and which byte is wanted next."""
    _fresh(upload)  # else the file of one that is over would be made anew
    with growing.held(files.path(upload.key)) as descriptor:
        fresh = _fresh(upload)
        yield descriptor, fresh, min(fresh.received, os.fstat(descriptor).st_size)


def _fresh(upload: Upload) -> Upload:
    found = Upload.objects.filter(pk=upload.pk).select_related("artist", "account", "collection").first()
    if found is None:
        raise UploadGone
    if found.state != Upload.State.GROWING:
        raise UploadOver(found)
    return found


def _finish(upload: Upload, now: datetime) -> Upload:
    place = files.path(upload.key)
    try:
        upload_beat(
            upload.artist,
            draft=place,
            file_name=upload.file_name,
            account=upload.account,
            now=now,
            upload=upload,
        )
    except UploadRefused as refusal:
        state, code, sentence = Upload.State.REFUSED, refusal.code, refusal.sentence
        Upload.objects.filter(pk=upload.pk).update(state=state, code=code, sentence=sentence)
        place.unlink(missing_ok=True)
    upload.refresh_from_db()
    return upload


def _known(artist: Artist, announced: Announced, account: Account, now: datetime) -> Upload | None:
    if not announced.mark:
        return None
    same = Upload.objects.filter(artist=artist, account=account, mark=announced.mark, expires_at__gt=now)
    if not announced.once:
        same = same.filter(state=Upload.State.GROWING)
    found = same.order_by("-created_at").first()
    if found is not None and found.size_bytes != announced.size_bytes:
        raise UploadRefused("other_file", "This mark was used for a file of another size.")
    return found


def _new(artist: Artist, announced: Announced, account: Account, now: datetime) -> Upload:
    return Upload.objects.create(
        id=uuid7(now),
        artist=artist,
        account=account,
        file_name=short_name(announced.file_name),
        size_bytes=announced.size_bytes,
        mark=announced.mark,
        batch=announced.batch,
        position=announced.position,
        collection_name=announced.collection_name,
        collection=announced.collection,
        created_at=now,
        expires_at=now + LASTS,
    )


def _demand_size(announced: Announced) -> None:
    most = audio.DEFAULT.max_bytes
    if announced.size_bytes > most:
        size, name = announced.size_bytes // 1_000_000, audio.shown(announced.file_name)
        sentence = f"{name} has {size:,} MB; the most we take is {most // 1_000_000:,} MB."
        raise UploadRefused("too_large", sentence)


def _demand_disk(size_bytes: int) -> None:
    if shutil.disk_usage(files.incoming_folder()).free < size_bytes + SPARE_BYTES:
        raise growing.NoRoom


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
