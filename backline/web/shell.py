"""What the frame around every page shows: menu, artists to choose from, theme, account, level."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest

from backline.catalog.queries import CatalogCounts, catalog_counts
from backline.core import clock, sql
from backline.domain.levels import Standing
from backline.listening.calendar import reporting
from backline.outbox.queries import unread_count
from backline.people.models import Account, Artist, Member
from backline.standing.queries import level_of
from backline.web import viewer
from backline.web.models import MenuItem
from backline.web.pictures import avatar_address

THEMES = ("dark", "light", "system")
_ITEMS = "SELECT label, icon, address, new_tab FROM web_menuitem"
BEATS, COLLECTIONS = "/dashboard/beats/", "/dashboard/collections/"


@dataclass(frozen=True)
class MenuLink:
    """One entry of the sidebar. `count` is the small figure behind it, None for none."""

    label: str
    icon: str
    address: str
    new_tab: bool
    current: bool
    count: int | None


@dataclass(frozen=True)
class ArtistChoice:
    """One artist of the switcher; `address` is the present page for that artist."""

    name: str
    handle: str
    role: str
    picture: str
    address: str
    selected: bool


@dataclass(frozen=True)
class Shell:
    """The frame of one page. `artist` is the selected one; `counts` are its catalogue's, new ones of this month.

    `level` is the artist's; `unread` counts the account's notifications, `artist_ids` are of all its artists;
    `looking` is set while staff look at the page as the account.
    """

    path: str
    theme: str
    zone: ZoneInfo
    account: Account | None
    member: Member | None
    artists: tuple[ArtistChoice, ...]
    menu: tuple[MenuLink, ...]
    counts: CatalogCounts | None
    level: Standing | None
    unread: int = 0
    artist_ids: tuple[int, ...] = ()
    looking: viewer.Looking | None = None

    @property
    def artist(self) -> Artist | None:
        """The artist the pages are about."""
        return self.member.artist if self.member else None

    def link(self, address: str) -> str:
        """A backstage address that keeps the artist, where the account has several to choose from."""
        if (
            self.member is None
            or len(self.artists) < 2
            or not address.startswith(("/dashboard/", "/backstage/"))
        ):
            return address
        path, mark, fragment = address.partition("#")
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}artist={quote(self.member.artist.handle)}{mark}{fragment}"


def shell_for(request: HttpRequest, *, level: Standing | None = None) -> Shell:
    """The frame for a request, made once. Signed out: no query; else four, and three more with an artist.

    A page that has read its artist's `level` hands it in, which saves one.
    """
    found: Shell | None = getattr(request, "_shell", None)
    if found is None:
        found = _shell(request, level)
        request._shell = found  # type: ignore[attr-defined]
    return found


def bare_shell(request: HttpRequest) -> Shell:
    """The frame without any read: for the page that says that something broke."""
    zone = ZoneInfo(settings.REPORTING_ZONE)
    return Shell(
        request.path,
        theme_of(request),
        zone,
        account=None,
        member=None,
        artists=(),
        menu=(),
        counts=None,
        level=None,
        looking=viewer.looking(request),
    )


def theme_of(request: HttpRequest) -> str:
    """The theme the visitor chose: dark, light, or what the system says."""
    wanted = request.COOKIES.get("theme", "system")
    return wanted if wanted in THEMES else "system"


def _shell(request: HttpRequest, level: Standing | None) -> Shell:
    account = viewer.account(request)
    members = viewer.memberships(request)
    member = _selected(request)
    counts = _counts(member) if member else None
    return Shell(
        path=request.path,
        theme=theme_of(request),
        zone=account.zone_info if account else ZoneInfo(settings.REPORTING_ZONE),
        account=account,
        member=member,
        artists=tuple(_choice(request, each, selected=each == member) for each in members),
        menu=_menu(request, account, counts) if account else (),
        counts=counts,
        level=(level or level_of(member.artist_id)) if member else None,
        unread=unread_count(account.pk) if account else 0,
        artist_ids=tuple(each.artist_id for each in members),
        looking=viewer.looking(request),
    )


def _selected(request: HttpRequest) -> Member | None:
    try:
        return viewer.selected_member(request)
    except Http404:  # the page that says so has a frame too
        return None


def _choice(request: HttpRequest, member: Member, *, selected: bool) -> ArtistChoice:
    # Only the handle stays in the address: another artist has other filters and another number of pages.
    here = request.path if request.path.startswith("/dashboard/") else "/dashboard/"
    return ArtistChoice(
        name=member.artist.name,
        handle=member.artist.handle,
        role=member.get_role_display(),
        picture=avatar_address(member.artist),
        address=f"{here}?artist={quote(member.artist.handle)}",
        selected=selected,
    )


def _counts(member: Member) -> CatalogCounts:
    """The artist's counts; what is new is counted from the first of the reporting month."""
    month = reporting().today(clock.now()).replace(day=1)
    return catalog_counts(member.artist_id, since=reporting().starts_at(month))


def _menu(request: HttpRequest, account: Account, counts: CatalogCounts | None) -> tuple[MenuLink, ...]:
    audiences = [MenuItem.Audience.EVERYONE]
    audiences += [MenuItem.Audience.PRODUCERS] if counts else []
    audiences += [MenuItem.Audience.STAFF] if account.is_staff else []
    items = sql.rows(f"{_ITEMS} WHERE audience IN ({sql.marks(audiences)}) ORDER BY position, id", *audiences)
    addresses = (address for _, _, address, _ in items)
    here = max((each for each in addresses if request.path.startswith(each)), key=len, default="")
    figures = {BEATS: counts.listed_beats, COLLECTIONS: counts.collections} if counts else {}
    return tuple(
        MenuLink(label, icon, address, bool(new_tab), address == here, figures.get(address))
        for label, icon, address, new_tab in items
    )
