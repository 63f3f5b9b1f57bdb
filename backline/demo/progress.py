"""What the person at the terminal sees of a build: a line that moves, or plain lines where nothing can move."""

from __future__ import annotations

import time
from typing import Protocol, TextIO

REDRAW_EVERY_S = 0.1
PLAIN_EVERY_S = 5.0
BAR = 24


class Progress(Protocol):
    """Told by a build how far it is."""

    def begin(self, phase: str, total: int = 0) -> None:
        """A phase begins; `total` is how many pieces it has, 0 when that means nothing."""

    def reach(self, done: int, note: str = "") -> None:
        """So many pieces of the phase are done; `note` says more about it."""

    def finish(self) -> None:
        """The phase is over."""


class Silent:
    """Shows nothing."""

    def begin(self, phase: str, total: int = 0) -> None:
        """Nothing."""

    def reach(self, done: int, note: str = "") -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


class Lines:
    """One line for each phase with the time it took. On a terminal the line counts while the phase runs; elsewhere
    a long phase says every few seconds how far it is."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._moves = stream.isatty()
        self._phase, self._total = "", 0
        self._began_s = self._shown_s = 0.0

    def begin(self, phase: str, total: int = 0) -> None:
        """Shows the phase's name."""
        self._phase, self._total = phase, total
        self._began_s = self._shown_s = time.monotonic()
        if self._moves:
            self._draw(0, "")

    def reach(self, done: int, note: str = "") -> None:
        """Redraws the line, or prints one more when the last is some seconds old."""
        now_s = time.monotonic()
        if now_s - self._shown_s < (REDRAW_EVERY_S if self._moves else PLAIN_EVERY_S):
            return
        self._shown_s = now_s
        if self._moves:
            self._draw(done, note)
        else:
            self._say(f"{self._phase} {done:,}/{self._total:,}{note and f', {note}'} …")

    def finish(self) -> None:
        """Ends the phase's line with its size and time."""
        took_s = time.monotonic() - self._began_s
        count = f" {self._total:,}" if self._total else ""
        self._say(f"{self._clear()}{self._phase}{count}, {took_s:.1f} s")

    def _draw(self, done: int, note: str) -> None:
        bar = ""
        if self._total:
            filled = min(BAR, BAR * done // self._total)
            bar = f" {'█' * filled}{'░' * (BAR - filled)} {done:,}/{self._total:,}"
        self._stream.write(f"{self._clear()}{self._phase}{bar}{note and f', {note}'} …")
        self._stream.flush()

    def _clear(self) -> str:
        return "\r\x1b[2K" if self._moves else ""

    def _say(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()
