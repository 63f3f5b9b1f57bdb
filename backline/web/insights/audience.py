"""Who plays, from where and when: devices, places, sources, listeners, newcomers, hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from backline.domain.folding import fold
from backline.listening import queries as listening
from backline.listening.calendar import reporting
from backline.web.charts.heat import HeatMap, heat_map
from backline.web.charts.shares import Part, share_bp, stacked
from backline.web.charts.world import WorldMap, world_map
from backline.web.formats import counted, country_name, weekday_name
from backline.web.insights.choices import Choices
from backline.web.insights.sheets import Sheet, share
from backline.web.insights.subject import Subject
from backline.web.tables import Cell

TOP_HOSTS = 20
UNKNOWN = "Unknown"
DEVICES = {"desktop": "Desktop", "mobile": "Mobile", "tablet": "Tablet", "tv": "TV and other"}
SOURCES = {
    "profile": "Profile",
    "discover": "Discover",
    "search": "Search",
    "playlist": "Playlist",
    "embed": "Embed",
    "direct": "Direct",
    "external": "External",
    "backend": "Other platforms",
}
ICONS = {"desktop": "monitor", "mobile": "smartphone", "tablet": "tablet", "tv": "radio"}
ICONS |= {"profile": "user-round", "discover": "scan-eye", "search": "search", "playlist": "list-music"}
ICONS |= {"embed": "plug", "direct": "link", "external": "external-link", "backend": "plug"}


@dataclass(frozen=True)
class Row:
    """A row of a list of bars: `share_bp` of all plays; `key` is the word that is counted, empty for *other*."""

    key: str
    name: str
    plays: int
    share_bp: int
    icon: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows that add up to `total`."""

    title: str
    rows: tuple[Row, ...]
    total: int

    def first(self, count: int, words: str) -> tuple[Row, ...]:
        """The first rows, and the others as one, where there are many more."""
        if len(self.rows) <= count + 1:
            return self.rows
        rest = self.rows[count:]
        plays = sum(row.plays for row in rest)
        more = Row("", f"{len(rest)} more {words}, in the table", plays, share_bp(plays, self.total))
        return (*self.rows[:count], more)

    def lines(self) -> list[list[Cell]]:
        """For a table."""
        return [[row.name, row.plays, share(row.share_bp)] for row in self.rows]


@dataclass(frozen=True)
class Devices:
    """Devices, systems and browsers."""

    groups: tuple[Rows, Rows, Rows]

    @property
    def total(self) -> int:
        """All plays."""
        return self.groups[0].total

    def sheet(self) -> Sheet:
        """All three, one below the other."""
        rows = [[group.title, *line] for group in self.groups for line in group.lines()]
        return Sheet("Devices and platforms", ("Kind", "Name", "Plays", "Share, %"), rows)


@dataclass(frozen=True)
class Locations:
    """Countries on the map and in order."""

    list: Rows
    countries: int
    map: WorldMap
    says: str

    def sheet(self) -> Sheet:
        """The countries."""
        return Sheet("Locations", ("Country", "Plays", "Share, %"), self.list.lines())


@dataclass(frozen=True)
class Sources:
    """Where listeners were when they pressed play; `hosts` are other sites, at most 20."""

    list: Rows
    hosts: Rows

    def sheet(self) -> Sheet:
        """Sources, then hosts."""
        rows = [["Source", *line] for line in self.list.lines()] + [
            ["Host", *line] for line in self.hosts.lines()
        ]
        return Sheet("Sources", ("Kind", "Name", "Plays", "Share, %"), rows)


@dataclass(frozen=True)
class Newcomers:
    """New and returning accounts, and those of the period before."""

    first: date
    found: listening.NewAndReturning
    before: listening.NewAndReturning | None
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All accounts."""
        return self.found.new + self.found.returning

    def sheet(self) -> Sheet:
        """Both."""
        before = self.before
        rows: list[list[Cell]] = [
            ["New", self.found.new, before.new if before else None],
            ["Returning", self.found.returning, before.returning if before else None],
        ]
        return Sheet("New and returning accounts", ("Accounts", "This period", "Compared with"), rows)


@dataclass(frozen=True)
class Week:
    """The heat map; `busiest` is the best hour in words, empty without plays."""

    found: listening.WeekHours
    map: HeatMap
    busiest: str
    zone: str
    cut: bool

    def sheet(self) -> Sheet:
        """A row for each weekday."""
        rows: list[list[Cell]] = [
            [weekday_name(weekday), *plays] for weekday, plays in enumerate(self.found.plays)
        ]
        return Sheet("Weekday and hour", ("Weekday", *(f"{hour:02}:00" for hour in range(24))), rows)


def devices(found: listening.Breakdown) -> Devices:
    """Devices, systems and browsers of a period's plays."""
    kinds = dict(found.devices)
    rest = kinds.pop("other", 0)
    if rest:
        kinds["tv"] = kinds.get("tv", 0) + rest
    return Devices(
        (
            _rows("Device", _ordered(kinds), DEVICES, found.plays),
            _folded("System", found.platforms, {}, ("system", "systems")),
            _folded("Browser", found.browsers, {}, ("browser", "browsers")),
        )
    )


def locations(found: listening.Breakdown) -> Locations:
    """Countries of a period's plays; small ones are folded and are not on the map either."""
    counts = found.countries
    names = {code: country_name(code) for code in counts if code}
    shown = _folded("Country", counts, names, ("country", "countries"))
    told = ", ".join(f"{row.name} {row.plays}" for row in shown.rows)
    return Locations(
        list=shown,
        countries=sum(1 for code in counts if code),
        map=world_map({row.key: row.plays for row in shown.rows if row.key}),
        says=f"Plays by country: {told}" if told else "No plays",
    )


def sources(found: listening.Breakdown) -> Sources:
    """Sources of a period's plays."""
    return Sources(
        _rows("Source", _ordered(found.sources), SOURCES, found.plays),
        _folded("Host", found.hosts, {}, ("host", "hosts"), most=TOP_HOSTS),
    )


def newcomers(subject: Subject, choices: Choices) -> Newcomers:
    """Who is new, who came back."""
    period, before = choices.period, choices.before
    found = listening.newcomers(subject.scope, first=period.first_on, last=period.last_on)
    return Newcomers(
        first=found.first,
        found=found,
        before=listening.newcomers(subject.scope, first=before.first_on, last=before.last_on)
        if before
        else None,
        parts=stacked((found.new, found.returning)),
    )


def week(subject: Subject, choices: Choices) -> Week:
    """When the plays of a period began."""
    found = listening.hours_of_week(subject.scope, first=choices.period.first_on, last=choices.period.last_on)
    weekday, hour, plays = found.most
    names = [weekday_name(number, short=True) for number in range(7)]
    return Week(
        found=found,
        map=heat_map(found.plays, weekdays=names),
        busiest=f"{names[weekday]} at {hour}:00, {counted(plays, 'play')}" if plays else "",
        zone=reporting().zone.key,
        cut=found.first > choices.period.first_on,
    )


def _ordered(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _folded(
    title: str,
    counts: Mapping[str, int],
    names: Mapping[str, str],
    words: tuple[str, str],
    *,
    most: int | None = None,
) -> Rows:
    """Rows below 10 plays as one; what is unknown tells of nobody and stands apart. `words`: one and several."""
    known = fold({key: plays for key, plays in counts.items() if key}, most=most)
    unknown = counts.get("", 0)
    total = known.total + unknown
    found = _rows(title, known.rows, names, total)
    extra = []
    if known.hidden:
        extra.append((f"Other, {known.hidden} {words[known.hidden > 1]}", known.other))
    if unknown:
        extra.append((UNKNOWN, unknown))
    rows = [Row("", name, plays, share_bp(plays, total)) for name, plays in extra]
    return Rows(title, (*found.rows, *rows), total)


def _rows(title: str, rows: Iterable[tuple[str, int]], names: Mapping[str, str], total: int) -> Rows:
    """Rows with their names, as they come."""
    return Rows(
        title,
        tuple(
            Row(key, names.get(key, key) or UNKNOWN, plays, share_bp(plays, total), ICONS.get(key, ""))
            for key, plays in rows
        ),
        total,
    )
