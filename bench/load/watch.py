"""What the processes and the fold did meanwhile, looked at once a second."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from bench.pages.__main__ import processes

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_LAG = "SELECT (SELECT max(seq) FROM listen) - (SELECT seq FROM watermark WHERE name = 'listen')"


class Watch(threading.Thread):
    """Follows a tree on a port and the log of its listening store until `end`."""

    def __init__(self, log: Path, port: int) -> None:
        super().__init__(daemon=True)
        self._log, self._port = log, port
        self._over = threading.Event()
        self._lags: list[int] = []
        self._loads: list[float] = []
        self._spent: dict[str, float] = {}
        self._began = time.monotonic()

    def run(self) -> None:
        """Looks once a second."""
        connection = sqlite3.connect(self._log, timeout=5)
        before = _cpu(self._port)
        while not self._over.wait(1):
            self._lags.append(connection.execute(_LAG).fetchone()[0])
            self._loads.append(os.getloadavg()[0])
        connection.close()
        self._spent = {part: spent - before.get(part, 0) for part, spent in _cpu(self._port).items()}

    def end(self) -> None:
        """Stops looking."""
        self._over.set()
        self.join()
        self._took = time.monotonic() - self._began

    def said(self, seen: dict[str, Any]) -> str:
        """Sentences about CPU, errors, the fold and the machine's load."""
        pages = sum(len(found) for name, found in seen["waits"].items() if "event" not in name)
        lags = sorted(self._lags)
        spent = ", ".join(
            f"{part} {seconds / self._took * 1000:.0f}" for part, seconds in sorted(self._spent.items())
        )
        return (
            f"CPU-ms a second: {spent}. Counted pages: {pages:,}; accepted events: {seen['accepted']:,}; "
            f"errors: {seen['errors'] or 'none'}.\n"
            f"Listens not yet folded: median {lags[len(lags) // 2]:,}, most {lags[-1]:,}, "
            f"at the end {self._lags[-1]:,}. "
            f"Load average {min(self._loads):.1f} to {max(self._loads):.1f}."
        )


def _cpu(port: int) -> dict[str, float]:
    """CPU seconds of the tree's living processes, by what they are."""
    spent: dict[str, float] = {}
    for process in processes(port):
        words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        part = next(
            (name for name in ("gunicorn", "worker", "stripe_sandbox", "run") if name in words), "other"
        )
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        spent[part] = spent.get(part, 0.0) + (int(fields[11]) + int(fields[12])) * TICK_S
    return spent
