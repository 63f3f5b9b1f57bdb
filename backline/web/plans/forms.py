"""What is chosen on the page of plans."""

from __future__ import annotations

from django import forms

from backline.shop.models import PlanPrice


class StartForm(forms.Form):
    """The price that somebody subscribes to."""

    price = forms.ModelChoiceField(PlanPrice.objects.filter(amount_minor__gt=0).select_related("plan"))
