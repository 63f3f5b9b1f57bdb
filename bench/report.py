"""Heading and rows of a benchmark table, with what makes its figures comparable: machine, date, load."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path


def heading(title: str) -> str:
    """A Markdown heading with the machine, the date and the load at the start."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    model = next(
        (line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")), "?"
    )
    today = datetime.now(UTC).date().isoformat()
    machine = f"{os.cpu_count()} cores ({model}), {platform.system()}, Python {platform.python_version()}"
    return f"## {title}\n\n{today}, {machine}, load {load} at the start.\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines) + "\n"


def _cpuinfo() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
