"""How much an artist may keep: minutes and bytes in all, and uploads a day. A limit of 0 is none."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_MS = 60_000
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Quota:
    """What an artist's recordings use, and the most they may: milliseconds, bytes, uploads in the last 24 hours.

    >>> quota = Quota(188 * MINUTE_MS, 600 * MINUTE_MS, 3_900_000_000, 10 * GIGABYTE, 3, 50)
    >>> quota.minutes_left, quota.left_bp
    (412, 6866)
    """

    used_ms: int
    most_ms: int
    used_bytes: int
    most_bytes: int
    uploads: int
    most_uploads: int

    @property
    def minutes_left(self) -> int:
        """Whole minutes, rounded down; 0 where there is no limit."""
        return max(0, self.most_ms - self.used_ms) // MINUTE_MS

    @property
    def left_bp(self) -> int:
        """The part of the minutes that is left, in basis points; all of it where there is no limit."""
        return max(0, self.most_ms - self.used_ms) * 10_000 // self.most_ms if self.most_ms else 10_000

    @property
    def bytes_left(self) -> int:
        """Bytes, 0 where there is no limit."""
        return max(0, self.most_bytes - self.used_bytes)


@dataclass(frozen=True)
class Refusal:
    """Why one more file is not taken, for programs (`code`) and for people."""

    code: str
    sentence: str


def refusal(quota: Quota, *, size_bytes: int, duration_ms: int = 0) -> Refusal | None:
    """Why a file of this size and length (0: not known yet) is not taken; None when it is.

    >>> full = Quota(0, 0, 9_990_000_000, 10 * GIGABYTE, 0, 50)
    >>> refusal(full, size_bytes=10_000_000)
    >>> refusal(full, size_bytes=20_000_000).code
    'quota_bytes'
    """
    if quota.most_uploads and quota.uploads >= quota.most_uploads:
        return Refusal(
            "quota_day",
            f"{quota.uploads} files were uploaded in the last 24 hours, the most there may be. "
            "Come back later: each place is free again 24 hours after it was used.",
        )
    if quota.most_bytes and quota.used_bytes + size_bytes > quota.most_bytes:
        return Refusal(
            "quota_bytes",
            f"This file needs {_megabytes(size_bytes)}, and {_megabytes(quota.bytes_left)} of "
            f"{_megabytes(quota.most_bytes)} are left. Delete beats you no longer need, or ask the platform’s team "
            "for more room.",
        )
    if quota.most_ms and quota.used_ms + max(duration_ms, 1) > quota.most_ms:
        return Refusal(
            "quota_minutes",
            f"There is room for {quota.minutes_left} more minutes of {quota.most_ms // MINUTE_MS}, and this file is "
            "longer. Delete beats you no longer need, or ask the platform’s team for more room.",
        )
    return None


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:,.1f} MB"
