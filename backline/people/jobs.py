"""What the worker runs for people: proofs that somebody controls a place."""

from __future__ import annotations

from backline.core import clock
from backline.people import actions
from backline.people.actions.proving import Descriptions


def check_proofs(descriptions: Descriptions) -> bool:
    """Looks for one waiting proof; says whether there was one."""
    return actions.check_next_proof(now=clock.now(), descriptions=descriptions)
