"""librosa's answers, in an environment of its own: `python reference.py FOLDER` writes FOLDER/reference.json.

Tempo is `librosa.beat.beat_track`; librosa has no key, so the mean of its constant-Q chroma is compared with the
profiles of Krumhansl (1990), the usual recipe. Needs librosa and nothing of Backline.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import librosa  # type: ignore[import-not-found]  # in an environment of its own
import numpy as np

MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


def main() -> None:
    """Answers for every WAV file of the folder."""
    folder = Path(sys.argv[1])
    answers = {"librosa": librosa.__version__}
    for path in sorted(folder.glob("*.wav")):
        samples, rate = librosa.load(path, sr=22_050)
        start = time.process_time()
        bpm = float(np.atleast_1d(librosa.beat.beat_track(y=samples, sr=rate)[0])[0])
        chroma = librosa.feature.chroma_cqt(y=samples, sr=rate).mean(axis=1)
        key, scale = _key(chroma)
        answers[path.stem] = {"bpm": bpm, "key": key, "scale": scale, "cpu": time.process_time() - start}
    (folder / "reference.json").write_text(json.dumps(answers), encoding="utf-8")


def _key(chroma: np.ndarray[Any, Any]) -> tuple[int, str]:
    scores = {
        (key, scale): np.corrcoef(chroma, np.roll(profile, key))[0, 1]
        for scale, profile in (("major", MAJOR), ("minor", MINOR))
        for key in range(12)
    }
    return max(scores, key=lambda place: scores[place])


if __name__ == "__main__":
    main()
