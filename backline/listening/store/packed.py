"""Small maps and interval lists as bytes: varints, seven bits each, lowest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from sys import byteorder


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Non-negative whole numbers, one after another."""
    given = list(numbers)
    if given and max(given) < 128:
        return bytes(given)
    packed = bytearray()
    for number in given:
        while number > 127:
            packed.append(number & 127 | 128)
            number >>= 7
        packed.append(number)
    return bytes(packed)


def unpack_numbers(packed: bytes) -> list[int]:
    """What `pack_numbers` packed."""
    if packed.isascii():
        return list(packed)
    numbers = []
    number = shift = 0
    for byte in packed:
        number |= (byte & 127) << shift
        if byte > 127:
            shift += 7
        else:
            numbers.append(number)
            number = shift = 0
    return numbers


def pack_counts(counts: Mapping[int, int]) -> bytes:
    """Counts by a small number; zero counts are left out, so equal counts pack to equal bytes."""
    numbers: list[int] = []
    for key in sorted(counts):
        if counts[key]:
            numbers += (key, counts[key])
    return pack_numbers(numbers)


def unpack_counts(packed: bytes) -> dict[int, int]:
    """What `pack_counts` packed."""
    if not packed:
        return {}
    numbers = unpack_numbers(packed)
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def sum_counts(packed: Iterable[bytes]) -> dict[int, int]:
    """What many maps, each as `pack_counts` packed it, add up to.

    Most hold small numbers only, a byte each: joined, they are pairs of bytes, and equal pairs are counted together.
    """
    small: list[bytes] = []
    total: dict[int, int] = {}
    for blob in packed:
        if blob.isascii():
            small.append(blob)
            continue
        for key, count in unpack_counts(blob).items():
            total[key] = total.get(key, 0) + count
    for pair, times in Counter(memoryview(b"".join(small)).cast("H")).items():
        key, count = pair.to_bytes(2, byteorder)
        total[key] = total.get(key, 0) + count * times
    return total


def pack_steps(steps: Mapping[int, int]) -> bytes:
    """Steps up and down by a small number; zero steps are left out, so equal steps pack to equal bytes."""
    return pack_counts({key: 2 * step if step > 0 else -2 * step - 1 for key, step in steps.items() if step})


def unpack_steps(packed: bytes) -> dict[int, int]:
    """What `pack_steps` packed."""
    return {
        key: -(folded + 1) // 2 if folded & 1 else folded // 2
        for key, folded in unpack_counts(packed).items()
    }


def pack_intervals(intervals: Sequence[tuple[int, int]]) -> bytes:
    """Intervals in milliseconds, as start and length."""
    return pack_numbers(number for start, end in intervals for number in (start, end - start))


def unpack_intervals(packed: bytes) -> tuple[tuple[int, int], ...]:
    """What `pack_intervals` packed."""
    numbers = iter(unpack_numbers(packed))
    return tuple((start, start + length) for start, length in zip(numbers, numbers, strict=True))
