"""The provider that the settings name."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404

from backline.integrations.oidc import Provider


def configured() -> Provider:
    """The provider.

    Raises:
        Http404: there is none, so nothing of it is here.
    """
    provider: Provider | None = settings.OIDC
    if provider is None:
        raise Http404
    return provider
