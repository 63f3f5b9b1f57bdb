"""How figures and moments are written, in the visitor's language and in Django's current time zone.

Every function takes None for "unknown" and prints a dash for it; zero is a value and prints 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from backline.core import clock
from backline.integrations.agents import describe

DASH = "—"
MINUS = "\u2212"
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
Moment = datetime | date


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


_spoken: ContextVar[str] = ContextVar("language", default="")


def language() -> str:
    """The language in which figures are written: the request's, else Django's current one."""
    return _spoken.get() or get_language() or "en"


@contextmanager
def one_language() -> Iterator[None]:
    """Holds Django's current language for what is written meanwhile: each look-up costs as much as a figure."""
    token = _spoken.set(get_language() or "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def _current() -> Locale:
    return _locale(language())


def number(value: float | None, digits: int = 0) -> str:
    """A figure with grouped thousands: 8412 is 8,412."""
    if value is None:
        return DASH
    if language()[:2] == "en":  # the common case, ten times faster than by pattern
        return f"{value:,.{digits}f}".replace("-", MINUS)
    return format_decimal(round(value, digits), locale=_current()).replace("-", MINUS)


def counted(count: int, one: str) -> str:
    """A number with its word in English: 1 beat, 2 beats."""
    return f"{number(count)} {one if count == 1 else one + 's'}"


def compact(value: float | None) -> str:
    """A figure in little room: 1326 is 1.3K."""
    if value is None:
        return DASH
    return format_compact_decimal(value, locale=_current(), fraction_digits=1 if abs(value) >= 1000 else 0)


def percent(bp: int | None, digits: int = 1) -> str:
    """Basis points as a percentage: 1240 is 12.4%."""
    return DASH if bp is None else number(bp / 100, digits) + "%"


def signed(value: float | None, digits: int = 0) -> str:
    """A difference with its sign: 12 is +12, -3 is −3, 0 is 0."""
    return DASH if value is None else ("+" if value > 0 else "") + number(value, digits)


def signed_percent(bp: int | None, digits: int = 1) -> str:
    """A difference in basis points with its sign: 1240 is +12.4%."""
    return DASH if bp is None else ("+" if bp > 0 else "") + percent(bp, digits)


def duration(ms: int | None) -> str:
    """A length in milliseconds as minutes and seconds, with hours from one hour on: 64000 is 1:04."""
    if ms is None:
        return DASH
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def size(count: int | None) -> str:
    """A number of bytes: 1400000 is 1.4 MB."""
    if count is None:
        return DASH
    amount, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            break
        amount /= 1000
    return f"{number(amount, 1 if unit not in ('B', 'kB') and amount < 100 else 0)} {unit}"


def ordinal(value: int | None) -> str:
    """A place: 21 is 21st. Languages other than English get the figure with a full stop."""
    if value is None:
        return DASH
    if language()[:2] != "en":
        return f"{number(value)}."
    last = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return number(value) + last


def initials(name: str) -> str:
    """What stands in for a missing picture: the first letters of the first two words."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def local(value: Moment) -> Moment:
    """An instant in the current zone; dates and naive values stay as they are."""
    return timezone.localtime(value) if isinstance(value, datetime) and value.tzinfo else value


def day(value: Moment | None) -> str:
    """A day without its year: 23 Nov."""
    return _date(value, "d MMM")


def full_day(value: Moment | None) -> str:
    """A day with its year: 23 Nov 2026."""
    return _date(value, "d MMM y")


def near_day(value: Moment | None) -> str:
    """A day with its year unless it is this year: 23 Nov, 23 Nov 2024."""
    if value is None:
        return DASH
    year = local(value).year if isinstance(value, datetime) else value.year
    return day(value) if year == local(clock.now()).year else full_day(value)


def long_day(value: Moment | None) -> str:
    """A day with its weekday: Monday 23 November."""
    return _date(value, "EEEE d MMMM")


def month(value: Moment | None) -> str:
    """A month: November 2026."""
    return _date(value, "MMMM y")


def time(value: datetime | None) -> str:
    """A time of day: 17:42."""
    return DASH if value is None else f"{local(value):%H:%M}"


def day_time(value: datetime | None) -> str:
    """A moment: 23 Nov, 17:42; of another year: 23 Nov 2024, 17:42."""
    return DASH if value is None else f"{near_day(value)}, {time(value)}"


def iso(value: Moment | None) -> str:
    """A moment for machines, as in the `datetime` attribute of `<time>`."""
    return "" if value is None else value.isoformat()


def relative(value: datetime | None) -> str:
    """How long ago: "a minute ago"; from a week on, the day."""
    if value is None:
        return DASH
    now = clock.now()
    seconds = int((now - value).total_seconds())
    if seconds < 45:
        return gettext("just now")
    if seconds < 90:
        return gettext("a minute ago")
    for unit_s, below_s, one, many in (
        (MINUTE_S, HOUR_S, "%(count)s minute ago", "%(count)s minutes ago"),
        (HOUR_S, DAY_S, "%(count)s hour ago", "%(count)s hours ago"),
        (DAY_S, 7 * DAY_S, "%(count)s day ago", "%(count)s days ago"),
    ):
        count = max(1, round(seconds / unit_s))
        if count * unit_s < below_s:
            return ngettext(one, many, count) % {"count": count}
    return near_day(value)


def weekday_day(value: Moment | None) -> str:
    """A day with its short weekday: Fri 17 Jul."""
    return _date(value, "EEE d MMM")


def short_month(value: Moment | None) -> str:
    """A month in little room: Nov 2026."""
    return _date(value, "MMM y")


def weekday_name(weekday: int, *, short: bool = False) -> str:
    """The name of a weekday, 0 for Monday."""
    return str(_current().days["stand-alone"]["abbreviated" if short else "wide"][weekday])


def month_name(value: Moment | None) -> str:
    """A month without its year: November."""
    return _date(value, "LLLL")


def country_name(code: str) -> str:
    """The country of a two-letter code in the visitor's language; the code itself when it names none."""
    return str(_current().territories.get(code.upper(), code))


def browser(user_agent: str) -> str:
    """What a browser calls itself, in words: Firefox on Linux."""
    agent = describe(user_agent)
    return " on ".join(filter(None, (agent.browser, agent.platform))) or "Unknown browser"


def _date(value: Moment | None, pattern: str) -> str:
    if value is None:
        return DASH
    moment = local(value)
    on = moment.date() if isinstance(moment, datetime) else moment
    return _date_text(on, pattern, language())


@lru_cache(maxsize=8192)  # a calendar writes 366 days; Babel takes 30 µs for each
def _date_text(on: date, pattern: str, language: str) -> str:
    return format_date(on, pattern, locale=_locale(language))
