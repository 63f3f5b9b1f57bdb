"""The contract on ClickHouse, in a child process: its stand-in locks out others and does not survive a fork."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.listening.store.contract.conftest import CHILD

HERE = Path(__file__).parent


@pytest.mark.slow
def test_the_contract_on_clickhouse():
    for package in ("chdb", "clickhouse_connect"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "", "-p", "no:cacheprovider", str(HERE)]
    child = subprocess.run(
        command,
        env=environment | {CHILD: "clickhouse"},
        capture_output=True,
        text=True,
        cwd=HERE.parents[3],
    )
    assert child.returncode == 0, child.stdout[-5_000:] + child.stderr[-2_000:]
