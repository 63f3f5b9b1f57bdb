"""The configured provider as the sign-in library wants one, and what a person who comes from there becomes."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import Provider, ProviderAccount
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from backline.integrations.oidc import Claims
from backline.people.models import Account
from backline.web.sign_in_provider import arriving
from backline.web.sign_in_provider.configured import configured

NAME_LENGTH = 80


class OutsideProvider(Provider):  # type: ignore[misc]  # allauth ships no types
    """The provider of the settings; what it answers with is `Claims`."""

    id = "oidc"
    uses_apps = False
    supports_redirect = True
    account_class = ProviderAccount

    def __init__(self, request: HttpRequest, app: None = None) -> None:
        super().__init__(request, app=app)
        self.name = configured().name

    @property
    def sub_id(self) -> str:
        return configured().key

    def extract_uid(self, claims: Claims) -> str:
        return claims.subject

    def extract_extra_data(self, claims: Claims) -> dict[str, str]:
        return {"email": claims.email}

    def extract_common_fields(self, claims: Claims) -> dict[str, str]:
        return {"email": claims.email, "name": claims.name, "zone": claims.zone}

    def extract_email_addresses(self, claims: Claims) -> list[EmailAddress]:
        if not claims.email:
            return []
        return [EmailAddress(email=claims.email, verified=claims.email_verified, primary=True)]


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the settings only; everything else that differs is about new people."""

    def list_apps(self, request: HttpRequest, **which: Any) -> list[Any]:
        return []

    def list_providers(self, request: HttpRequest) -> list[Provider]:
        return [OutsideProvider(request)] if settings.OIDC is not None else []

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        return OutsideProvider(request)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Links, confirms, or lets the library go on with signing in or up."""
        if answer := arriving.answer(request, sociallogin):
            raise ImmediateHttpResponse(answer)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:
        user: Account = sociallogin.user
        user.email, user.name = data.get("email") or "", data["name"][:NAME_LENGTH]
        user.zone = known_zone(data["zone"])
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Without a name the sign-up form asks for one."""
        return bool(sociallogin.user.name)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Account:
        """All of a new account, or nothing of it."""
        user: Account = sociallogin.user
        user.set_unusable_password()
        if user.zone == "UTC":
            user.zone = known_zone((sociallogin.state.get("data") or {}).get("zone", ""))
        with transaction.atomic():
            if form:
                account_adapter().save_user(request, user, form)
            user.email = user.email.lower()
            sociallogin.save(request)
        return user


def known_zone(name: str) -> str:
    """The zone when there is one of this name, else UTC."""
    return name if name in available_timezones() else "UTC"
