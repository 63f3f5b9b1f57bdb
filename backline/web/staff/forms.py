"""What narrows the staff area's lists. What makes no sense is ignored."""

from __future__ import annotations

from django import forms

from backline.money.queries.holds import ORDERS


class LedgerSearch(forms.Form):
    """An artist's handle, or an entry's key."""

    artist = forms.CharField(required=False, max_length=40, strip=True)
    key = forms.CharField(required=False, max_length=120, strip=True)


class AccountPlace(forms.Form):
    """Which account, and below which entry its list goes on."""

    address = forms.CharField(max_length=64)
    currency = forms.CharField(max_length=3, min_length=3)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class ConfirmSettlement(forms.Form):
    """The digest of the preview that was looked at."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")


class StatementSearch(forms.Form):
    """Words in an artist's name or handle, a currency, the page."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    currency = forms.CharField(required=False, max_length=3)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class BucketChoice(forms.Form):
    """A month, as its first day, and a currency."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    currency = forms.CharField(required=False, max_length=3)


class TransferSearch(forms.Form):
    """A state of transfers, words in the artist's name or the beginning of Stripe's id, the page."""

    state = forms.CharField(required=False, max_length=9)
    q = forms.CharField(required=False, max_length=80, strip=True)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class HoldSearch(forms.Form):
    """Words in an artist's name or handle, the order, the page."""

    q = forms.CharField(required=False, max_length=80, strip=True)
    sort = forms.ChoiceField(
        required=False, choices=[(f"{sign}{name}", name) for name in ORDERS for sign in ("", "-")]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class ExplainLine(forms.Form):
    """Why, in a few words."""

    note = forms.CharField(max_length=150, strip=True)
