"""The web server's door: small WSGI applications for intake and media in front of Django, all in one process."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")

from backline.web.mount import application

__all__ = ["application"]
