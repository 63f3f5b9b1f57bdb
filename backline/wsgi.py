"""The web server's door: small WSGI applications for intake and media in front of Django, all in one process."""

from __future__ import annotations

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")

from django.urls import get_resolver

from backline.web.mount import application

# What is loaded to start stays: without this each full collection looks through all of it, 0.1 s within a request. The
# screens are loaded first, which else the first request would do.
_screens = get_resolver().url_patterns
gc.collect()
gc.freeze()

__all__ = ["application"]
