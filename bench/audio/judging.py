"""Whether an answer is right, and what it was confused with if not."""

from __future__ import annotations

TEMPO = ("exact", "within 4 %", "octave", "wrong")
KEY = ("exact", "relative", "fifth", "parallel", "wrong")
NEAR = 0.04  # the tolerance usual in tempo evaluation (Gouyon et al. 2006)


def tempo(found: float | None, label: float) -> str:
    """One of `TEMPO`: exact is within 1 BPM; octave is half or double within 4 %.

    >>> tempo(140.4, 140), tempo(70, 140), tempo(143, 140), tempo(105, 140)
    ('exact', 'octave', 'within 4 %', 'wrong')
    """
    if found is None:
        return "wrong"
    if abs(found - label) <= 1:
        return "exact"
    if abs(found / label - 1) <= NEAR:
        return "within 4 %"
    return "octave" if any(abs(found / label / times - 1) <= NEAR for times in (2, 0.5)) else "wrong"


def key(found: tuple[int, str] | None, key: int, scale: str) -> str:
    """One of `KEY`: a fifth off in the same scale, or the other scale on the same tonic, are told apart.

    >>> key((0, "major"), 9, "minor"), key((4, "minor"), 9, "minor"), key(None, 0, "major")
    ('relative', 'fifth', 'wrong')
    """
    if found is None:
        return "wrong"
    apart = (found[0] - key) % 12
    if found[1] == scale:
        return "exact" if not apart else "fifth" if apart in (5, 7) else "wrong"
    if not apart:
        return "parallel"
    return "relative" if apart == (3 if scale == "minor" else 9) else "wrong"
