"""Settings of the test run: a data folder of its own, removed at the end, and a quick password hash."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="backline-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["BACKLINE_DATA"] = _data
for _name in (
    "LISTENING_URL",
    "BACKLINE_PORT",
    "BACKLINE_PUBLIC_URL",
    "BACKLINE_DEBUG",
    "BACKLINE_SECRET_KEY",
):
    os.environ.pop(_name, None)

from backline.settings import *  # noqa: E402, F403

if not os.environ.get("DATABASE_URL"):
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405  # one for each of xdist's processes
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
