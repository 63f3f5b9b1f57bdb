"""People who act at the same moment, each in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection, connections

from backline.domain.applications import NotNow
from backline.people.actions import HandleTaken, NotPossible

Act = Callable[[], object]


def at_once(*acts: Act) -> list[str]:
    """Does all of them at the same moment; what was refused, in words. Anything else that is raised fails the test."""
    ready, refused, broken = threading.Barrier(len(acts)), [], []

    def run(act: Act) -> None:
        try:
            connection.ensure_connection()  # to connect takes longer than what is to happen at once
            ready.wait()
            act()
        except (NotNow, NotPossible, HandleTaken) as reason:
            refused.append(str(reason))
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return refused
