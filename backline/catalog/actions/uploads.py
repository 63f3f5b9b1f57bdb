"""An upload as a whole: the checked file, its recording, the draft of a beat and its cover, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction

from backline.catalog.actions.beats import checked_fields, create_beat
from backline.catalog.actions.covers import Pictures, set_cover
from backline.catalog.actions.recordings import check_audio, create_recording, keeping
from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat
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
) -> Beat:
    """Makes a draft from the uploaded file `draft`, which lies in the store's incoming folder and is moved.

    What is quick to check is checked first. When anything fails, no file, folder or row is left beside `draft`.

    Raises:
        UploadRefused: the artist may not upload, or the file is not an accepted recording.
        InvalidFields: a value that cannot be kept.
        audio.Failed: the file could not be looked at; it may be good.
    """
    fields = checked_fields(fields or BeatFields(), artist=artist, file_name=file_name)
    checked = check_audio(artist, draft=draft, file_name=file_name)
    with keeping(checked, now=now) as key, transaction.atomic():
        recording = create_recording(artist, checked=checked, key=key, now=now)
        beat = create_beat(artist, recording=recording, account=account, fields=fields, now=now)
        if cover is not None:
            beat = set_cover(beat, cover=cover, now=now)
    return beat
