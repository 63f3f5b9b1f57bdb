"""A sample of what browsers and robots call themselves: none is taken for the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from backline.integrations.agents import ROBOTS, describe, is_browser

SAMPLES = Path(__file__).with_name("samples")


def sample(name: str) -> list[str]:
    return (SAMPLES / name).read_text(encoding="utf-8").splitlines()


def test_no_browser_is_a_robot():
    browsers = sample("browsers.txt")
    assert len(browsers) >= 60
    assert [text for text in browsers if describe(text).robot or not is_browser(text)] == []


def test_no_robot_is_a_browser():
    robots = sample("robots.txt")
    assert len(robots) >= 60
    assert [text for text in robots if is_browser(text) and not describe(text).robot] == []


def test_what_a_platform_passes_on_is_a_robot_by_its_name_alone():
    assert [text for text in sample("robots.txt") if not describe(text).robot] == []
    assert not describe("BeatShop/4.2 (iPhone; iOS 17.5; Scale/3.00)").robot


@pytest.mark.parametrize(
    "addition", ["; compatible; Thing/1.0", " (+https://thing.example)", " Playwright/1.4"]
)
def test_a_browser_that_says_more_than_a_browser_does(addition: str):
    assert describe(sample("browsers.txt")[0] + addition).robot


def test_our_marks_are_sorted_out():
    marks = [line for line in ROBOTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert marks == [mark.lower() for mark in marks]
    assert len(marks) == len(set(marks))
    assert all(len(mark) >= 4 for mark in marks)
