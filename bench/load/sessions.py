"""Signs artists in and makes a token for events: `python -m bench.load.sessions N`, said as JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def sessions(count: int) -> dict[str, Any]:
    """The plan's people, token and beats."""
    from backline.catalog.models import Beat, Collection
    from backline.core import clock
    from backline.people import actions as people
    from backline.people.models import Account, Member, Token
    from backline.people.queries import staff_exists

    now = clock.now()
    if not staff_exists():
        people.create_first_staff("staff@example.com", name="Staff", password=os.urandom(9).hex(), now=now)
    staff = Account.objects.filter(is_staff=True).first()
    assert staff is not None
    _, token = people.issue_token(staff, name="load", scopes=[Token.Scope.EVENTS_WRITE], now=now)
    found = []
    for member in Member.objects.select_related("account", "artist").order_by("pk")[:count]:
        found.append(
            {
                "session": _session(member.account),
                "artist": member.artist.handle,
                "beat": list(Beat.objects.filter(artist=member.artist).values_list("pk", flat=True)),
                "collection": list(
                    Collection.objects.filter(artist=member.artist).values_list("pk", flat=True)
                ),
            }
        )
    return {"people": found, "token": token, "beats": list(Beat.objects.values_list("pk", flat=True))}


def _session(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from backline.web.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")
    import django

    django.setup()
    print(json.dumps(sessions(int(sys.argv[1]))))
