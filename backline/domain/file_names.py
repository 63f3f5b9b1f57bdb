"""A beat's name taken from its file's name."""

from __future__ import annotations

import re

from backline.domain import beat_names, music

_TEMPO = re.compile(r"(\d{2,3})(bpm)?", re.IGNORECASE)


def beat_name(file_name: str, *, artist: str) -> str:
    """What the file seems to call the beat: without extension, version, artist, tempo and key.

    >>> beat_name("night_bus-home_v3.wav", artist="Marlo Vane"), beat_name("Dial-Tone_140_Fm.wav", artist="")
    ('Night Bus Home', 'Dial Tone')
    """
    words = _without_figures(re.sub(r"[_-]+", " ", beat_names.cleaned(file_name, artist=artist)).split())
    name = " ".join(words)
    return (name.title() if name.islower() else name) or "Untitled"


def _without_figures(words: list[str]) -> list[str]:
    """Drops tempo and key at the end where both stand, or where the tempo says what it is: "Route 66" stays."""
    end, tempo, key = len(words), False, False
    while end > 1:
        word = words[end - 1]
        match = _TEMPO.fullmatch(word)
        if match and not tempo:
            tempo, key = True, key or bool(match[2])
        elif (not key and _is_key(word)) or word.lower() == "bpm":
            key = True
        else:
            break
        end -= 1
    return words[:end] if tempo and key else words


def _is_key(word: str) -> bool:
    try:
        music.parse_key(word)
    except ValueError:
        return False
    return True
