"""Agent texts and countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.integrations.agents import Agent, describe
from backline.integrations.geo import country

M, W = "Mozilla/5.0", "AppleWebKit/537.36 (KHTML, like Gecko)"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("text", "device", "platform", "browser"),
    [
        (
            f"{M} (Windows NT 10.0; Win64; x64) {W} Chrome/126.0.0.0 Safari/537.36",
            "desktop",
            "Windows",
            "Chrome",
        ),
        (
            f"{M} (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
            "desktop",
            "Mac OS X",
            "Firefox",
        ),
        (
            f"{M} (X11; CrOS x86_64 14541.0.0) {W} Chrome/126.0.0.0 Safari/537.36",
            "desktop",
            "Chrome OS",
            "Chrome",
        ),
        (f"{M} (iPhone; CPU iPhone OS 17_5 like Mac OS X) {SAFARI}", "mobile", "iOS", "Mobile Safari"),
        (
            f"{M} (Linux; Android 10; K) {W} Chrome/126.0.0.0 Mobile Safari/537.36",
            "mobile",
            "Android",
            "Chrome Mobile",
        ),
        (
            f"{M} (Linux; Android 13; SM-X900) {W} Chrome/126.0.0.0 Safari/537.36",
            "tablet",
            "Android",
            "Chrome",
        ),
        (f"{M} (iPad; CPU OS 16_6 like Mac OS X) {SAFARI}", "tablet", "iOS", "Mobile Safari"),
        (f"{M} (Linux; Android 12; BRAVIA 4K) {W} Chrome/100.0 Safari/537.36", "tv", "Android", "Chrome"),
        (f"{M} (SMART-TV; LINUX; Tizen 6.0) {W} 76.0.3809.146/6.0 TV Safari/537.36", "tv", "Tizen", "Safari"),
    ],
)
def test_people(text, device, platform, browser):
    assert describe(text) == Agent(device, platform, browser, robot=False)


@pytest.mark.parametrize(
    "text",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "curl/8.1.2",
        "python-requests/2.31",
        f"{M} (X11; Linux x86_64) {W} HeadlessChrome/126.0.0.0 Safari/537.36",
    ],
)
def test_robots(text):
    assert describe(text).robot


def test_nothing_is_known_of_an_empty_text():
    assert describe("") == describe("  ") == Agent()


@given(st.text(max_size=2_000))
def test_no_text_is_an_error(text):
    assert describe(text).device in ("desktop", "mobile", "tablet", "tv", "other")


def test_a_long_text_is_cut():
    assert describe("a" * 100_000) is describe("a" * 512)


def test_countries():
    assert country("8.8.8.8") == "US"
    assert country(" 8.8.8.8 ") == country("::ffff:8.8.8.8") == "US"
    assert len(country("2a00:1450:4001:82b::200e")) == 2


@pytest.mark.parametrize(
    "address",
    ["", "junk", "127.0.0.1", "::1", "10.1.2.3", "192.168.1.1", "fe80::1%eth0", "fd00::1", "0.0.0.0", "999.1.1.1",
     "8.8.8.8:80", "224.0.0.1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_addresses_of_no_country(address):
    assert country(address) == ""


@given(st.ip_addresses())
def test_any_address_has_a_country_or_none(address):
    assert len(country(str(address))) in (0, 2)
