"""A good file, and Alice who sends it in pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.integrations.audio_files import write_wav
from tests.web.upload.pieces import Sender


@pytest.fixture
def wav(tmp_path: Path) -> bytes:
    return write_wav(tmp_path / "x.wav").read_bytes()


@pytest.fixture
def sender(cast: Cast, wav: bytes) -> Sender:
    """Alice with a good file, not begun."""
    return Sender(cast.client("alice"), wav)
