"""How allauth's accounts become ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from backline.people.models import Account


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the name, and the time zone the browser reported, given at sign-up."""

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        user.name = form.cleaned_data["name"]
        user.zone = form.cleaned_data.get("zone") or "UTC"
        saved: Account = super().save_user(request, user, form, commit=commit)
        return saved
