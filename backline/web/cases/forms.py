"""What staff select, and what both sides write."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms

from backline.listening.calendar import reporting
from backline.listening.models import Case
from backline.listening.selection import Selection, SelectionError


class DayInput(forms.DateInput):
    """A date as browsers pick it."""

    input_type = "date"


class TimeInput(forms.TimeInput):
    """A time as browsers pick it."""

    input_type = "time"


class SelectionForm(forms.Form):
    """A beat and when its listens began, in the reporting zone; one address of a single day when given."""

    beat = forms.IntegerField(label="Beat", min_value=1, help_text="The number in the beat's address.")
    first_on = forms.DateField(label="From day", widget=DayInput)
    last_on = forms.DateField(label="To day", widget=DayInput, required=False)
    from_time = forms.TimeField(label="From time", widget=TimeInput, required=False)
    until_time = forms.TimeField(label="Until time", widget=TimeInput, required=False)
    address = forms.IntegerField(
        label="Address number", min_value=1, required=False, help_text="Its number of that day: see below."
    )

    def clean(self) -> dict[str, Any]:
        """Adds `selection`."""
        values = super().clean() or {}
        if values.get("beat") and values.get("first_on"):
            last_on = values.get("last_on") or values["first_on"]
            from_at = _instant(values["first_on"], values.get("from_time") or time())
            until = values.get("until_time")
            until_at = _instant(last_on, until) if until else _instant(last_on + timedelta(days=1), time())
            try:
                values["selection"] = Selection(values["beat"], from_at, until_at, values.get("address"))
            except SelectionError as problem:
                raise forms.ValidationError(str(problem)) from None
        return values


class ReasonForm(forms.Form):
    """Why plays are withdrawn. `submission` makes a form that is sent twice one case."""

    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The producer reads this.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class TextForm(forms.Form):
    """An appeal, an answer to it, or a note."""

    text = forms.CharField(label="Text", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class StateFilter(forms.Form):
    """Which cases the list shows. What makes no sense is ignored."""

    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *Case.State.choices])
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


def _instant(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=reporting().zone)
