"""What to offer for a beat's tempo and key: what was heard in the audio, and what the file's name says.

They are offers: nobody's fields are filled without a click. The likeliest of what was heard comes first, then its half
and double tempo or its relative key, which ears and machines mistake for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backline.domain import music
from backline.domain.quality import FASTEST_BPM, SLOWEST_BPM

Tempo = tuple[int, float]
"""BPM and how sure, 0 to 1."""
Key = tuple[int, str, float]
"""Semitones above C, scale, and how sure, 0 to 1."""


@dataclass(frozen=True)
class Suggestion:
    """One offer. `value` is for the field: "140", or "5:minor". `percent`: how sure, None if not measured."""

    field: str  # "bpm" or "key"
    value: str
    label: str
    percent: int | None


@dataclass(frozen=True)
class Offers:
    """The likeliest of each, the alternatives to it, and what the file's name says where it differs."""

    detected: tuple[Suggestion, ...] = ()
    alternatives: tuple[Suggestion, ...] = ()
    named: tuple[Suggestion, ...] = ()

    @property
    def all_detected(self) -> str:
        """What was detected as one text for `parse`."""
        return ";".join(f"{offer.field}={offer.value}" for offer in self.detected)


def offers(
    *, tempi: Sequence[Tempo], keys: Sequence[Key], named: tuple[int | None, tuple[int, str] | None]
) -> Offers:
    """What to offer, from candidates that begin with the likeliest and from `domain.file_names.figures`.

    >>> found = offers(tempi=[(140, 0.92)], keys=[(5, "minor", 0.61)], named=(140, None))
    >>> [offer.label for offer in found.detected], [offer.label for offer in found.alternatives], found.named
    (['140 BPM', 'F minor'], ['70 BPM', 'A♭ major'], ())
    """
    detected, alternatives = [], []
    if tempi:
        bpm, sure = tempi[0]
        detected.append(_tempo(bpm, sure))
        others = dict(tempi)
        alternatives += [
            _tempo(other, others.get(other)) for other in (bpm // 2, bpm * 2) if _is_tempo(other)
        ]
    if keys:
        key, scale, sure = keys[0]
        detected.append(_key(key, scale, sure))
        relative = music.relative(key, scale)
        chances = {(key, scale): sure for key, scale, sure in keys}
        alternatives.append(_key(*relative, chances.get(relative)))
    known = {offer.value for offer in detected}
    said = [_tempo(named[0], None)] if named[0] is not None and _is_tempo(named[0]) else []
    said += [_key(*named[1], None)] if named[1] is not None else []
    fresh = tuple(offer for offer in said if offer.value not in known)
    taken = {offer.value for offer in fresh}
    return Offers(tuple(detected), tuple(offer for offer in alternatives if offer.value not in taken), fresh)


def parse(text: str) -> dict[str, str]:
    """The form's fields that taken offers fill: "bpm=140;key=5:minor". What is no offer is left out.

    >>> parse("bpm=140;key=5:minor;name=x")
    {'bpm': '140', 'key': '5', 'scale': 'minor'}
    """
    fields: dict[str, str] = {}
    for part in text.split(";"):
        field, _, value = part.partition("=")
        if field == "bpm":
            fields["bpm"] = value
        elif field == "key":
            fields["key"], _, fields["scale"] = value.partition(":")
    return fields


def _is_tempo(bpm: int) -> bool:
    return SLOWEST_BPM <= bpm <= FASTEST_BPM


def _tempo(bpm: int, sure: float | None) -> Suggestion:
    return Suggestion("bpm", str(bpm), f"{bpm} BPM", _percent(sure))


def _key(key: int, scale: str, sure: float | None) -> Suggestion:
    return Suggestion("key", f"{key}:{scale}", music.key_name(key, scale), _percent(sure))


def _percent(sure: float | None) -> int | None:
    return None if sure is None else min(99, max(1, round(sure * 100)))
