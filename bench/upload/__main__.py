"""Measures uploading: `python -m bench.upload --address URL --token TEXT [--megabytes 480]`.

With an address: one client sends a file in pieces of 4 MB over loopback, with a token that may write the catalogue
and belongs to one artist; bytes a second, and the CPU that the processes of the tree there spent meanwhile (the
client's own is left out), so MB a second and core. The file is given up at the end. In any case: the CPU of each step
of the pipeline for a beat of three minutes, children and all.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import soundfile

from backline.integrations import audio
from bench.pages.__main__ import cpu_seconds, processes
from bench.report import heading, table

PIECE = 4 * 1024 * 1024
RATE, SECONDS = 44_100, 180


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address")
    parser.add_argument("--token", default="")
    parser.add_argument("--megabytes", type=int, default=480)
    options = parser.parse_args()
    print(heading("Uploading"))
    if options.address:
        rows = [_sent(options.address, options.token, options.megabytes * 1_000_000) for _ in range(3)]
        print(table(["MB", "MB/s", "server CPU-s", "MB/s and core"], rows))
    print(table(["step, 3 min at 44.1 kHz", "CPU-s"], _pipeline()))


def _sent(address: str, token: str, size: int) -> list[object]:
    """One file in pieces, never finished."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80)
    with_token = {"Authorization": f"Bearer {token}"}
    said = json.dumps({"name": "bench.wav", "size": size})
    connection.request("POST", "/api/v1/uploads", said, {"Content-Type": "application/json", **with_token})
    begun = connection.getresponse()
    answer = json.loads(begun.read())
    assert begun.status == 201, answer
    here, piece = f"/api/v1/uploads/{answer['id']}", os.urandom(PIECE)
    tree = processes(parts.port or 80)
    before, started = cpu_seconds(tree), time.perf_counter()
    for offset in range(0, size, PIECE):
        body = memoryview(piece)[: min(PIECE, size - offset)]
        connection.request("PATCH", here, body, {"Upload-Offset": str(offset), **with_token})
        taken = connection.getresponse()
        taken.read()
        assert taken.status == 204, taken.status
    took, cpu_s = time.perf_counter() - started, cpu_seconds(tree) - before
    connection.request("DELETE", here, headers=with_token)
    connection.getresponse().read()
    megabytes = size / 1e6
    return [round(megabytes), round(megabytes / took), round(cpu_s, 2), round(megabytes / cpu_s)]


def _pipeline() -> list[list[object]]:
    with tempfile.TemporaryDirectory() as folder:
        source = _beat(Path(folder) / "beat.wav")
        stream, preview = Path(folder) / "stream.mp3", Path(folder) / "preview.mp3"
        rows: list[list[object]] = [
            ["check and waveform", _cpu_s(lambda: audio.check(source, "beat.wav"))],
            ["analysis and fingerprint", _cpu_s(lambda: audio.analyse(source))],
            ["stream", _cpu_s(lambda: audio.encode_stream(source, stream))],
            ["tagged preview", _cpu_s(lambda: audio.encode_preview(source, stream, preview, every_s=20))],
        ]
        return [*rows, ["all", round(sum(float(str(row[1])) for row in rows), 2)]]


def _cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of the children that `work` starts; the best of three."""
    found = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        work()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return round(min(found), 2)


def _beat(path: Path) -> Path:
    """Drums and a chord in stereo, always the same."""
    random, time_s = np.random.default_rng(11), np.arange(SECONDS * RATE) / RATE
    chord = sum(np.sin(2 * np.pi * pitch * time_s) for pitch in (55, 110, 165.2, 220.7, 331)) * 0.1
    hits = random.standard_normal(len(time_s)) * np.exp(-(time_s % 0.428) * 25) * 0.4
    left = (chord + hits).astype(np.float32)
    soundfile.write(path, np.stack([left, np.roll(left, 300) * 0.8], 1), RATE, subtype="PCM_16")
    return path


if __name__ == "__main__":
    main()
