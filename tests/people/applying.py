"""Applications for tests."""

from __future__ import annotations

from datetime import datetime

from backline.people import actions
from backline.people.models import Account, Application, Artist

WORDS = {"name": "Low Tide Club", "first_name": "Lee", "last_name": "Ray", "beats_url": "https://a.example"}


def sent(
    account: Account,
    now: datetime,
    *,
    kind: str = "become",
    artist: Artist | None = None,
    role: str = "",
    name: str = "",
) -> Application:
    """An application that waits for staff."""
    words = WORDS | {"role": role} | ({"name": name} if name else {})
    draft = actions.save_application(account, kind=kind, texts=words, artist=artist, agreed=True, now=now)
    return actions.send_application(draft, now=now)
