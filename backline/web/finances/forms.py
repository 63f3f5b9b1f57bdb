"""What narrows the list of transactions."""

from __future__ import annotations

from django import forms

from backline.web.list_state import ListFilter

TABS = (
    ("all", "All"),
    ("sales", "Sales"),
    ("subscriptions", "Subscriptions"),
    ("paid", "Paid"),
    ("pending", "Pending"),
    ("failed", "Failed"),
)
KINDS = {"subscription": "Monthly payout", "exclusive": "Exclusive sale", "track": "Track purchase"}


class TransactionFilter(ListFilter):
    """Tab, type, days, reference; `currency` is that of the whole page, `open` the row that is expanded."""

    tab = forms.ChoiceField(required=False, choices=TABS)
    kind = forms.ChoiceField(required=False, choices=[("", "All types"), *KINDS.items()])
    from_on = forms.DateField(required=False)
    until_on = forms.DateField(required=False)
    currency = forms.RegexField("^[A-Z]{3}$", required=False)
    open = forms.SlugField(required=False, max_length=40)
