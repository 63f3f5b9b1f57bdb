"""What tests of the backstage screens share: a fixed present, an artist with figures, a look into pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.test import Client

from backline.catalog.models import Beat
from backline.listening.fold import fold_all
from backline.people.models import Account, Artist
from tests.catalog.makers import make_public
from tests.listening.world import listen, send

DAY = timedelta(days=1)


def heard_beat(artist: Artist, *, account: Account, now: datetime) -> Beat:
    """A beat that came out three days ago: two plays and a rejected listen yesterday, one play today."""
    beat = make_public(artist, account=account, now=now - 3 * DAY)
    for event in (
        listen(beat, at=now - DAY),
        listen(beat, at=now - DAY, listener="kim"),
        listen(beat, at=now - DAY, listener="sam", heard=[[0, 3]]),
        listen(beat, at=now - timedelta(hours=1), listener="ann"),
    ):
        send(event, now=now)
    fold_all(now=now)
    return beat


def read(client: Client, address: str) -> str:
    """The text of a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words(answer.content.decode())


def words(html: str) -> str:
    """The page's text without its marks, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
