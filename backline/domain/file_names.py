"""A beat's name, tempo and key taken from its file's name."""

from __future__ import annotations

import re

from backline.domain import beat_names, music

_TEMPO = re.compile(r"(\d{2,3})(bpm)?", re.IGNORECASE)


def beat_name(file_name: str, *, artist: str) -> str:
    """What the file seems to call the beat: without extension, version, artist, tempo and key.

    >>> beat_name("night_bus-home_v3.wav", artist="Marlo Vane"), beat_name("Dial-Tone_140_Fm.wav", artist="")
    ('Night Bus Home', 'Dial Tone')
    """
    name = " ".join(_without_figures(_words(file_name, artist=artist)))
    return (name.title() if name.islower() else name) or "Untitled"


def figures(file_name: str) -> tuple[int | None, tuple[int, str] | None]:
    """The tempo, and the key with its scale, that a file's name ends with; None for what it does not say.

    >>> figures("dial-tone_140_Fm.wav"), figures("Route 66.wav")
    ((140, (5, 'minor')), (None, None))
    """
    words = _words(file_name, artist="")
    said = words[len(_without_figures(words)) :]
    tempi = [int(match[1]) for word in said if (match := _TEMPO.fullmatch(word))]
    keys = [key for word in said if (key := _key(word))]
    return (tempi[0] if tempi else None), (keys[0] if keys else None)


def _words(file_name: str, *, artist: str) -> list[str]:
    return re.sub(r"[_-]+", " ", beat_names.cleaned(file_name, artist=artist)).split()


def _without_figures(words: list[str]) -> list[str]:
    """Drops tempo and key at the end where both stand, or where the tempo says what it is: "Route 66" stays."""
    end, tempo, key = len(words), False, False
    while end > 1:
        word = words[end - 1]
        match = _TEMPO.fullmatch(word)
        if match and not tempo:
            tempo, key = True, key or bool(match[2])
        elif (not key and _key(word)) or word.lower() == "bpm":
            key = True
        else:
            break
        end -= 1
    return words[:end] if tempo and key else words


def _key(word: str) -> tuple[int, str] | None:
    try:
        return music.parse_key(word)
    except ValueError:
        return None
