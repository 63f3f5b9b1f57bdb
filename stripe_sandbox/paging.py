"""Lists: newest first, in pages by cursor (/v1) or by page token (/v2), filtered by time and by field."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

from stripe_sandbox.errors import Json, invalid, missing
from stripe_sandbox.shapes import listed
from stripe_sandbox.world import World, condition

MOST = 100
COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page(
    world: World,
    kind: str,
    params: Json,
    url: str,
    *,
    account: str | None = "",
    by: tuple[str, ...] = (),
    among: str | None = None,
    **fixed: Any,
) -> Json:
    """One page of /v1. `by` names the parameters that filter by the field of the same name; `fixed` always filter.
    `among`: only lines of this payout.

    Raises:
        Problem: the limit or the cursor is not possible.
    """
    limit = _limit(params, 10)
    where, values = condition(kind, account, {name: params.get(name) for name in by} | fixed)
    where, values = _by_time(where, values, params.get("created"))
    if among is not None:
        where, values = where + " and id in (select txn from money where payout = ?)", [*values, among]
    forward = "ending_before" not in params
    cursor = params.get("starting_after") or params.get("ending_before")
    if cursor:
        row = world.store.row("select seq from objects where id = ? and kind = ?", cursor, kind)
        if row is None:
            raise missing(kind, cursor, param="starting_after" if forward else "ending_before")
        where, values = where + f" and seq {'<' if forward else '>'} ?", [*values, row["seq"]]
    rows = world.store.rows(
        f"select body from objects where {where} order by seq {'desc' if forward else 'asc'} limit ?", *values,
        limit + 1,
    )  # fmt: skip
    data = [json.loads(row["body"]) for row in rows[:limit]]
    return listed(data if forward else data[::-1], url, has_more=len(rows) > limit)


def token_page(
    world: World,
    kind: str,
    params: Json,
    url: str,
    *,
    more: str = "",
    values: tuple[Any, ...] = (),
    newest: bool = True,
) -> Json:
    """One page of /v2; the token in `next_page_url` says after which row to go on."""
    limit = _limit(params, 10)
    where, found = condition(kind, None, {})
    where, found = where + more, [*found, *values]
    if token := params.get("page"):
        where, found = where + f" and seq {'<' if newest else '>'} ?", [*found, _read_token(token)]
    rows = world.store.rows(
        f"select seq, body from objects where {where} order by seq {'desc' if newest else 'asc'} limit ?",
        *found,
        limit + 1,
    )
    following = None
    if len(rows) > limit:
        token = base64.urlsafe_b64encode(str(rows[limit - 1]["seq"]).encode()).decode()
        following = f"{url}?{urlencode(_flat(params | {'page': token}))}"
    return {
        "data": [json.loads(row["body"]) for row in rows[:limit]],
        "next_page_url": following,
        "previous_page_url": None,
    }


def _limit(params: Json, default: int) -> int:
    limit = params.get("limit", default)
    if not 1 <= limit <= MOST:
        raise invalid("limit", f"Invalid limit: must be between 1 and {MOST}.", "parameter_invalid_integer")
    return int(limit)


def _read_token(token: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(token))
    except ValueError:
        raise invalid("page", "The page token is not valid.", "invalid_page_token") from None


def _by_time(where: str, values: list[Any], created: Any) -> tuple[str, list[Any]]:
    bounds = (
        {"=": created}
        if isinstance(created, int)
        else {COMPARE[name]: at for name, at in (created or {}).items()}
    )
    for sign, at in bounds.items():
        where, values = where + f" and created {sign} ?", [*values, at]
    return where, values


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        pairs = [(f"{path}[{key}]" if path else str(key), item) for key, item in value.items()]
    elif isinstance(value, list):
        pairs = [(f"{path}[{place}]", item) for place, item in enumerate(value)]
    else:
        return {path: str(value).lower() if isinstance(value, bool) else value}
    return {name: inner for key, item in pairs for name, inner in _flat(item, key).items()}
