"""Metadata: up to fifty short texts by key; an update merges, and an empty text removes a key."""

from __future__ import annotations

from stripe_sandbox.errors import Json, invalid

MOST, LONGEST_KEY, LONGEST_VALUE = 50, 40, 500


def merged(before: Json, params: Json) -> Json:
    """What an object's metadata is after a request.

    >>> merged({"a": "1", "b": "2"}, {"metadata": {"a": "", "c": "3"}})
    {'b': '2', 'c': '3'}

    Raises:
        Problem: too many, or too long.
    """
    given = params.get("metadata")
    if given is None:
        return before
    if given == "":
        return {}
    found = {key: value for key, value in (before | given).items() if value not in ("", None)}
    if len(found) > MOST:
        raise invalid(
            "metadata", f"You can only have up to {MOST} keys in metadata.", "metadata_too_many_keys"
        )
    for key, value in found.items():
        if len(key) > LONGEST_KEY or len(str(value)) > LONGEST_VALUE:
            raise invalid(
                f"metadata[{key}]",
                f"Metadata keys have at most {LONGEST_KEY} and values at most {LONGEST_VALUE} characters.",
            )
    return found
