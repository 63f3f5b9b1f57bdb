"""A build killed outright at any moment is finished by the next one, the same as if nothing had happened."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import sys
from datetime import datetime
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from backline.demo import build
from backline.demo.progress import Silent
build.build(datetime.fromisoformat(sys.argv[1]), Silent(), size="small", workers=2)
"""
NOW = "2026-03-18T15:30:00+00:00"


def start(data: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"BACKLINE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "backline.settings"}
    environment |= {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", BUILD, NOW], env=environment, cwd=ROOT)


def facts(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """What must be the same: rows of both stores, without what is random or of the build's own clock."""
    questions = {
        "backline.sqlite3": (
            "SELECT sha256, file_name FROM catalog_recording ORDER BY 2",
            "SELECT name, state, published_at FROM catalog_beat ORDER BY 1",
            "SELECT count(*) FROM people_account",
            "SELECT count(*) FROM people_token",
            "SELECT account_id, artist_id, at FROM audience_follow ORDER BY 1, 2",
            "SELECT kind, count(*) FROM outbox_fact GROUP BY 1",
        ),
        "listening.sqlite3": (
            "SELECT hex(id), day, verdict FROM listen JOIN listen_verdict USING (seq) ORDER BY 1",
            "SELECT hex(id), day FROM download_event ORDER BY 1",
            "SELECT sum(plays), sum(received), sum(downloads), sum(likes) FROM artist_total",
        ),
    }
    found = {}
    for name, statements in questions.items():
        connection = sqlite3.connect(data / name)
        for statement in statements:
            found[statement] = connection.execute(statement).fetchall()
        connection.close()
    return found


@pytest.mark.slow
def test_killed_builds_end_as_one_that_was_left_alone(tmp_path: Path):
    alone, killed = tmp_path / "alone", tmp_path / "killed"
    assert start(alone).wait(timeout=60) == 0
    for after_s in (0.2, 0.8, 1.4, 1.9, 2.4):
        child = start(killed)
        waited_s = time.monotonic()
        while not (killed / "demo-build.json").exists() and child.poll() is None:
            assert time.monotonic() - waited_s < 30
            time.sleep(0.02)
        time.sleep(after_s)
        child.kill()
        child.wait()
    assert start(killed).wait(timeout=60) == 0
    assert facts(killed) == facts(alone)
