"""A rule of the pool and when it starts; what narrows the log."""

from __future__ import annotations

from django import forms

from backline.money.queries.rules import rule_choices


class RuleForm(forms.Form):
    """Which rule, from which month on."""

    rule = forms.ChoiceField(choices=rule_choices)
    from_month = forms.DateField(
        label="From the month",
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text="One that has not begun. What was settled never changes.",
    )


class LogSearch(forms.Form):
    """A topic, a part of who did it, the page. What makes no sense is ignored."""

    topic = forms.CharField(required=False, max_length=24)
    account = forms.CharField(required=False, max_length=80, strip=True)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000_000)
