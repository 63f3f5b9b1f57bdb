"""Folders in the file store that no row knows: what a crash left between keeping a file and writing its row."""

from __future__ import annotations

from datetime import datetime

from backline.catalog.models import Beat, Collection, Recording
from backline.core import files


def orphan_folders(*, before: datetime) -> list[str]:
    """Keys of recordings' and covers' folders that have not changed since `before` and have no row."""
    recordings = files.folders_in("recordings", before=before)
    covers = files.folders_in("covers", before=before)
    keys = Recording.objects.values_list("original_key", flat=True) if recordings else []
    known = {key.rpartition("/")[0] for key in keys}
    if covers:
        for model in (Beat, Collection):
            known |= set(model._default_manager.exclude(cover_key="").values_list("cover_key", flat=True))
    return [key for key in recordings + covers if key not in known]
