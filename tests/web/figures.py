"""The same figures from every place that shows them, and a recount from the log of listens."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from backline.catalog.models import Credit
from backline.listening.calendar import reporting, to_instant, to_number
from backline.listening.store import open_store
from backline.listening.store.rows import VERDICTS
from backline.people.models import Artist
from tests.web.screens import words

ALL_TIME = (date(2015, 1, 1), date(2035, 12, 31))
LINKED = re.compile(r'aria-label="([^":]+): ([\d,]+)[^"]*"')
SHOWN = re.compile(r"<dt>((?:(?!</dt>).)*)</dt><dd>([\d,]+)", re.DOTALL)


@dataclass
class Counted:
    """Listens received and those that count; `rejected` by reason."""

    received: int = 0
    counted: int = 0
    rejected: dict[str, int] = field(default_factory=dict)

    def add(self, reason: str) -> None:
        self.received += 1
        if reason == "counted":
            self.counted += 1
        else:
            self.rejected[reason] = self.rejected.get(reason, 0) + 1


def recount(beat_id: int, first: date, last: date, *, since: datetime | None = None) -> Counted:
    """The listens of a beat in the log with their current verdicts, from `since` on."""
    found = Counted()
    for row in open_store().judged(beat_id, to_number(first), to_number(last), limit=10**9):
        if since is None or to_instant(row.listen.started_ms) >= since:
            found.add(VERDICTS[row.verdict].value)
    return found


def recount_artist(artist: Artist, first: date, last: date) -> Counted:
    """Those that count for an artist: of own beats all, of others' from when the credit was accepted."""
    total = Counted()
    for credit in Credit.objects.filter(artist=artist, state=Credit.State.ACCEPTED).select_related("beat"):
        own = credit.beat.artist_id == artist.pk
        found = recount(credit.beat_id, first, last, since=None if own else credit.answered_at)
        total.received += found.received
        total.counted += found.counted
        for reason, count in found.rejected.items():
            total.rejected[reason] = total.rejected.get(reason, 0) + count
    return total


def linked(html: str) -> dict[str, int]:
    """Figures that lead on, by label."""
    return {label: _number(value) for label, value in LINKED.findall(html)}


def shown(html: str) -> dict[str, int]:
    """Figures of a page's strips, by label."""
    return {words(label): _number(value) for label, value in SHOWN.findall(html)}


def table(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def json_of(client: Client, address: str) -> Any:
    """What the API answers."""
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == 200, (address, answer.content[:300])
    return answer.json()


def plain(client: Client, address: str) -> str:
    """A page's HTML."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def complete_days(count: int, now: datetime) -> tuple[date, date]:
    """The last so many complete reporting days."""
    today = reporting().today(now)
    return today - timedelta(days=count), today - timedelta(days=1)


def _number(text: str) -> int:
    return int(text.replace(",", ""))
