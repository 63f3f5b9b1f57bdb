"""Step one of intake: an item as decoded from JSON becomes one of five shapes, or is refused with field and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from backline.domain import intervals
from backline.listening.addresses import address_key
from backline.listening.reasons import Reason, RefusedError

MAX_ID = 2**53
MAX_LISTENER = 200
MAX_AGENT = 2_000
MAX_URL = 500
MAX_IMPRESSIONS = 50
SOURCES = frozenset({"profile", "discover", "search", "playlist", "embed", "direct", "external", "backend"})
OTHER_SOURCE = "other"
_NOT_TEXT = re.compile("[\x00-\x1f\ud800-\udfff]")
_HOST = re.compile(r"external:([a-z0-9]([a-z0-9.-]{0,100}[a-z0-9])?)\Z")


class ListenItem(NamedTuple):
    """A report of a listen. `final` is None when it did not say; `started_at` is only a back end's to say."""

    id: UUID
    beat: int
    listener: str
    started_at: datetime | None
    heard: tuple[intervals.Interval, ...]
    final: bool | None
    source: str
    ticket: str
    agent: str
    address: str


class DownloadItem(NamedTuple):
    """A delivery by a platform."""

    id: UUID
    beat: int
    listener: str
    at: datetime
    licence_type: str
    licence_url: str
    address: str


class ImpressionsItem(NamedTuple):
    """Beats that one page view showed."""

    id: UUID
    beats: tuple[int, ...]


class LikeItem(NamedTuple):
    """A like of a beat."""

    id: UUID
    beat: int
    listener: str


class FollowItem(NamedTuple):
    """A follow of an artist, by id or by handle."""

    id: UUID
    artist: int | str
    listener: str


Item = ListenItem | DownloadItem | ImpressionsItem | LikeItem | FollowItem
Fields = Mapping[str, object]


def parse(raw: object) -> Item:
    """The item's shape.

    Raises:
        RefusedError: it has none of the five shapes.
    """
    if not isinstance(raw, dict):
        raise RefusedError("", Reason.WRONG_TYPE, "must be an object")
    item_id = _uuid(raw)
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in _SHAPES:
        reason = Reason.MISSING if kind is None else Reason.UNKNOWN
        raise RefusedError("type", reason, f"must be one of {', '.join(_SHAPES)}")
    return _SHAPES[kind](item_id, raw)


def _listen(item_id: UUID, raw: Fields) -> ListenItem:
    try:
        heard = intervals.read(raw.get("heard", []))
    except intervals.InvalidIntervalsError as error:
        raise RefusedError("heard", Reason.WRONG_FORMAT, str(error)) from None
    final = raw.get("final")
    if final is not None and not isinstance(final, bool):
        raise RefusedError("final", Reason.WRONG_TYPE, "must be true or false")
    return ListenItem(
        id=item_id,
        beat=_number(raw, "beat"),
        listener=_text(raw, "listener", MAX_LISTENER),
        started_at=_instant(raw, "started_at"),
        heard=heard,
        final=final,
        source=_source(raw),
        ticket=_text(raw, "ticket", MAX_LISTENER),
        agent=_text(raw, "agent", MAX_AGENT),
        address=_address(raw),
    )


def _download(item_id: UUID, raw: Fields) -> DownloadItem:
    at = _instant(raw, "at")
    if at is None:
        raise RefusedError("at", Reason.MISSING, "is missing")
    licence = raw.get("licence")
    if licence is not None and not isinstance(licence, dict):
        raise RefusedError("licence", Reason.WRONG_TYPE, "must be an object with type and url")
    url = _text(licence or {}, "url", MAX_URL, name="licence.url")
    # Shown as a link: nothing but a web address may go there.
    if url and not url.startswith(("https://", "http://")):
        raise RefusedError("licence.url", Reason.WRONG_FORMAT, "must begin with https:// or http://")
    return DownloadItem(
        id=item_id,
        beat=_number(raw, "beat"),
        listener=_text(raw, "listener", MAX_LISTENER),
        at=at,
        licence_type=_text(licence or {}, "type", MAX_LISTENER, name="licence.type"),
        licence_url=url,
        address=_address(raw),
    )


def _impressions(item_id: UUID, raw: Fields) -> ImpressionsItem:
    beats = raw.get("beats")
    if not isinstance(beats, list):
        raise RefusedError(
            "beats", Reason.MISSING if beats is None else Reason.WRONG_TYPE, "must be a list of beats"
        )
    if len(beats) > MAX_IMPRESSIONS:
        raise RefusedError("beats", Reason.TOO_LONG, f"has more than {MAX_IMPRESSIONS} beats")
    return ImpressionsItem(item_id, tuple(dict.fromkeys(_number({"beats": beat}, "beats") for beat in beats)))


def _like(item_id: UUID, raw: Fields) -> LikeItem:
    return LikeItem(item_id, _number(raw, "beat"), _text(raw, "listener", MAX_LISTENER))


def _follow(item_id: UUID, raw: Fields) -> FollowItem:
    artist = raw.get("artist")
    named = _text(raw, "artist", MAX_LISTENER) if isinstance(artist, str) else _number(raw, "artist")
    return FollowItem(item_id, named, _text(raw, "listener", MAX_LISTENER))


_SHAPES: dict[str, Callable[[UUID, Fields], Item]] = {
    "listen": _listen,
    "download": _download,
    "impressions": _impressions,
    "like": _like,
    "follow": _follow,
}


def _uuid(raw: Fields) -> UUID:
    value = raw.get("id")
    if not isinstance(value, str):
        raise RefusedError(
            "id", Reason.MISSING if value is None else Reason.WRONG_TYPE, "must be a UUID as text"
        )
    # UUID() also takes braces and URNs; one id must have one spelling.
    try:
        return UUID(value) if len(value) == 36 else UUID("")
    except ValueError:
        raise RefusedError(
            "id", Reason.WRONG_FORMAT, "must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057"
        ) from None


def _number(raw: Fields, name: str) -> int:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(
            name, Reason.MISSING if value is None else Reason.WRONG_TYPE, "must be a whole number"
        )
    if not 0 < value <= MAX_ID:
        raise RefusedError(name, Reason.OUT_OF_RANGE, "is not the number of anything here")
    return value


def _text(raw: Fields, field: str, longest: int, *, name: str = "") -> str:
    value = raw.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedError(name or field, Reason.WRONG_TYPE, "must be text")
    if len(value) > longest:
        raise RefusedError(name or field, Reason.TOO_LONG, f"is longer than {longest} characters")
    # Lone surrogates cannot be stored, control characters have no business in names.
    if _NOT_TEXT.search(value):
        raise RefusedError(name or field, Reason.WRONG_FORMAT, "holds characters that are not text")
    return value


def _instant(raw: Fields, name: str) -> datetime | None:
    text = _text(raw, name, 40)
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError(
            name, Reason.WRONG_FORMAT, "must be an ISO 8601 time such as 2026-03-18T15:30:00Z"
        ) from None
    if instant.tzinfo is None:
        raise RefusedError(name, Reason.WRONG_FORMAT, "needs a time zone, such as Z")
    return instant


def _source(raw: Fields) -> str:
    text = _text(raw, "source", MAX_LISTENER).lower()
    return text if text in SOURCES or not text or _HOST.match(text) else OTHER_SOURCE


def _address(raw: Fields) -> str:
    text = _text(raw, "address", 60)
    if text and not address_key(text):
        raise RefusedError("address", Reason.WRONG_FORMAT, "is not a network address")
    return text
