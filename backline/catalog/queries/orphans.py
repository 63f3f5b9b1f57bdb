"""Folders in the file store that no row knows: what a crash left between keeping a file and writing its row."""

from __future__ import annotations

from datetime import datetime

from backline.catalog.models import Beat, Collection, Recording, UploadDefaults
from backline.core import files
from backline.people.queries import known_folders


def orphan_folders(*, before: datetime) -> list[str]:
    """Keys of folders of recordings, pictures and voice tags that have not changed since `before` and have no row."""
    recordings = files.folders_in("recordings", before=before)
    covers, tags = (files.folders_in(name, before=before) for name in ("covers", "tags"))
    keys = Recording.objects.values_list("original_key", flat=True) if recordings else []
    known = {key.rpartition("/")[0] for key in keys}
    if covers:
        for model in (Beat, Collection):
            known |= set(model._default_manager.exclude(cover_key="").values_list("cover_key", flat=True))
    if tags:
        own = UploadDefaults.objects.exclude(tag_key="").values_list("tag_key", flat=True)
        known |= {key.rpartition("/")[0] for key in own}
    pictures = [
        key
        for name in ("avatars", "banners", "photos", "attachments", "enclosures")
        for key in files.folders_in(name, before=before)
    ]
    known |= known_folders() if pictures else set()
    return [key for key in recordings + covers + tags + pictures if key not in known]
