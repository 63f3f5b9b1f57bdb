"""`migrate`, which makes a new SQLite file's tables at once; everything else is as Django does it."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from backline.core import schema


class Command(migrate.Command):
    """Django's command, after the short way for a file with nothing in it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes all tables of an empty file when all migrations are asked for; then migrates as always."""
        connection = connections[options["database"]]
        partly = any(options[name] for name in ("app_label", "fake", "plan", "check_unapplied"))
        if not partly and schema.is_new(connection):
            schema.make_at_once(connection)
        super().handle(*args, **options)
