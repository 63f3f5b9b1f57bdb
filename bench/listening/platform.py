"""Django on a folder that `bench.listening.generate` filled, and what a piece of work cost there."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: the clock's and the processor's seconds, and the most memory of the process so far."""

    done: int
    wall_s: float
    cpu_s: float
    most_mb: int

    @property
    def cells(self) -> list[str]:
        """The cells of a table: how many, a second of the clock, a second of CPU, seconds of CPU, memory."""
        return [
            f"{self.done:,}",
            f"{self.done / self.wall_s:,.0f}",
            f"{self.done / self.cpu_s:,.0f}",
            f"{self.cpu_s:,.1f}",
            f"{self.most_mb:,}",
        ]


def open_platform(folder: Path) -> None:
    """Sets Django up on the folder and makes its database when it is new."""
    os.environ["BACKLINE_DATA"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    os.environ.setdefault("BACKLINE_LOG_LEVEL", "WARNING")
    os.environ.pop("LISTENING_URL", None)
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def measured(work: Callable[[], int]) -> Cost:
    """Does the work, which answers how much it did, and says what it cost."""
    wall, cpu = time.monotonic(), time.process_time()
    done = work()
    spent = (time.monotonic() - wall, time.process_time() - cpu)
    return Cost(done, *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def cpu_yardstick() -> float:
    """Seconds of CPU for a fixed piece of Python: what makes figures of a loaded machine comparable."""
    began = time.process_time()
    total = 0
    for number in range(5_000_000):
        total += number % 7
    return time.process_time() - began
