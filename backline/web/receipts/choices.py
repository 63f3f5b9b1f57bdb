"""What is chosen on the receipts page. All of it is in the address, so that a page can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from backline.domain import periods
from backline.domain.periods import Period
from backline.web.activity.state import chosen_period


@dataclass(frozen=True)
class Choices:
    """The period and the page of its days; `problem` says why a period was refused."""

    path: str
    period: Period
    page: int
    problem: str

    def address(self, tail: str = "", **changes: object) -> str:
        """This page, or what lies under it, for its period or another one."""
        return f"{self.path}{tail}?{urlencode({'period': self.period.key} | changes)}"


def choices_of(request: HttpRequest, beat_id: int, *, today: date, first_on: date) -> Choices:
    """Reads the choices; what is not given or makes no sense has its default, and a refused period is said.

    `today` is the reporting day, `first_on` the first one with anything received.
    """
    asked = request.GET.get("period") or periods.DEFAULT_KEY
    if request.GET.get("first_on") and request.GET.get("last_on"):
        asked = f"{request.GET['first_on']}..{request.GET['last_on']}"
    period, problem = chosen_period(asked, today, first_on)
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Choices(f"/backstage/beats/{beat_id}/receipts/", period, max(1, number), problem)
