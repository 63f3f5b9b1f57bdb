"""One's data as one JSON file, written while it is read: a million listens take no more room than two thousand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from backline.catalog.models import Beat
from backline.domain.verdict_texts import explanations
from backline.domain.verdicts import Verdict
from backline.listening.queries.personal import (
    OwnDownload,
    OwnListen,
    months_in_files,
    own_downloads,
    own_listens,
)
from backline.listening.store import StoreError
from backline.people.models import Account
from backline.people.queries import artist_names
from backline.web.personal.gathering import everything

Row = TypeVar("Row", OwnListen, OwnDownload)
AWAY = "Listens and downloads could not be read to the end. Download your data again later."


def everything_as_json(account: Account) -> Iterator[str]:
    """The text of the file in pieces. Its last entry, `complete`, is false when the listening store went away."""
    topics = everything(account) | {"reasons": {each.verdict: each.text for each in explanations()}}
    yield json.dumps(topics, indent=1).removesuffix("\n}")
    ends: dict[str, Any] = {"complete": True}
    yield from _array("downloads", _as_far_as(own_downloads(account.pk), ends), _of_download)
    yield from _array(
        "listens", _as_far_as(own_listens(account.pk, since=account.joined_at), ends), _of_listen
    )
    try:
        ends["listens_moved_to_files"] = [f"{month:%Y-%m}" for month in months_in_files()]
    except StoreError:
        ends |= {"complete": False, "problem": AWAY}
    yield "".join(f",\n {json.dumps(name)}: {json.dumps(value)}" for name, value in ends.items())
    yield "\n}\n"


def _as_far_as(portions: Iterator[list[Row]], ends: dict[str, Any]) -> Iterator[list[Row]]:
    """Portions until the store goes away, which `ends` then says."""
    try:
        yield from portions
    except StoreError:
        ends |= {"complete": False, "problem": AWAY}


def _array(
    topic: str, portions: Iterable[Sequence[Row]], of: Callable[[Row], dict[str, Any]]
) -> Iterator[str]:
    yield f',\n "{topic}": ['
    between = "\n  "
    for rows in portions:
        beats = dict(Beat.objects.filter(pk__in={row.beat_id for row in rows}).values_list("pk", "name"))
        artists = artist_names({artist_id for row in rows for artist_id in row.artist_ids})
        written = []
        for row in rows:
            names = [artists[artist_id] for artist_id in row.artist_ids if artist_id in artists]
            named = {"beat_id": row.beat_id, "beat": beats.get(row.beat_id), "artists": names}
            written.append(json.dumps(named | of(row)))
        # Nothing in this stretch: a blank, so that nobody on the way takes the silence for the end.
        yield between + ",\n  ".join(written) if written else " "
        between = ",\n  " if written else between
    yield "\n ]"


def _of_listen(row: OwnListen) -> dict[str, Any]:
    """`heard_s` are different seconds, `played_s` all of them; empty words are unknown."""
    return {
        "at": row.at.isoformat(),
        "heard_s": row.heard_ms / 1000,
        "played_s": row.played_ms / 1000,
        **_judged(row.verdict),
        "device": row.device,
        "platform": row.platform,
        "browser": row.browser,
        "country": row.country,
        "source": row.source,
    }


def _of_download(row: OwnDownload) -> dict[str, Any]:
    licence = {"licence": row.licence_type, "licence_url": row.licence_url}
    return {"at": row.at.isoformat(), **_judged(row.verdict), **licence}


def _judged(verdict: Verdict | None) -> dict[str, Any]:
    """Whether it counted, and why not; both null until it is judged."""
    if verdict is None:
        return {"counted": None, "reason": None}
    counted = verdict is Verdict.COUNTED
    return {"counted": counted, "reason": None if counted else verdict.value}
