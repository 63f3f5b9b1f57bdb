"""Finding a duplicate among 100,000 fingerprints in an SQLite table of terms."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from backline.domain.fingerprints import Print, worth_comparing
from bench.audio.duplicates import copies, ours
from bench.audio.generator import beats, render
from bench.audio.sounds import RATE

REAL = 24  # fingerprints of real sound in the catalogue, one in two of them asked for
SECONDS = 120
COMMON = (
    0.1  # share of the made-up terms that real beats have too; the others differ from such a one in some bits
)
BATCH = 2_000
TABLE = (
    "CREATE TABLE term (word INTEGER, recording INTEGER, place INTEGER, PRIMARY KEY (word, recording, place))"
)
SHARED = """
    SELECT recording, count(*) FROM term WHERE word IN (SELECT value FROM json_each(?))
    GROUP BY recording HAVING count(*) >= 10
"""


def measure(folder: Path, recordings: int) -> list[list[object]]:
    """Rows: what was looked up, how many were found, CPU seconds for each (median, worst)."""
    prints = _real(folder)
    store = _store(folder, recordings, [terms for _, terms, _ in prints])
    rows: list[list[object]] = []
    for name, asked in (("its copy", 1), ("a beat that is not there", 0)):
        found, costs = 0, []
        for number, (mine, _, copy) in enumerate(prints[: REAL // 2] if asked else prints[REAL:]):
            start = time.process_time()
            best = _look_up(store, copy if asked else mine, prints)
            costs.append(time.process_time() - start)
            found += best == number if asked else best is not None
        rows.append([name, len(costs), found, f"{np.median(costs):.3f}", f"{max(costs):.3f}"])
    start = time.process_time()
    for number in range(50):
        prints[number % 4][0].match(prints[number % REAL][0])
    rows.append(["comparing 50 candidates alone", 1, "", f"{time.process_time() - start:.3f}", ""])
    return rows


def _real(folder: Path) -> list[tuple[Print, list[int], Print]]:
    """Fingerprint, terms and the fingerprint of a changed copy of beats; the last `REAL // 2` stay out of the store."""
    made = []
    for beat in (replace(beat, length_s=SECONDS) for beat in beats(REAL + REAL // 2, 4)):
        path = folder / "real.wav"
        soundfile.write(path, render(beat), RATE)
        mine, terms = ours(path)
        copy = [path for _, path in copies(folder, beat)][-1]
        made.append((mine, terms, ours(copy)[0]))
    return made


def _store(folder: Path, recordings: int, real: list[list[int]]) -> sqlite3.Connection:
    store = sqlite3.connect(folder / "terms.sqlite3")
    store.execute(f"{TABLE} WITHOUT ROWID")
    random = np.random.default_rng(1)
    pool = np.array([word for terms in real for word in terms], dtype=np.int64)
    count = len(pool) // len(real)
    words = random.choice(pool, (recordings - REAL, count))
    for _ in range(6):
        flipped = words ^ (1 << random.integers(0, 32, words.shape))
        words = np.where(random.random(words.shape) < COMMON, words, flipped)
    owners = np.repeat(np.arange(REAL, recordings), count)
    places = np.tile(np.arange(count), recordings - REAL)
    order = np.argsort(words, axis=None, kind="stable")
    table = np.stack([words.ravel()[order], owners[order], places[order]], axis=1)
    for start in range(0, len(table), BATCH * count):
        store.executemany("INSERT INTO term VALUES (?, ?, ?)", table[start : start + BATCH * count].tolist())
    for owner, terms in enumerate(real[:REAL]):
        rows = [(word, owner, place) for place, word in enumerate(terms)]
        store.executemany("INSERT INTO term VALUES (?, ?, ?)", rows)
    store.commit()
    return store


def _look_up(
    store: sqlite3.Connection, asked: Print, prints: list[tuple[Print, list[int], Print]]
) -> int | None:
    """The recording that the fingerprint is a duplicate of. Made-up recordings are compared too, with a real one's
    words in their place: it costs the same."""
    shared = dict(store.execute(SHARED, [json.dumps(asked.distinct())]).fetchall())
    for recording in worth_comparing(shared):
        match = asked.match(prints[recording % REAL][0])
        if match and match.duplicate and recording < REAL:
            return recording
    return None
