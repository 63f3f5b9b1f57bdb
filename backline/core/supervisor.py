"""A tree of processes that live and die together: steps that run to their end, and children that are kept alive.

Each child leads a process group of its own, so that stopping it also reaches what it started. A child that ends by
itself is started again after a growing pause. When this process is killed outright, the kernel tells the children
(Linux only); elsewhere they go on until they are stopped by hand. Nothing heavy is imported here: this process
stays small for as long as the tree runs.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

LOOK_EVERY_S = 0.1
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
HEALTHY_AFTER_S = 30.0
STOP_WITHIN_S = 12.0

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """One process that is kept alive: its name and command, and how often in a row it ended too soon."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = list(command)
        self.process: subprocess.Popen[bytes] | None = None
        self.started_s = 0.0
        self.start_again_s = 0.0
        self.failures = 0


class Tree:
    """The processes of one run. `say` prints a line for the person at the terminal."""

    def __init__(self, environment: Mapping[str, str], *, say: Callable[[str], None]) -> None:
        self._environment = dict(environment)
        self._say = say
        self._children: list[Child] = []
        self._signals = 0

    @property
    def stopping(self) -> bool:
        """Whether somebody asked for the end: Ctrl-C, SIGTERM, or the terminal was closed."""
        return self._signals > 0

    def listen_for_stop(self) -> None:
        """From here on SIGINT, SIGTERM and SIGHUP ask the tree to stop; a second one ends it at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue  # started with nohup: meant to outlive its terminal
            signal.signal(number, self._note_signal)

    def step(self, command: Sequence[str]) -> int:
        """Runs `command` to its end and returns its exit status, or 130 when the tree was asked to stop meanwhile."""
        process = self._spawn(command)
        while process.poll() is None:
            if self.stopping:
                self._end([process])
                return 130
            time.sleep(LOOK_EVERY_S / 2)
        return process.returncode

    def start(self, name: str, command: Sequence[str]) -> None:
        """Starts a child that is kept alive until `stop`."""
        child = Child(name, command)
        self._children.append(child)
        self._launch(child)

    def ended(self) -> list[str]:
        """The names of the children that are not running now."""
        return [
            child.name
            for child in self._children
            if child.process is None or child.process.poll() is not None
        ]

    def watch(self) -> None:
        """Keeps the children alive until the tree is asked to stop."""
        while not self.stopping:
            self.tend()
            time.sleep(LOOK_EVERY_S)

    def tend(self) -> None:
        """One look at every child: what ended is noted, what is due is started again."""
        for child in self._children:
            self._look_after(child)

    def stop(self) -> None:
        """Ends every child: politely first, then by force."""
        self._end([child.process for child in self._children if child.process is not None])

    def _note_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1

    def _spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        parent = os.getpid()
        return subprocess.Popen(
            command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=lambda: _die_with(parent),
        )

    def _launch(self, child: Child) -> None:
        child.process = self._spawn(child.command)
        child.started_s = time.monotonic()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_again_s:
                self._launch(child)
        elif (status := child.process.poll()) is not None:
            _signal_group(child.process, signal.SIGKILL)
            child.process = None
            child.failures = 1 if now - child.started_s > HEALTHY_AFTER_S else child.failures + 1
            child.start_again_s = now + pause_s(child.failures)
            self._say(f"The {child.name} ended ({_how(status)}); starting it again.")

    def _end(self, processes: Sequence[subprocess.Popen[bytes]]) -> None:
        asked = self._signals
        for process in processes:
            _signal_group(process, signal.SIGTERM)
        give_up_s = time.monotonic() + STOP_WITHIN_S
        while any(process.poll() is None for process in processes):
            if time.monotonic() > give_up_s or self._signals > max(asked, 1):
                break
            time.sleep(LOOK_EVERY_S / 2)
        for process in processes:
            # Also for those that ended: what they started and left behind goes with them.
            _signal_group(process, signal.SIGKILL)
            process.wait()


def pause_s(failures: int) -> float:
    """How long to wait, in seconds, before a child that ended `failures` times in a row starts again."""
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** (failures - 1))


def _die_with(parent: int) -> None:
    """In the new child: be told to stop when the process that started it dies, however it dies."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
