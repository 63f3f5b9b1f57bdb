"""The shortcut cards: one for each entry of the sidebar, with one live figure each."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from backline.people.models import Member
from backline.standing.snapshots.queries import overall_place
from backline.web.dashboard.finances import finance_figure
from backline.web.dashboard.queries import Basis, uploads_this_month
from backline.web.formats import DASH, counted, month_name, number, ordinal
from backline.web.shell import MenuLink


@dataclass(frozen=True)
class Shortcut:
    """A menu entry with its figure as text and what it counts."""

    item: MenuLink
    value: str
    note: str


def shortcuts(basis: Basis, menu: tuple[MenuLink, ...], *, member: Member, zone: ZoneInfo) -> list[Shortcut]:
    """A card for each menu entry; an entry that staff added has no figure, only where it leads."""
    return [Shortcut(item, *_figure(basis, item, member, zone)) for item in menu]


def _figure(basis: Basis, item: MenuLink, member: Member, zone: ZoneInfo) -> tuple[str, str]:
    address = item.address
    if address == "/dashboard/":
        return number(basis.today.plays), "plays today so far"
    if address == "/dashboard/finances/":
        return finance_figure(member)
    if address == "/dashboard/activity/":
        uploads, month = uploads_this_month(basis.artist_id, zone=zone, now=basis.now)
        return counted(uploads, "upload"), f"in {month_name(month)} so far"
    if address == "/dashboard/progress/":
        return number(basis.level.xp), f"XP, level {basis.level.level}"
    if address == "/dashboard/leaderboards/":
        return _place(basis.artist_id)
    if address == "/dashboard/beats/":
        return number(item.count), _completeness(basis, item.count or 0)
    if address == "/dashboard/collections/":
        return number(item.count), "albums, EPs, packs"
    return "", address.removeprefix("https://")


def _place(artist_id: int) -> tuple[str, str]:
    place = overall_place(artist_id)
    return (
        (ordinal(place[0]), f"of {number(place[1])} in Overall") if place else (DASH, "not ranked in Overall")
    )


def _completeness(basis: Basis, beats: int) -> str:
    if beats == 0:
        return "none yet"
    if basis.counts.public_beats == 0:
        return "none public yet"
    return f"{number(basis.review.count)} to complete" if basis.review else "all complete"
