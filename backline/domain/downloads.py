"""What becomes of a download: exactly one verdict, the first rule that matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from backline.domain.verdicts import DOWNLOAD_AGAIN_MS, Verdict

DOWNLOAD_VERDICTS = (
    Verdict.UNAVAILABLE,
    Verdict.OWN_TEAM,
    Verdict.STAFF,
    Verdict.REPEATED,
    Verdict.WITHDRAWN,
    Verdict.COUNTED,
)


class Download(NamedTuple):
    """One authorised delivery as the rules see it."""

    at_ms: int
    unavailable: bool = False
    own_team: bool = False
    staff: bool = False
    withdrawn: bool = False


def judge_download(download: Download, counted_before: Iterable[int]) -> Verdict:
    """The verdict of a download.

    `counted_before`: when (ms) the same account had counted downloads of the same beat, earlier in the log.
    """
    if download.unavailable:
        return Verdict.UNAVAILABLE
    if download.own_team:
        return Verdict.OWN_TEAM
    if download.staff:
        return Verdict.STAFF
    if any(abs(download.at_ms - before) < DOWNLOAD_AGAIN_MS for before in counted_before):
        return Verdict.REPEATED
    return Verdict.WITHDRAWN if download.withdrawn else Verdict.COUNTED
