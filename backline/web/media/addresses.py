"""Signed addresses of streams: who holds one may read that file until it runs out, and nothing else."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from backline.core.signing import is_signed, signature

PURPOSE = "media.stream"
VALID_S = 600


class AddressRefused(Exception):
    """The address was not made here, was changed, or has run out. The text says which."""


def stream_address(recording_id: int, *, key: str, listen: UUID, now: datetime) -> str:
    """Where the recording's stream can be read for the next ten minutes, for this listen alone.

    The signature carries the file's key, so that reading needs no database.
    """
    until = int(now.timestamp()) + VALID_S
    proof = signature(PURPOSE, _message(recording_id, key, str(listen), until))
    query = urlencode({"key": key, "listen": str(listen), "until": until, "proof": proof}, safe="/")
    return f"/media/stream/{recording_id}?{query}"


def stream_key(recording: str, query: str, *, now: datetime) -> str:
    """The file key that the address `/media/stream/<recording>?<query>` names.

    Raises:
        AddressRefused: forged, changed or expired.
    """
    values = {name: given[0] for name, given in parse_qs(query).items() if len(given) == 1}
    try:
        recording_id, until = int(recording), int(values["until"])
        key, listen, proof = values["key"], values["listen"], values["proof"]
    except (KeyError, ValueError):
        raise AddressRefused("This address is not complete.") from None
    if not is_signed(PURPOSE, _message(recording_id, key, listen, until), proof):
        raise AddressRefused("This address was not made here.")
    if until < now.timestamp():
        raise AddressRefused("This address has run out; ask for a new one by playing again.")
    return key


def _message(recording_id: int, key: str, listen: str, until: int) -> str:
    return f"{recording_id}\n{key}\n{listen}\n{until}"
