"""The country, and bank details where Stripe does not serve it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from backline.money import queries as money
from backline.shop import queries as shop
from backline.web.formats import country_name

Groups = list[tuple[str, list[tuple[str, str]]]]


def country_groups() -> Groups:
    """Countries by what serves them, each group by name."""
    served: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for each in money.countries():
        served[each.stripe].append((each.code, country_name(each.code)))
    named = ((True, "By Stripe"), (False, "By manual bank file"))
    return [(words, sorted(served[stripe], key=lambda pair: pair[1])) for stripe, words in named]


class CountryForm(forms.Form):
    """Where the artist lives and pays tax."""

    country = forms.ChoiceField(
        label="Country where you live and pay tax",
        help_text="It cannot be changed later. Moved since? A new payout account is needed, and staff help with it.",
        error_messages={"required": "Choose the country where you live and pay tax."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "Choose…"), *country_groups()]  # type: ignore[attr-defined]


class BankForm(forms.Form):
    """Bank details. They are checked by the action, whose refusals name the field."""

    country = forms.ChoiceField(label="Country of the bank account")
    currency = forms.ChoiceField(label="Currency of the account")
    holder = forms.CharField(
        max_length=100,
        label="Account holder",
        help_text="As the bank knows you.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    iban = forms.CharField(
        required=False,
        max_length=50,
        label="IBAN",
        help_text="Where your country has IBANs; then leave the rest empty.",
    )
    account_number = forms.CharField(required=False, max_length=40, label="Account number")
    bank_code = forms.CharField(
        required=False,
        max_length=40,
        label="Bank code",
        help_text="BIC, routing or sort code, as your bank names it.",
    )
    FIELDS: ClassVar[tuple[str, ...]] = (
        "country",
        "currency",
        "holder",
        "iban",
        "account_number",
        "bank_code",
    )

    def __init__(self, *args: Any, artist_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys([*money.currencies_of(artist_id), *shop.currencies()]) or {"EUR": None}
        by_bank_file = country_groups()[1][1]
        self.fields["country"].choices = [("", "Choose…"), *by_bank_file]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
