"""The rules of downloads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.downloads import DOWNLOAD_VERDICTS, Download, judge_download
from backline.domain.verdicts import DOWNLOAD_AGAIN_MS, Verdict


@given(st.builds(Download, at_ms=st.integers(0, 10**9)), st.lists(st.integers(0, 10**9), max_size=5))
def test_one_verdict_of_the_closed_set(download: Download, before: list[int]):
    assert judge_download(download, before) in DOWNLOAD_VERDICTS


@pytest.mark.parametrize("flag", ["unavailable", "own_team", "staff", "withdrawn"])
def test_each_flag_has_its_verdict(flag: str):
    assert judge_download(Download(at_ms=0)._replace(**{flag: True}), []) == flag


def test_again_within_a_day():
    again = Download(at_ms=DOWNLOAD_AGAIN_MS)
    assert judge_download(again, [1]) is Verdict.REPEATED
    assert judge_download(again, [0]) is Verdict.COUNTED
    assert judge_download(again, []) is Verdict.COUNTED
    # The log's order is not the order of time: an earlier one may arrive later.
    assert judge_download(Download(at_ms=0), [5]) is Verdict.REPEATED
