"""The shortcut cards: one for each entry of the sidebar, with one live figure each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backline.web.dashboard.queries import Basis, uploads_this_month
from backline.web.formats import DASH, month_name, number
from backline.web.shell import MenuLink

NOT_YET = {
    "/dashboard/finances/": "no money is counted yet",
    "/dashboard/progress/": "XP is not counted yet",
    "/dashboard/leaderboards/": "no ranks yet",
}


@dataclass(frozen=True)
class Shortcut:
    """A menu entry with its figure as text and what it counts."""

    item: MenuLink
    value: str
    note: str


def shortcuts(basis: Basis, menu: tuple[MenuLink, ...], *, zone: ZoneInfo) -> list[Shortcut]:
    """A card for each menu entry; an entry that staff added has no figure, only where it leads."""
    return [Shortcut(item, *_figure(basis, item, zone, basis.now)) for item in menu]


def _figure(basis: Basis, item: MenuLink, zone: ZoneInfo, now: datetime) -> tuple[str, str]:
    address = item.address
    if address in NOT_YET:
        return DASH, NOT_YET[address]
    if address == "/dashboard/":
        return number(basis.today.plays), "plays today so far"
    if address == "/dashboard/activity/":
        uploads, month = uploads_this_month(basis.artist_id, zone=zone, now=now)
        return _uploads(uploads), f"in {month_name(month)} so far"
    if address == "/dashboard/beats/":
        return number(item.count), _completeness(basis, item.count or 0)
    if address == "/dashboard/collections/":
        return number(item.count), "albums, EPs, packs"
    return "", address.removeprefix("https://")


def _uploads(count: int) -> str:
    return "1 upload" if count == 1 else f"{number(count)} uploads"


def _completeness(basis: Basis, beats: int) -> str:
    if beats == 0:
        return "none yet"
    return f"{number(basis.review.count)} to complete" if basis.review else "all complete"
