"""A letter to staff."""

from __future__ import annotations

from django import forms

from backline.people.actions.support import Matter
from backline.people.models import Ticket

LONGEST = 5000


class FirstLetterForm(forms.Form):
    """What it is about, and the letter."""

    topic = forms.ChoiceField(choices=Ticket.Topic.choices)
    subject = forms.CharField(max_length=120, label="In a few words")
    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}), label="What happened"
    )
    page = forms.CharField(max_length=300, required=False, label="Page it is about")
    request_id = forms.CharField(
        max_length=32,
        required=False,
        label="Request id",
        help_text="An error page shows it; it leads us to the log.",
    )

    def matter(self) -> Matter:
        """What the ticket is about."""
        given = self.cleaned_data
        return Matter(given["topic"], given["subject"], given["page"], given["request_id"])


class LetterForm(forms.Form):
    """One more letter."""

    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), label="Your letter")
