"""The processes that `test_kill_forgetting` kills: `python -m tests.listening.kill_forgetting prepare|work|end`.

They work on the data folder in BACKLINE_DATA.
"""

from __future__ import annotations

import json
import os
import sys

DAY, LEAVERS, FIRST_ID = 20_530, 3_000, 734_000_001


def prepare() -> None:
    """Listening by many who have since deleted their accounts, and by some who stay; folded."""
    from django.core.management import call_command

    from backline.listening.fold import fold_all
    from backline.listening.store import open_store
    from backline.listening.store.rows import Listener
    from backline.people.models import Account
    from tests.listening.past import Past, at_noon, send_all

    call_command("migrate", verbosity=0, interactive=False)
    ids = [FIRST_ID + number * 7_919 % 1_000_003 for number in range(LEAVERS)]
    open_store().put_rows("account", [*enumerate((f"a:{one}" for one in ids), 1)])
    past = Past(12)
    for start in range(0, 600, 50):
        some = ids[start : start + 50]
        send_all([past.listen(DAY, listener=Listener(f"a:{one}")) for one in some])
    send_all([*past.listens(DAY, 50)])
    fold_all(now=at_noon(DAY))
    Account.objects.bulk_create(
        Account(pk=one, email=f"deleted-{one}@example.invalid", deleted_at=at_noon(DAY)) for one in ids
    )


def work() -> None:
    """Forgets a few at a time; says when it begins with some who are not forgotten yet."""
    from backline.listening import forgetting
    from tests.listening.past import at_noon

    def say(_: object) -> set[int]:
        print("next", flush=True)
        return set()

    forgetting.PORTION = 20
    forgetting.forget_deleted(now=at_noon(DAY + 1), needed=say)


def end() -> None:
    """Forgets those who are left and says what there is."""
    import hashlib

    from backline.listening.forgetting import forget_deleted
    from backline.listening.rebuild import rebuild
    from backline.listening.store import open_store
    from tests.listening.past import at_noon
    from tests.listening.rollups import rollups

    left = forget_deleted(now=at_noon(DAY + 1), needed=lambda _: set())
    live = rollups()
    rebuild()
    found = {
        "left": left,
        "identical": rollups() == live,
        "nobodys": sum(key.startswith("x:") for _, key in open_store().rows("account", None, 10_000)),
        "digest": hashlib.sha256(repr(live).encode()).hexdigest(),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "backline.settings"
    import django

    django.setup()
    {"prepare": prepare, "work": work, "end": end}[sys.argv[1]]()
