"""The worker is killed in the middle of a step; the next one finishes it and no file is left over."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integrations.audio_files import write_wav
from tests.processes import COMMAND, Installation, free_port, processes_under

pytestmark = pytest.mark.slow

UPLOAD = """
from pathlib import Path
from backline.catalog.actions import store_recording
from backline.core import clock
from backline.people import actions as people
now = clock.now()
account = people.create_account("alice@example.com", name="Alice", password="x", now=now)
artist = people.create_artist(account, name="Marlo Vane", handle="marlo-vane", now=now)
store_recording(artist, draft=Path({draft!r}), file_name="take.wav", now=now)
"""


def step(place: Installation, kind: str) -> tuple[str, int]:
    """State and attempts of the one step of this kind."""
    with sqlite3.connect(place.data / "backline.sqlite3", timeout=10) as database:
        rows = database.execute("SELECT state, attempts FROM catalog_step WHERE kind = ?", [kind]).fetchall()
    state, attempts = rows[0]
    return state, attempts


def wait_for(condition: Callable[[], bool], within_s: float = 60) -> None:
    give_up_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < give_up_s
        time.sleep(0.02)


def start_worker(place: Installation) -> subprocess.Popen[bytes]:
    with place.log.open("ab") as log:
        return subprocess.Popen([*COMMAND, "worker"], env=place.environment(), stdout=log, stderr=log)


def kill_all(worker: subprocess.Popen[bytes]) -> None:
    """kill -9 for the worker and its decoder at once, as when the machine loses its power."""
    for pid in processes_under(worker.pid):
        os.kill(pid, 9)
    worker.wait()


def kill_worker_at(place: Installation, kind: str) -> None:
    """Starts a worker and kills it in the middle of the step."""
    worker = start_worker(place)
    wait_for(lambda: step(place, kind) == ("running", 1) and len(processes_under(worker.pid)) > 1)
    kill_all(worker)


def test_a_killed_step_resumes(tmp_path: Path):
    place = Installation(tmp_path / "data", free_port())
    assert place.backline("prepare", "--empty").returncode == 0
    draft = write_wav(place.data / "files" / "incoming" / "take.wav", 300)
    made = place.backline("manage", "shell", "-c", UPLOAD.format(draft=str(draft)))
    assert made.returncode == 0, made.stderr
    for kind in ("stream", "preview"):
        kill_worker_at(place, kind)
        assert step(place, kind) == ("running", 1)
        assert not list((place.data / "files" / "recordings").rglob(f"{kind}.mp3"))
    worker = start_worker(place)
    try:
        wait_for(lambda: step(place, "preview")[0] == "done")
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    assert [step(place, kind) for kind in ("stream", "preview")] == [("done", 2), ("done", 2)]
    kept = sorted(file.name for file in (place.data / "files" / "recordings").rglob("*") if file.is_file())
    assert kept == ["original.wav", "preview.mp3", "stream.mp3"]
    # What the killed one was writing is swept once it is old.
    for left in (place.data / "files" / "incoming").iterdir():
        os.utime(left, (0, 0))
    place.backline("manage", "shell", "-c", "from backline.catalog import jobs; jobs.sweep()")
    assert list((place.data / "files" / "incoming").iterdir()) == []
