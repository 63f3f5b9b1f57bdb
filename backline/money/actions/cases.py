"""Staff cases that say so take back what closed days paid for withdrawn plays, and give it back when reversed."""

from __future__ import annotations

from datetime import datetime

from backline.listening.cases import due_corrections, note_correction
from backline.money.actions.ruling import correct_plays


def correct_cases(*, now: datetime) -> bool:
    """Books what cases wait for as corrections in the open month; whether there was anything.

    A correction is known by its case: one that was booked and not noted is found, not booked again.
    """
    due = due_corrections()
    for one in due:
        name = f"case {one.case_id} reversed" if one.returns else f"case {one.case_id}"
        correct_plays(one.beat_id, withdrawn=one.plays, case=name, now=now)
        note_correction(one.case_id, returns=one.returns, now=now)
    return bool(due)
