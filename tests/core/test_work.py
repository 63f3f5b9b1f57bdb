"""Lanes go on when a job fails, and stop when told."""

from __future__ import annotations

import logging
import threading

import pytest

from backline.core.work import Lane, run


def test_a_failing_lane_does_not_stop_the_others_and_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    stop, counts = threading.Event(), {"good": 0, "bad": 0}

    def good() -> bool:
        counts["good"] += 1
        return counts["good"] < 50

    def bad() -> bool:
        counts["bad"] += 1
        if counts["bad"] >= 3 and counts["good"] >= 50:
            stop.set()
        raise RuntimeError("broken piece")

    with caplog.at_level(logging.CRITICAL, logger="backline.worker"):
        run([Lane("good", good, 0.01), Lane("bad", bad, 0.001)], stop)
    assert counts["bad"] >= 3
    assert counts["good"] >= 50
