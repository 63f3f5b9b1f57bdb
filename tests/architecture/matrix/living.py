"""The world in which addresses and forms are asked: made once for a module, never committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from backline.core import clock
from tests.architecture.matrix.asking import Asker
from tests.architecture.matrix.world import places
from tests.conftest import NOW, Cast, make_cast


@dataclass(frozen=True)
class World:
    """The cast, everybody's keys, and the settings that say where its files and listens are."""

    cast: Cast
    asker: Asker
    settings: dict[str, object]

    def enter(self, changed: object) -> None:
        """Puts a test into this world; `changed` are pytest's settings."""
        for name, value in self.settings.items():
            setattr(changed, name, value)


@contextmanager
def living(root: Path, blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, at the tests' instant, with its files in an empty folder."""
    (root / "files" / "incoming").mkdir(parents=True)
    place: dict[str, object] = {
        "FILES_ROOT": root / "files",
        "FILE_UPLOAD_TEMP_DIR": root / "files" / "incoming",
        "LISTENING_URL": f"sqlite:///{root / 'listening.sqlite3'}",
        # What it makes of a 405 has words, and takes as long as any page.
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if not name.endswith(".WrongMethodMiddleware")],
    }
    with blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        with override_settings(**place):
            patch.setattr(clock, "now", lambda: NOW)
            cast = make_cast(NOW)
            asker = Asker(cast, places(cast, NOW, patch), NOW)
        yield World(cast, asker, place)
        transaction.set_rollback(True)
