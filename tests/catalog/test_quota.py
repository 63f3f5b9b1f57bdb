"""What an artist may keep and upload."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from backline.catalog import actions, queries
from backline.catalog.actions import Announced, UploadRefused
from backline.catalog.models import Beat, Recording, Upload
from backline.core import files
from tests.catalog.makers import make_draft, make_recording, stored_files
from tests.conftest import Cast
from tests.integrations.audio_files import write_wav

DAY = timedelta(hours=24)


def begin(cast: Cast, now: datetime, size: int = 1000) -> Upload:
    announced = Announced(file_name="take.wav", size_bytes=size)
    return actions.begin_upload(cast.marlo, announced=announced, account=cast.alice, now=now)


def upload(cast: Cast, now: datetime) -> Beat:
    draft = write_wav(files.path("incoming") / "take.wav")
    return actions.upload_beat(cast.marlo, draft=draft, file_name="take.wav", account=cast.alice, now=now)


def test_stored_and_growing_files_are_counted(cast: Cast, now: datetime):
    make_recording(cast.marlo, now=now - 2 * DAY)
    make_recording(cast.marlo, now=now)
    make_recording(cast.sable, now=now)
    begin(cast, now)
    found = queries.quota(cast.marlo.pk, now=now)
    assert (found.used_ms, found.used_bytes, found.uploads) == (80_000, 2 * 7_056_044 + 1000, 2)


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [("UPLOAD_MINUTES", 1, "quota_minutes"), ("UPLOADS_A_DAY", 1, "quota_day")],
)
def test_a_full_quota_refuses_and_leaves_nothing(
    cast: Cast, now: datetime, settings: Any, limit: str, value: int, code: str
):
    make_recording(cast.marlo, now=now)  # 40 s; the next has 31 s
    setattr(settings, limit, value)
    with pytest.raises(UploadRefused) as refusal:
        upload(cast, now)
    assert refusal.value.code == code
    assert not Beat.objects.exists() and Recording.objects.count() == 1
    assert [key for key in stored_files() if not key.startswith("incoming/")] == []


def test_bytes_on_their_way_up_are_reserved(cast: Cast, now: datetime, settings: Any):
    settings.UPLOAD_GIGABYTES = 1
    begin(cast, now, 450_000_000)
    begin(cast, now, 450_000_000)
    with pytest.raises(UploadRefused, match=r"450\.0 MB, and 100\.0 MB of 1,000\.0 MB are left"):
        begin(cast, now, 450_000_000)


def test_a_place_is_free_again_a_day_later(cast: Cast, now: datetime, settings: Any):
    settings.UPLOADS_A_DAY = 1
    make_recording(cast.marlo, now=now)
    with pytest.raises(UploadRefused):
        begin(cast, now + DAY - timedelta(seconds=1))
    assert begin(cast, now + DAY)


def test_an_upload_does_not_stand_in_its_own_way(cast: Cast, now: datetime, settings: Any):
    settings.UPLOADS_A_DAY = 1
    content = write_wav(files.path("incoming") / "take.wav").read_bytes()
    growing = begin(cast, now, len(content))
    actions.append_piece(growing, offset=0, content=content, now=now)
    assert actions.finish_upload(growing, now=now).state == Upload.State.DONE


def test_zero_is_no_limit(cast: Cast, now: datetime, settings: Any):
    settings.UPLOAD_MINUTES = settings.UPLOAD_GIGABYTES = settings.UPLOADS_A_DAY = 0
    for _ in range(3):
        make_recording(cast.marlo, now=now)
    assert begin(cast, now, 499_000_000)


def test_what_the_trash_let_go_of_counts_no_more(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    actions.delete_beat(beat, now=now)
    assert queries.quota(cast.marlo.pk, now=now).used_ms == 40_000
    later = now + 30 * DAY
    assert actions.purge_next(now=later) is True
    found = queries.quota(cast.marlo.pk, now=later)
    assert (found.used_ms, found.used_bytes) == (0, 0)
