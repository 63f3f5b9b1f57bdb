"""The system's Chromium. `python -m tests.browser.chromium` prints its path, or fails when there is none."""

from __future__ import annotations

import shutil
import sys

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def path() -> str | None:
    """Where Chromium is installed, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


if __name__ == "__main__":
    found = path()
    if found is None:
        sys.exit(1)
    print(found)
