"""A Redis of its own for a comparison, and just enough of its protocol to talk to it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PORTION = 5000


class Redis:
    """A connection over a Unix socket."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(path)
        self._answers = self._socket.makefile("rb")

    def ask(self, *words: object) -> Any:
        """Sends one command and answers what came back: bytes, a number, or None."""
        self._socket.sendall(_command(*words))
        return self._answer()

    def fill(self, key: str, pairs: list[tuple[int, int]]) -> None:
        """Adds members with scores, many at a time."""
        for start in range(0, len(pairs), PORTION):
            words = [word for artist, score in pairs[start : start + PORTION] for word in (score, artist)]
            self.ask("ZADD", key, *words)

    def _answer(self) -> Any:
        line = self._answers.readline().strip()
        kind, rest = line[:1], line[1:]
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self._answers.read(int(rest) + 2)[:-2]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        return rest


@contextmanager
def private_redis() -> Iterator[Redis | None]:
    """A server without a port and without a file, ended afterwards; None where Redis is not installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "redis.sock")
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", "--dir", folder]
        server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        try:
            while not Path(path).exists():
                time.sleep(0.05)
            yield Redis(path)
        finally:
            server.terminate()
            server.wait()


def _command(*words: object) -> bytes:
    sent = [str(word).encode() for word in words]
    return b"*%d\r\n" % len(sent) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in sent)
