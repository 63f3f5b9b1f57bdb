"""How allauth's accounts become ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from backline.core import clock
from backline.core.sealing import seal, unseal
from backline.outbox.actions import queue_mail
from backline.people.models import Account

TWO_FACTOR = "two-factor"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the name and the time zone given at sign-up, and sends mail through the queue."""

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        user.name = form.cleaned_data["name"]
        user.zone = form.cleaned_data.get("zone") or "UTC"
        saved: Account = super().save_user(request, user, form, commit=commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not fail a sign-up: the worker tries again."""
        message = self.render_mail(template_prefix, email, context)
        queue_mail(to=email, subject=message.subject, body=message.body, now=clock.now())


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the secrets of authenticator apps and recovery codes sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=TWO_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=TWO_FACTOR)
