"""Which application answers an address: event intake and media skip Django's middleware, all else goes through it."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

_django = get_wsgi_application()

# Django must be set up before these modules may import models.
from django.conf import settings  # noqa: E402

from backline.web.intake.app import application as intake  # noqa: E402
from backline.web.media.app import application as media  # noqa: E402

_static: WSGIApplication = WhiteNoise(
    _django,
    root=settings.STATIC_ROOT,
    prefix="static/",
    max_age=3600,
    immutable_file_test=r"\.[0-9a-f]{12}\.",
)
_IN_FRONT: dict[str, WSGIApplication] = {"/api/v1/events": intake}


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The whole web server as one WSGI application."""
    path = environ.get("PATH_INFO", "")
    if path.startswith("/media/"):
        return media(environ, start_response)
    return _IN_FRONT.get(path.rstrip("/"), _static)(environ, start_response)
