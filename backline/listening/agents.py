"""What the agent text of a browser says: robot or not, device, platform, browser."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

MAX_LENGTH = 512


class Agent(NamedTuple):
    """An agent text understood. Empty texts are unknown."""

    robot: bool = False
    device: str = ""
    platform: str = ""
    browser: str = ""


@lru_cache(maxsize=4096)
def understand(text: str) -> Agent:
    """The agent behind a text; only the first 512 characters are read."""
    # Loading the patterns takes a third of a second: done at the first event, not at start.
    import ua_parser

    text = text[:MAX_LENGTH]
    if not text:
        return Agent()
    result = ua_parser.parse(text)
    platform = result.os.family if result.os else ""
    family = result.device.family if result.device else ""
    return Agent(
        robot=_is_robot(text) or family == "Spider",
        device=_device(text, family, platform),
        platform=platform,
        browser=result.user_agent.family if result.user_agent else "",
    )


def _is_robot(text: str) -> bool:
    return bool(_detector().isCrawler(text))


@cache
def _detector():  # type: ignore[no-untyped-def]
    from crawlerdetect import CrawlerDetect

    return CrawlerDetect()


_TVS = ("TV", "Roku", "PlayStation", "Xbox", "Chromecast")
_TABLETS = ("iPad", "Tablet", "Kindle", "Silk/")
_DESKTOPS = {"Windows", "Mac OS X", "Linux", "Ubuntu", "Chrome OS", "Fedora", "Debian", "FreeBSD"}


def _device(text: str, family: str, platform: str) -> str:
    if any(mark in text or mark in family for mark in _TVS):
        return "tv"
    # Android tablets leave out the word Mobile.
    if any(mark in text for mark in _TABLETS) or (platform == "Android" and "Mobile" not in text):
        return "tablet"
    if "Mobi" in text or platform in {"iOS", "Android"}:
        return "mobile"
    return "desktop" if platform in _DESKTOPS else "other"
