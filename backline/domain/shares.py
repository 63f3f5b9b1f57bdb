"""Share tables: who gets what part of a beat, in basis points (hundredths of a per cent) that sum to 10,000.

A table is proposed, and every artist it names answers. What counts on a day follows from the answers until then:

* Without a table the artists credited on a beat share it equally.
* A table **counts** once every artist who counted on the beat when it was proposed has accepted it: nobody loses
  anything without having agreed. Until then what counted before goes on.
* A part of an artist who is newly named is **held** until that artist accepts too: it belongs to nobody. In the pool it
  does not weigh (contribution is multiplied by the *accepted* share); nobody else gets it.
* Once everybody has accepted, the table is **whole**, or in force. Only a whole table divides sales; before, what a
  sale brings is the owner's.
* The newest table that counts wins. None is ever changed, so the past never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backline.domain.split import split

WHOLE = 10_000


@dataclass(frozen=True)
class Part:
    """An artist's part of a table: `counted` before the table was proposed, `accepted` the table by now."""

    artist_id: int
    share_bp: int
    counted: bool
    accepted: bool


def problem(shares: Mapping[int, int]) -> str:
    """Why these shares make no table, in a sentence; empty when they do.

    >>> problem({1: 6000, 2: 3000})
    'The shares sum to 90.00 %; they have to sum to 100.00 %.'
    """
    if any(not 0 <= share <= WHOLE for share in shares.values()):
        return "A share is between 0 and 100 %."
    if (total := sum(shares.values())) != WHOLE:
        return f"The shares sum to {percent(total)} %; they have to sum to 100.00 %."
    return ""


def counts(parts: Iterable[Part]) -> bool:
    """Whether a table decides what the artists get."""
    return all(part.accepted for part in parts if part.counted)


def is_whole(parts: Iterable[Part]) -> bool:
    """Whether everybody has accepted it."""
    return all(part.accepted for part in parts)


def accepted(parts: Iterable[Part]) -> dict[int, int]:
    """What of a table that counts belongs to somebody, by artist; what is missing to 10,000 is held.

    >>> accepted([Part(1, 8500, counted=True, accepted=True), Part(2, 1500, counted=False, accepted=False)])
    {1: 8500}
    """
    return {part.artist_id: part.share_bp for part in parts if part.accepted}


def newest(tables: Sequence[Sequence[Part]]) -> Sequence[Part] | None:
    """Of a beat's tables, oldest first, the one that decides; None for equal shares."""
    return next((parts for parts in reversed(tables) if counts(parts)), None)


def divided(total: int, shares: Mapping[int, int]) -> dict[int, int]:
    """A whole number by accepted shares, by the largest remainder; the held part goes to nobody.

    >>> divided(1_000_001, {3: 6000, 7: 2500})
    {3: 600001, 7: 250000}
    """
    held = WHOLE - sum(shares.values())
    # The held part stands last among equals: an odd unit goes to somebody.
    parts = split(total, {(0, artist): share for artist, share in shares.items()} | {(1, 0): held})
    return {artist: part for (is_held, artist), part in parts.items() if not is_held}


def percent(share_bp: int) -> str:
    """A share as a person reads it, without the sign.

    >>> percent(2505)
    '25.05'
    """
    return f"{share_bp // 100}.{share_bp % 100:02}"


def parse(text: str) -> int | None:
    """The basis points of a percentage that somebody typed; None for what is none.

    >>> parse("25,5 %"), parse("33.333"), parse("a")
    (2550, None, None)
    """
    whole, _, rest = text.replace("%", "").strip().replace(",", ".").partition(".")
    digits = whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))
    if not digits or len(whole) > 3 or len(rest) > 2:
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0"))
