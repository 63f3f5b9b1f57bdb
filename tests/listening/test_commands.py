"""`backline listening rebuild|seal|restore`: what they say, and their exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from backline.cli import main
from backline.listening.calendar import to_date
from backline.listening.store import open_store
from tests.listening.test_rebuild import START, live_through
from tests.listening.test_sealing import MONTH

pytestmark = pytest.mark.django_db


def test_rebuild(capsys: pytest.CaptureFixture[str]):
    live_through(1, end=START + 10)
    assert main(["listening", "rebuild", "--from", f"{to_date(START)}"]) == 0
    assert "listens judged and counted again" in capsys.readouterr().out


def test_seal_and_restore(settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pytest.importorskip("pyarrow")
    settings.DATA = tmp_path
    live_through(1, end=START + 80)
    month = f"{to_date(MONTH):%Y-%m}"
    assert main(["listening", "restore", "--month", month]) == 1
    assert "is not sealed" in capsys.readouterr().err
    assert main(["listening", "seal", "--month", month, "--drop"]) == 0
    assert f"sealed/listens-{month}.parquet and nowhere else" in capsys.readouterr().out
    assert [seal.dropped for seal in open_store().seals()] == [1]
    assert main(["listening", "restore", "--month", month]) == 0
    assert [seal.dropped for seal in open_store().seals()] == [0]
    assert main(["listening", "seal", "--month", "2099-01"]) == 1
