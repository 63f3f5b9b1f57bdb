"""The demo world's sign-ins, kept in the data folder as `demo-signins.json` when the demo world is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict


class SignIn(TypedDict):
    """One line of the cast; `platform` has a token only, so its e-mail address, password and handle are null.
    The handle is that of the artist the person owns, null when there is none."""

    name: str
    email: str | None
    password: str | None
    token: str
    handle: str | None


def path_in(data: Path) -> Path:
    """The file's place in the data folder."""
    return data / "demo-signins.json"


def read(data: Path) -> list[SignIn]:
    """The sign-ins of the demo world in `data`, empty when there is none."""
    path = path_in(data)
    if not path.exists():
        return []
    signins: list[SignIn] = json.loads(path.read_text(encoding="utf-8"))
    return signins


def as_text(signins: list[SignIn], *, address: str) -> str:
    """The people among `signins` as lines for the terminal."""
    people = [
        (entry["name"], entry["email"] or "", entry["password"]) for entry in signins if entry["password"]
    ]
    name_width = max((len(name) for name, _, _ in people), default=0)
    email_width = max((len(email) for _, email, _ in people), default=0)
    lines = [f"Sign in at {address}/accounts/login/ as"]
    lines += [
        f"  {name:<{name_width}}  {email:<{email_width}}  password {word}" for name, email, word in people
    ]
    return "\n".join(lines)
