"""Reading settings from the environment. Each setting is documented in docs/settings.md (tested)."""

from __future__ import annotations

import os
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the content of the file that `name`_FILE names (for secrets), or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def origin(name: str) -> str:
    """Where the value of `name` comes from: `environment`, `file` or `default`."""
    if os.environ.get(f"{name}_FILE"):
        return "file"
    return "environment" if os.environ.get(name) else "default"


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on (any case) are yes; everything else that is set is no."""
    value = os.environ.get(name)
    return default if value is None or value == "" else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number.

    Raises:
        ValueError: when the variable is set to something else, naming it.
    """
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
