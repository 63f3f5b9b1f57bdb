"""Starting a whole Backline in a data folder of its own, for the slow tests and those in the browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "backline"]


def free_port() -> int:
    """A port that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Installation:
    """A data folder and a port; neither is used by anything else."""

    data: Path
    port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings of its own, by name."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What its processes printed."""
        return self.data.with_suffix(".log")

    def environment(self) -> dict[str, str]:
        """The environment of its processes: the tests' own settings stay out of it."""
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("BACKLINE_", "DJANGO_"))
        }
        return ours | {
            "BACKLINE_DATA": str(self.data),
            "BACKLINE_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            **self.settings,
        }

    def backline(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Runs one `backline` command to its end, with further settings by name."""
        environment = self.environment() | settings
        command = [*COMMAND, *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts `backline run` and returns at once."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, "run", *arguments],
                env=self.environment(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def wait_until_ready(self, tree: subprocess.Popen[bytes], *, within_s: float = 120) -> None:
        """Waits for the line that says so.

        Raises:
            AssertionError: it ended, or did not say so in time; the message holds what it printed.
        """
        ready = f"Backline is ready at {self.address}\n"
        give_up_s = time.monotonic() + within_s
        while ready not in self.log.read_text(encoding="utf-8"):
            ended = tree.poll() is not None
            assert not ended and time.monotonic() < give_up_s, self.log.read_text(encoding="utf-8")[-4000:]
            time.sleep(0.05)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """`backline run` from its ready line to its end."""
        tree = self.start(*arguments)
        try:
            self.wait_until_ready(tree)
            yield tree
        finally:
            tree.send_signal(signal.SIGTERM)
            tree.wait(timeout=30)


def processes_under(pid: int) -> Sequence[int]:
    """The process and all that it started, by id (Linux)."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def resident_mb(pid: int) -> float:
    """Memory held by one process, in megabytes (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
