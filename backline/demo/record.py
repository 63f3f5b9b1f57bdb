"""How far a build got, kept in the data folder so that one that was cut off goes on where it stopped.

`demo-build.json` is there from the first step to the last; `demo-signins.json` is written at the end and says that
the demo world is whole. Both are readable by their owner only, because both hold tokens.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from backline.signins import SignIn, path_in


@dataclass
class Record:
    """A build under way: when its world was planned, its size and seed, the tokens, and the last whole day sent."""

    planned_at: datetime
    size: str
    seed: int
    signins: list[SignIn] = field(default_factory=list)
    sent_through: date | None = None


def read(data: Path) -> Record | None:
    """The record of the build that was begun in `data`, if any."""
    path = _path(data)
    if not path.exists():
        return None
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    sent = kept["sent_through"]
    return Record(
        planned_at=datetime.fromisoformat(kept["planned_at"]),
        size=kept["size"],
        seed=kept["seed"],
        signins=kept["signins"],
        sent_through=date.fromisoformat(sent) if sent else None,
    )


def write(data: Path, record: Record) -> None:
    """Keeps the record, in place of what was there."""
    _replace(_path(data), json.dumps(asdict(record), default=lambda value: value.isoformat(), indent=1))


def close(data: Path, record: Record) -> None:
    """The world is whole: writes the sign-ins and removes the record."""
    _replace(path_in(data), json.dumps(record.signins, indent=2))
    _path(data).unlink(missing_ok=True)


def _path(data: Path) -> Path:
    return data / "demo-build.json"


def _replace(path: Path, text: str) -> None:
    """Writes a whole file or none; mkstemp makes it readable by its owner only."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
