"""Progress: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io

import pytest

from backline.demo import progress
from backline.demo.progress import Lines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_each_phase_is_one_line_with_its_time():
    out = io.StringIO()
    lines = Lines(out)
    lines.begin("Synthesising beats", 200)
    lines.reach(100)
    lines.finish()
    assert out.getvalue() == "Synthesising beats 200, 0.0 s\n"


def test_elsewhere_a_long_phase_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(progress, "PLAIN_EVERY_S", 0.0)
    out = io.StringIO()
    lines = Lines(out)
    lines.begin("Synthesising beats", 200)
    lines.reach(120)
    assert out.getvalue() == "Synthesising beats 120/200 …\n"


def test_a_terminal_shows_one_line_that_moves(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(progress, "REDRAW_EVERY_S", 0.0)
    out = Terminal()
    lines = Lines(out)
    lines.begin("Synthesising beats", 200)
    lines.reach(120)
    lines.finish()
    assert "120/200" in out.getvalue()
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().endswith("Synthesising beats 200, 0.0 s\n")
