"""How allauth's accounts become ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from backline.core import clock
from backline.core.sealing import seal, unseal
from backline.outbox.actions import queue_mail
from backline.people.actions import note_security
from backline.people.models import Account
from backline.people.queries import is_linked
from backline.web.accounts.changes import CHANGES, OTHERWISE

TWO_FACTOR = "two-factor"
GIVEN_UP = "The account that had this address {did}. If that was not you, write to the people who run the platform.\n"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the name and the time zone given at sign-up, and sends mail through the queue."""

    def save_user(self, request: HttpRequest, user: Account, form: Any, commit: bool = True) -> Account:
        user.name = form.cleaned_data["name"]
        user.zone = form.cleaned_data.get("zone") or "UTC"
        saved: Account = super().save_user(request, user, form, commit=commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not fail a sign-up: the worker tries again."""
        message = self.render_mail(template_prefix, email, context | {"email": email})
        queue_mail(to=email, subject=message.subject, body=message.body, now=clock.now())

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: object = None, email: str | None = None
    ) -> None:
        """The library says what was changed; the person reads it, and so does an address that was given up."""
        now, did = clock.now(), CHANGES.get(template_prefix, OTHERWISE)
        note_security(user, did, now=now)
        if email and email.lower() != user.email:
            queue_mail(to=email, subject=f"Your account {did}", body=GIVEN_UP.format(did=did), now=now)

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, str]]:
        """An account with neither password nor second factor is asked by the provider that signs it in."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        provider = settings.OIDC
        if ways or provider is None or not is_linked(user, provider.key):
            return ways
        return [{"id": "oidc", "description": f"Use {provider.name}", "url": reverse("oidc-confirm")}]


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the secrets of authenticator apps and recovery codes sealed."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=TWO_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=TWO_FACTOR)
