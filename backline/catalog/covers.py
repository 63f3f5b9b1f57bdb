"""Where a cover is found, and the drawing of the generated ones.

Every address names one unchanging picture, so caches may keep it for good. An uploaded cover is a folder
`covers/<uuid>` of square WebP files named by their side: `/media/cover/<uuid>/320.webp`. A generated cover is no file
at all: it is drawn on request from its address, `/media/cover/<style>/<genre>/<digits>.svg`. The digits are
hexadecimal: 16 of the recording's digest, then 32 of its waveform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backline.catalog.models import Beat, Collection
from backline.domain import waveform
from backline.integrations import images

SIZES = images.SIZES
STYLES = tuple(images.STYLES)
NO_GENRE = "any"
DIGEST_DIGITS = 16
WAVE_DIGITS = 32
_SEED = re.compile(
    rf"([a-z0-9-]{{1,40}})/([0-9a-f]{{{DIGEST_DIGITS}}})((?:[0-9a-f]{{{WAVE_DIGITS}}})?)", re.ASCII
)


@dataclass(frozen=True)
class Cover:
    """Addresses of a cover: `small` for rows (up to 48 px), `medium` for cards, `large` for a page's head."""

    small: str
    medium: str
    large: str


def beat_cover(beat: Beat) -> Cover:
    """The cover of a beat; reads only the beat's own row."""
    if beat.cover_key:
        return _uploaded_cover(beat.cover_key)
    return generated_cover(beat.cover_style, seed=beat.cover_seed)


def collection_cover(collection: Collection) -> Cover:
    """The cover of a collection; reads only the collection's own row."""
    if collection.cover_key:
        return _uploaded_cover(collection.cover_key)
    return generated_cover(collection.cover_style, seed=collection_seed(collection.pk))


def collection_seed(number: int) -> str:
    """What a collection's generated cover is drawn from: its number."""
    return f"{NO_GENRE}/{number:0{DIGEST_DIGITS}x}"


def generated_cover(style: str, *, seed: str) -> Cover:
    """The cover that `style` draws from `seed`."""
    address = f"/media/cover/{style}/{seed}.svg"
    return Cover(small=address, medium=address, large=address)


def cover_seed(sha256: str, peaks: bytes | memoryview | None, *, genre: str) -> str:
    """What a recording's generated cover is drawn from: `<genre>/<digits>`. `peaks` is one byte a slice."""
    return f"{genre or NO_GENRE}/{sha256[:DIGEST_DIGITS]}{_wave_digits(bytes(peaks)) if peaks else ''}"


def default_style(text: str) -> str:
    """The style that a beat or collection gets when nobody chooses: always the same for the same text."""
    return STYLES[sum(text.encode()) % len(STYLES)]


def draw_cover(style: str, seed: str) -> str:
    """The generated cover as SVG text; needs neither database nor file.

    Raises:
        ValueError: no such style, or not a seed.
    """
    match = _SEED.fullmatch(seed)
    if match is None or style not in STYLES:
        raise ValueError("There is no such cover.")
    genre, digest, wave = match.groups()
    return images.cover(style, peaks=bytes(int(digit, 16) * 17 for digit in wave), genre=genre, seed=digest)


def _uploaded_cover(key: str) -> Cover:
    folder = key.rpartition("/")[2]
    small, medium, large = (f"/media/cover/{folder}/{size}.webp" for size in SIZES)
    return Cover(small=small, medium=medium, large=large)


def _wave_digits(peaks: bytes) -> str:
    """The loudest of each of 32 equal parts, 0 to f, relative to the loudest of all."""
    bars = waveform.normalise(waveform.reduce(peaks, WAVE_DIGITS))
    return "".join(f"{bar // 17:x}" for bar in bars)
