"""Measures audio analysis: `python -m bench.audio make FOLDER`, then librosa (optional), then `judge FOLDER`.

1. `python -m bench.audio make FOLDER` writes the loops of Debian's sonic-pi-samples and the synthetic beats.
2. In an environment of its own with librosa: `python bench/audio/reference.py FOLDER`.
3. `python -m bench.audio judge FOLDER` prints tempo and key, beside librosa's when step 2 was done.

`python -m bench.audio cost`, `duplicates` and `lookup` print the other tables; `duplicates` sets Chromaprint beside
ours when Debian's fpcalc (libchromaprint-tools) is there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from backline.domain.fingerprints import THRESHOLD
from backline.integrations.audio import analyser
from bench.audio import duplicates, judging, lookup, sets
from bench.audio.generator import beats, render
from bench.audio.sounds import RATE
from bench.report import heading, table

SEED = 9_001  # the analyser was fitted on others
THRESHOLDS = (0.10, THRESHOLD, 0.18, 0.20, 0.25)

# In a process of its own: a child's memory counts what its parent had when it was forked.
ALONE = """
import resource, sys
from pathlib import Path
from backline.integrations import audio
audio.analyse(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def main() -> None:
    """Prints the tables of one part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("make", "judge", "cost", "duplicates", "lookup"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=240, help="of synthetic beats, or of beats paired")
    parser.add_argument("--recordings", type=int, default=100_000, help="in the look-up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options.part == "make":
            sets.loops(folder)
            sets.synthetic(folder, options.count, SEED)
            return
        print(heading(f"Audio: {options.part}"))
        if options.part == "judge":
            _judge(folder, options.count)
        elif options.part == "cost":
            _cost(folder)
        elif options.part == "duplicates":
            _duplicates(folder, options.count)
        else:
            columns = ["looked up", "times", "found", "CPU-s median", "CPU-s worst"]
            print(table(columns, lookup.measure(folder, options.recordings)))


def _judge(folder: Path, count: int) -> None:
    labelled = {"loops": sets.loops(folder), "synthetic": sets.synthetic(folder, count, SEED)}
    ours = {item.name: _answer(item) for items in labelled.values() for item in items}
    reference = folder / "reference.json"
    others = {"Backline": ours}
    if reference.exists():
        theirs = json.loads(reference.read_text(encoding="utf-8"))
        others[f"librosa {theirs.pop('librosa')}"] = theirs
    for name, items in labelled.items():
        rows = [[who, len(items), *_counts(items, answers)] for who, answers in others.items()]
        print(table([f"tempo of {name}", "files", *judging.TEMPO, "CPU-s a file"], rows))
    rows = [[who, len(labelled["synthetic"]), *_keys(labelled["synthetic"], a)] for who, a in others.items()]
    print(table(["key of synthetic", "files", *judging.KEY], rows))
    columns = ["loop", "label", "BPM", *others]
    print(table(columns, [_loop(item, list(others.values())) for item in labelled["loops"]]))
    print(table(["confidence", "tempi", "right", "keys", "right"], _calibration(labelled["synthetic"], ours)))


def _answer(item: sets.Labelled) -> dict[str, Any]:
    start = time.process_time()
    found = analyser.analyse(str(item.path))
    bpm, sure = found["tempi"][0] if found["tempi"] else (None, 0.0)
    key, scale, key_sure = found["keys"][0] if found["keys"] else (None, "", 0.0)
    return {
        "bpm": bpm,
        "sure": sure,
        "key": key,
        "scale": scale,
        "key_sure": key_sure,
        "cpu": time.process_time() - start,
    }


def _counts(items: list[sets.Labelled], answers: dict[str, dict[str, Any]]) -> list[object]:
    counts = Counter(judging.tempo(answers[item.name]["bpm"], item.bpm) for item in items)
    cost = np.median([answers[item.name]["cpu"] for item in items])
    return [*(counts[verdict] for verdict in judging.TEMPO), f"{cost:.2f}"]


def _keys(items: list[sets.Labelled], answers: dict[str, dict[str, Any]]) -> list[object]:
    counts = Counter(_key_verdict(item, answers[item.name]) for item in items)
    return [counts[verdict] for verdict in judging.KEY]


def _key_verdict(item: sets.Labelled, answer: dict[str, Any]) -> str:
    found = None if answer["key"] is None else (answer["key"], answer["scale"])
    return judging.key(found, item.key or 0, item.scale)


def _loop(item: sets.Labelled, answers: list[dict[str, dict[str, Any]]]) -> list[object]:
    found = [answer[item.name]["bpm"] for answer in answers]
    shown = [f"{bpm:.1f} {judging.tempo(bpm, item.bpm)}" if bpm else "none" for bpm in found]
    return [item.name, item.about, f"{item.bpm:.2f}", *shown]


def _calibration(items: list[sets.Labelled], answers: dict[str, dict[str, Any]]) -> list[list[object]]:
    tempi = [
        (answers[i.name]["sure"], judging.tempo(answers[i.name]["bpm"], i.bpm) == "exact") for i in items
    ]
    keys = [(answers[i.name]["key_sure"], _key_verdict(i, answers[i.name]) == "exact") for i in items]
    rows: list[list[object]] = []
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        row: list[object] = [f"{low:.0%} to {min(high, 1):.0%}"]
        for results in (tempi, keys):
            within = [right for sure, right in results if low <= sure < high]
            row += [len(within), f"{np.mean(within):.0%}" if within else ""]
        rows.append(row)
    return rows


def _cost(folder: Path) -> None:
    path = folder / "long.wav"
    samples = render(replace(beats(40, SEED)[20], length_s=60))
    rows = []
    for minutes, times in ((3, 2), (3, 4), (15, 2)):
        rate = RATE * times
        with soundfile.SoundFile(path, "w", rate, 2, subtype="PCM_24") as file:
            for part in np.array_split(np.tile(samples, minutes), minutes * 60):
                mono = np.repeat(part, times)
                file.write(np.stack([mono, mono * np.float32(0.7)], axis=1))
        answer = subprocess.run([sys.executable, "-c", ALONE, str(path)], capture_output=True, check=True)
        cpu, most = answer.stdout.split()
        rows.append([f"{minutes} min stereo, {rate:,} Hz, 24 bit", f"{float(cpu):.2f}", int(most) // 1024])
    print(table(["analysis of", "CPU-s, start included", "most resident, MB"], rows))


def _duplicates(folder: Path, count: int) -> None:
    columns = ["pair", "pairs", "error least/median/most", "terms in common", *(f"≤ {t}" for t in THRESHOLDS)]
    print(table(columns, duplicates.rows(duplicates.pairs(folder, count, SEED, duplicates.ours), THRESHOLDS)))
    if shutil.which("fpcalc"):
        print("Chromaprint, compared in the same way:\n")
        found = duplicates.pairs(folder, count, SEED, duplicates.chromaprint)
        print(table(columns, duplicates.rows(found, THRESHOLDS)))


if __name__ == "__main__":
    main()
