"""An artist's platform share and pool points, for those who may see money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backline.money import queries as money
from backline.people.models import Member
from backline.web.charts.shares import share_bp


@dataclass(frozen=True)
class PlatformShare:
    """Own of all micro-points at the close of `day`. `bp` is the share in basis points, None when nothing weighs."""

    day: date
    own: int
    all: int

    @property
    def bp(self) -> int | None:
        """The share."""
        return share_bp(self.own, self.all) if self.all else None


def platform_share(member: Member) -> PlatformShare | None:
    """The share of the member's artist; None for an analyst, and before the first day is weighed."""
    if not member.sees_money:
        return None
    found = money.platform_share(member.artist_id)
    return PlatformShare(found.day, found.own_micro_points, found.all_micro_points) if found else None
