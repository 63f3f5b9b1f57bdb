"""What the buttons of a case do. Each answers the sentence that is shown afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import QueryDict

from backline.listening import cases
from backline.listening.models import Case
from backline.people.models import Account
from backline.web.cases.forms import TextForm


class NotDone(Exception):
    """Nothing was done; the message is a sentence for the person who asked."""


Act = Callable[[Case, QueryDict, Account, datetime], str]


def act(acts: dict[str, Act], case: Case, pressed: QueryDict, *, account: Account, now: datetime) -> str:
    """Does what the pressed button says.

    Raises:
        NotDone: the case moved on meanwhile, a text is missing, or there is no such button.
    """
    wanted = acts.get(pressed.get("action", ""))
    if wanted is None:
        raise NotDone("There is no such button.")
    try:
        return wanted(case, pressed, account, now)
    except cases.NotNow as refusal:
        raise NotDone(str(refusal)) from None


def _decide(case: Case, pressed: QueryDict, account: Account, now: datetime) -> str:
    corrects = pressed.get("corrects_money") == "on"
    cases.decide_case(
        case, digest=pressed.get("digest", ""), account=account, now=now, corrects_money=corrects
    )
    return "Decided. The plays are withdrawn within seconds, and the producer may appeal."


def _drop(case: Case, _pressed: QueryDict, account: Account, now: datetime) -> str:
    cases.drop_case(case, account=account, now=now)
    return "Dropped. Nothing was changed."


def _uphold(case: Case, pressed: QueryDict, account: Account, now: datetime) -> str:
    cases.uphold_case(case, text=_text(pressed), account=account, now=now)
    return "Upheld. The plays stay withdrawn."


def _reverse(case: Case, pressed: QueryDict, account: Account, now: datetime) -> str:
    cases.reverse_case(case, text=_text(pressed), account=account, now=now)
    return "Reversed. The plays count again within seconds."


def _appeal(case: Case, pressed: QueryDict, account: Account, now: datetime) -> str:
    cases.appeal_case(case, text=_text(pressed), account=account, now=now)
    return "Your appeal is with the staff. Their answer appears here."


def _note(by_staff: bool) -> Act:
    def write(case: Case, pressed: QueryDict, account: Account, now: datetime) -> str:
        form = _written(pressed)
        submission = form.cleaned_data["submission"]
        text = form.cleaned_data["text"]
        cases.add_note(case, text=text, submission=submission, account=account, by_staff=by_staff, now=now)
        return "Your note was added."

    return write


def _text(pressed: QueryDict) -> str:
    return str(_written(pressed).cleaned_data["text"])


def _written(pressed: QueryDict) -> TextForm:
    form = TextForm(pressed)
    if not form.is_valid():
        raise NotDone("Write a text of at most 4,000 characters first.")
    return form


OF_STAFF: dict[str, Act] = {
    "decide": _decide,
    "drop": _drop,
    "uphold": _uphold,
    "reverse": _reverse,
    "note": _note(by_staff=True),
}
OF_PRODUCERS: dict[str, Act] = {"appeal": _appeal, "note": _note(by_staff=False)}
