"""What each section of the Activity page reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest

from backline.catalog import queries as catalog
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.people.models import Account, Member
from backline.web.activity.drawing import drawing
from backline.web.activity.engagement import engagement
from backline.web.activity.lists import downloads, live_now
from backline.web.activity.performance import performance
from backline.web.activity.receipts import by_beat
from backline.web.activity.state import State, state_of
from backline.web.activity.uploads import upload_day, upload_year
from backline.web.sections import Failed, attempt
from backline.web.shell import shell_for

TOGETHER = {
    "uploads": ("uploads", "day"),
    "engagement": ("engagement", "chart", "downloads", "live", "receipts"),
    "cards": ("engagement",),
    "chart": ("engagement", "chart"),
    "receipts": ("engagement", "receipts"),
}


class Sections:
    """The reads of one request, on the choices its address makes."""

    def __init__(self, request: HttpRequest, artist_id: int, *, now: datetime) -> None:
        shell = shell_for(request)
        self.artist_id = artist_id
        self.account = cast(Account, shell.account)
        self.member = cast(Member, shell.member)
        self.counts = cast(catalog.CatalogCounts, shell.counts)
        self.now = now
        self.state: State = state_of(
            request,
            today_on=now.astimezone(shell.zone).date(),
            reporting_on=reporting().today(now),
            first_on=self._first_on(request),
        )

    @cached_property
    def totals(self) -> listening.Totals:
        """All-time figures, which several sections need."""
        return listening.artist_totals(self.artist_id)

    @cached_property
    def beat_ids(self) -> list[int]:
        """All beats the artist is credited on, which two sections need."""
        return catalog.credited_beat_ids(self.artist_id)

    @property
    def shown(self) -> Hashable:
        """What the sections are about: an artist, as far as the member's role may see it, and what is chosen."""
        member, state = self.member, self.state
        return member.pk, member.role, state.year, state.day, state.xray, state.period, state.page

    def reads(self) -> dict[str, Callable[[], Any]]:
        """Section name → its read."""
        artist_id, state, now = self.artist_id, self.state, self.now
        return {
            "performance": lambda: performance(self.member, counts=self.counts, totals=self.totals, now=now),
            "uploads": lambda: upload_year(artist_id, state, account=self.account, now=now),
            "day": lambda: upload_day(artist_id, state, account=self.account),
            "engagement": lambda: engagement(artist_id, state.period, beat_ids=self.beat_ids, now=now),
            "chart": lambda: drawing(artist_id, state.period, totals=self.totals, now=now),
            "downloads": lambda: downloads(artist_id, state.period, page=state.page),
            "live": lambda: live_now(artist_id, now=now),
            "receipts": lambda: by_beat(artist_id, state.period, beat_ids=self.beat_ids, now=now),
        }

    def _first_on(self, request: HttpRequest) -> date:
        """The first day with anything to count; today when that cannot be read: the sections then say so."""
        totals = attempt(request, "totals", lambda: self.totals)
        first_on = None if isinstance(totals, Failed) else totals.first_on
        return first_on or reporting().today(self.now)
