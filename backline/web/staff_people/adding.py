"""Adding a profile for an artist who is not here yet."""

from __future__ import annotations

from backline.core import clock
from backline.people import actions
from backline.people.models import Account, Artist
from backline.web.program.forms import BecomeForm


def add_unclaimed(form: BecomeForm, *, by: Account) -> Artist | None:
    """The new profile; None with what was refused in the form."""
    try:
        return actions.add_unclaimed(by=by, now=clock.now(), **form.cleaned_data)
    except actions.HandleTaken:
        form.add_error("handle", "This address is or was another artist's. Choose another.")
    except actions.NameTaken as reason:
        form.add_error("name", str(reason))
    return None
