"""Waveforms: bytes of loudness (0 to 255, one for each equal slice of a beat) made into bars to draw."""

from __future__ import annotations


def reduce(peaks: bytes, count: int) -> bytes:
    """`count` bars, each the loudest of its slices; fewer slices than bars are repeated.

    >>> list(reduce(bytes([1, 5, 2, 9]), 2)), list(reduce(bytes([1, 5]), 4))
    ([5, 9], [1, 1, 5, 5])

    Raises:
        ValueError: `count` is below 1.
    """
    if count < 1:
        raise ValueError("a waveform has at least one bar")
    size = len(peaks)
    if not size:
        return bytes(count)
    return bytes(
        max(peaks[size * bar // count : max(size * (bar + 1) // count, size * bar // count + 1)])
        for bar in range(count)
    )


def normalise(peaks: bytes) -> bytes:
    """The same shape with its loudest slice at 255; silence stays silence.

    >>> list(normalise(bytes([10, 20, 0])))
    [128, 255, 0]
    """
    loudest = max(peaks, default=0)
    return bytes((peak * 510 + loudest) // (2 * loudest) for peak in peaks) if loudest else peaks


def heights(peaks: bytes, *, count: int, height: int) -> tuple[int, ...]:
    """`count` bar heights from 1 to `height`; even silence leaves a line to aim at.

    >>> heights(bytes([0, 100, 200]), count=3, height=40)
    (1, 20, 40)
    """
    bars = normalise(reduce(peaks, count))
    return tuple(max(1, (bar * height * 2 + 255) // 510) for bar in bars)


def path(peaks: bytes, *, count: int, height: int, pitch: int = 3) -> str:
    """An SVG path of vertical strokes, `pitch` apart and centred, in a box of `count * pitch` by `height`.

    Heights are even numbers, so that every coordinate is whole when `height` is even.

    >>> path(bytes([100, 200]), count=2, height=40)
    'M1 10v20M4 0v40'
    """
    middle, left = height // 2, pitch // 2
    halves = heights(peaks, count=count, height=middle)
    return "".join(f"M{left + bar * pitch} {middle - half}v{2 * half}" for bar, half in enumerate(halves))
