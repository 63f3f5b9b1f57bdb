"""What comes before serving: both stores and the static files up to date, and the demo world where it is wanted."""

from __future__ import annotations

import gc
import hashlib
import os
import sys

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from backline import sandbox
from backline.core import clock
from backline.demo import build as demo
from backline.demo import record
from backline.demo.progress import Lines
from backline.listening.store import open_store
from backline.people.models import Account


def prepare(*, with_demo: bool) -> int:
    """Brings everything up to date and makes the demo world in a new installation. Returns the exit status."""
    migrate()
    collect_static()
    begun = record.read(settings.DATA) is not None
    if with_demo and (begun or not Account.objects.exists()):
        return build_demo()
    return 0


def build_demo(*, size: str = "full") -> int:
    """Makes the demo world, showing how far it is. Returns the exit status."""
    sandbox.make_place(settings.DATA)
    # What a build makes goes into databases: looking for garbage among it, again and again, took a twentieth of it.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        demo.build(clock.now(), Lines(sys.stdout), size=size)
    except demo.NotEmpty as problem:
        print(f"backline: {problem}", file=sys.stderr)
        return 1
    return 0


def migrate() -> None:
    """Brings Django's database and the listening store to the schema of this version."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    open_store()


def collect_static() -> None:
    """Copies the static files, compressed and under names that carry their hash, to where they are served from."""
    stamp = settings.STATIC_ROOT / ".sources"
    sources = _static_sources()
    if stamp.exists() and stamp.read_text(encoding="ascii") == sources:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources, encoding="ascii")


def _static_sources() -> str:
    """A digest of what would be collected: each file's name, size and time of change."""
    digest = hashlib.sha256(django.get_version().encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            state = os.stat(storage.path(path))
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
