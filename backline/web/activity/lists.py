"""Recent downloads, what happens live, and the receipts of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backline.catalog import queries as catalog
from backline.domain.periods import Period
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.listening.queries.downloads import PER_PAGE
from backline.people import queries as people
from backline.shop.queries.recent import revoked_licences
from backline.web.charts.hours import HourChart, hour_chart
from backline.web.formats import number, weekday_name


@dataclass(frozen=True)
class DownloadRow:
    """One download; `listener` is empty for somebody who does not show themselves to producers.

    `revoked`: the licence it came with was taken back since.
    """

    beat: catalog.BeatLabel | None
    listener: str
    licence: str
    licence_url: str
    revoked: bool
    at: datetime


@dataclass(frozen=True)
class Downloads:
    """A page of downloads, numbered from `first` to `last` of `total`."""

    rows: list[DownloadRow]
    first: int
    last: int
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class LiveNow:
    """Live figures with the last 48 hours drawn at two widths."""

    figures: listening.Live
    wide: HourChart
    narrow: HourChart
    first: str
    total: int
    says: str


def downloads(artist_id: int, period: Period, *, page: int) -> Downloads:
    """The period's downloads, newest first; three queries for a page."""
    found = listening.recent_downloads(artist_id, first=period.first_on, last=period.last_on, page=page)
    labels = catalog.beat_labels(sorted({item.beat_id for item in found.items}))
    accounts = {item.account_id for item in found.items if item.account_id is not None}
    names = people.shown_names(accounts)
    licensed = {item.account_id for item in found.items if item.account_id is not None and item.licence_type}
    revoked = revoked_licences(licensed, {item.beat_id for item in found.items})
    rows = [
        DownloadRow(
            beat=labels.get(item.beat_id),
            listener=names.get(item.account_id, "") if item.account_id is not None else "",
            licence=_licence_name(item.licence_type),
            licence_url=item.licence_url,
            revoked=(item.account_id, item.beat_id, item.licence_type) in revoked,
            at=item.at,
        )
        for item in found.items
    ]
    first = (found.page - 1) * PER_PAGE + 1
    return Downloads(rows, first if rows else 0, first + len(rows) - 1, found.total, found.page, found.pages)


def live_now(artist_id: int, *, now: datetime) -> LiveNow:
    """What happens now, and the shape of the last two days."""
    figures = listening.live(artist_id, now=now)
    zone = reporting().zone
    today_at = reporting().starts_at(reporting().today(now))
    values = [hour.plays for hour in figures.hours]
    today_from = sum(hour.at < today_at for hour in figures.hours)
    begins = figures.hours[0].at.astimezone(zone) if figures.hours else now
    total = sum(values)
    return LiveNow(
        figures=figures,
        wide=hour_chart(values, today_from=today_from, width=530),
        narrow=hour_chart(values, today_from=today_from, width=320),
        first=f"{weekday_name(begins.weekday(), short=True)} {begins:%H:%M}",
        total=total,
        says=(
            f"Counted plays per hour, last 48 hours: {number(total)};"
            f" of them today: {number(sum(values[today_from:]))}"
        ),
    )


def _licence_name(kind: str) -> str:
    """A type such as `standard`, as a platform reports it, in words."""
    words = kind.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]} licence" if words else ""
