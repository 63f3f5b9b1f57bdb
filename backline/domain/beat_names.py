"""What looks accidental in a beat's name, with a cleaner name to take instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_NAME = 255
_EXTENSION = re.compile(
    r"\s*\.(?:wave?|flac|mp3|aiff?|ogg|opus|m4a|aac|wma|zip|als|flp|logicx|ptx)$", re.IGNORECASE
)
_SEPARATORS = r"\-\u2013\u2014:|_"
_VERSION = r"v(?:er(?:sion)?)?[. _]?\d{1,3}"
_WORD = rf"(?:{_VERSION}|final|mastere?d?|mixdown|bounced?|export(?:ed)?|wip|draft|copy)\d{{0,2}}"
# One or more such words at the end: "Undertow_v3_final", "Undertow (final)".
_CLUTTER = re.compile(rf"(?:(?:^|[\s_(\[-]+){_WORD}[)\]]?)+$", re.IGNORECASE)
# A word alone may be meant ("The Final"); a number, underscore, bracket or spaced dash tells that it is not.
_TELLS = re.compile(rf"(?:^|[\s_(\[-]){_VERSION}|[_(\[]|\s-", re.IGNORECASE)


@dataclass(frozen=True)
class Flag:
    """One thing about a name: extension, version, artist or word; `suggestion` is the name without it, or empty."""

    kind: str
    sentence: str
    suggestion: str


def flags(name: str, *, artist: str, words: Iterable[str] = ()) -> tuple[Flag, ...]:
    """What to ask about a name, in the order in which a person would fix it; `words` are those staff ask not to use.

    >>> [flag.kind for flag in flags("Marlo Vane - Undertow_v3_final.wav", artist="Marlo Vane")]
    ['extension', 'version', 'artist']
    >>> [flag.sentence for flag in flags("Best Free Beat", artist="", words=["free"])]
    ['The platform asks for names without “free”.']
    """
    name = _tidy(name)
    bare = _without_extension(name)
    steps = (
        ("extension", "The name ends like a file's.", name, bare),
        ("version", "The name carries a version.", bare, _without_version(bare)),
        (
            "artist",
            "The artist is shown beside the name; it need not start with it.",
            name,
            _without_artist(name, artist),
        ),
    )
    found = [Flag(kind, sentence, after) for kind, sentence, before, after in steps if after != before]
    unwanted = (word for word in words if _has_word(name, word))
    return (
        *found,
        *(Flag("word", f"The platform asks for names without “{word}”.", "") for word in unwanted),
    )


def cleaned(name: str, *, artist: str) -> str:
    """The name with every flag taken up; the name itself when nothing would be left.

    >>> cleaned("Marlo Vane - Undertow_v3_final.wav", artist="Marlo Vane")
    'Undertow'
    """
    name = _tidy(name)
    return _without_artist(_without_version(_without_extension(name)), artist) or name


def _has_word(name: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", name, re.IGNORECASE) is not None


def _tidy(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


def _without_extension(name: str) -> str:
    return _EXTENSION.sub("", name) or name


def _without_version(name: str) -> str:
    match = _CLUTTER.search(name)
    if not match or not _TELLS.search(match.group()):
        return name
    return name[: match.start()].strip(" _-([")


def _without_artist(name: str, artist: str) -> str:
    if not artist.strip():
        return name
    match = re.match(rf"\s*{re.escape(artist.strip())}\s*[{_SEPARATORS}]+\s*(?=\S)", name, re.IGNORECASE)
    return name[match.end() :] if match else name
