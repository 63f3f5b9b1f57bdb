"""Reads parameters as Stripe's clients write them: `items[0][price]=x` in a form or a query, or JSON."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from stripe_sandbox.errors import Problem

_PART = re.compile(r"\[([^\]]*)\]")


def nested(encoded: str) -> dict[str, Any]:
    """The parameters of a form or a query as nested dictionaries; list places are keys "0", "1", …

    >>> nested("a=1&b[c]=2&d[]=3&d[]=4")
    {'a': '1', 'b': {'c': '2'}, 'd': {'0': '3', '1': '4'}}
    """
    found: dict[str, Any] = {}
    for key, value in parse_qsl(encoded, keep_blank_values=True):
        name, *parts = [key.partition("[")[0], *_PART.findall(key)]
        place, last = found, name
        for part in parts:
            inner = place.setdefault(last, {})
            if not isinstance(inner, dict):
                raise Problem(f"Invalid parameter: {key}", param=name)
            place, last = inner, part or str(len(inner))
        place[last] = value
    return found


def from_json(body: bytes) -> dict[str, Any]:
    """The parameters of a JSON body.

    Raises:
        Problem: it is not a JSON object.
    """
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise Problem("The request body is not valid JSON.", code="invalid_json") from None
    if not isinstance(value, dict):
        raise Problem("The request body must be a JSON object.", code="invalid_json")
    return value
