"""The installation's secret keys: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(path: Path, *, prefix: str = "") -> str:
    """The key kept in `path`; a new one, that begins with `prefix`, is made there when none exists.

    Two processes may start at once: the file is linked into place whole, and the loser reads the winner's.

    Raises:
        OSError: the folder cannot be written or the file cannot be read.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".secret-", dir=path.parent)
        draft = Path(name)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{prefix}{secrets.token_urlsafe(48)}")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
