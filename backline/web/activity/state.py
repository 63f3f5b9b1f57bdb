"""What is chosen on the Activity page. All of it is in the address, so that a page can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest

from backline.domain import periods
from backline.domain.periods import Period

PATH = "/dashboard/activity/"
XRAY_KEY = "activity_xray"
KNOWN = ("artist", "year", "day", "xray", "period", "page")


@dataclass(frozen=True)
class State:
    """The choices: `asked` is what the address says, the rest what it means. `problem` says why a period is refused."""

    asked: dict[str, str]
    year: int
    day: date | None
    xray: bool
    period: Period
    page: int
    problem: str

    def address(self, path: str = PATH, **changes: object) -> str:
        """This page with some choices changed; another period begins at its first page, another year without a day."""
        asked = dict(self.asked)
        if "period" in changes:
            asked.pop("page", None)
        if "year" in changes:
            asked.pop("day", None)
        asked |= {name: str(value) for name, value in changes.items()}
        return f"{path}?{urlencode(asked)}" if asked else path


def state_of(request: HttpRequest, *, today_on: date, reporting_on: date, first_on: date) -> State:
    """Reads the choices; what is not given or makes no sense has its default, and a refused period is said.

    `today_on` is the account's day, `reporting_on` the platform's, `first_on` the first one with anything to count.
    """
    asked = _asked(request)
    period, problem = chosen_period(asked.get("period", periods.DEFAULT_KEY), reporting_on, first_on)
    day = _day(asked.get("day", ""), today_on)
    year = day.year if day and "year" not in asked else _number(asked.get("year", ""), today_on.year)
    return State(
        asked=asked,
        year=min(max(year, 1900), today_on.year),
        day=day if day and day.year == year else None,
        xray=_xray(request, asked),
        period=period,
        page=max(1, _number(asked.get("page", ""), 1)),
        problem=problem,
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the request asks for; for htmx on top of what the page it stands on shows."""
    asked = {}
    if request.headers.get("HX-Request") and (here := request.headers.get("HX-Current-URL")):
        asked = dict(parse_qsl(urlsplit(here).query))
    asked |= request.GET.dict()
    if asked.get("first_on") and asked.get("last_on"):
        asked["period"] = f"{asked['first_on']}..{asked['last_on']}"
    if request.GET.get("period") or "first_on" in request.GET:
        asked["page"] = request.GET.get("page", "")
    return {name: asked[name] for name in KNOWN if asked.get(name)}


def chosen_period(key: str, today: date, first_on: date) -> tuple[Period, str]:
    """The period of a key, or the default one and why the key is refused."""
    try:
        return periods.parse(key, today=today, first_on=first_on), ""
    except periods.PeriodError as error:
        return periods.parse(periods.DEFAULT_KEY, today=today, first_on=first_on), str(error)


def _xray(request: HttpRequest, asked: dict[str, str]) -> bool:
    """Remembered in the session, so that the switch stays as it was left."""
    if "xray" in request.GET:
        wanted = request.GET["xray"] == "on"
        if request.session.get(XRAY_KEY, False) != wanted:
            request.session[XRAY_KEY] = wanted
        return wanted
    return bool(request.session.get(XRAY_KEY, False))


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= today else None


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
