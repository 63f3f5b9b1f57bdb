"""The files of the project, as the architecture tests read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "backline"
SANDBOX = ROOT / "stripe_sandbox"
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".venv",
    ".tools",
    "var",
    "node_modules",
    "vendor",
    "__pycache__",
    "build",
    "dist",
}


def files(folder: Path, *suffixes: str) -> Iterator[Path]:
    """Our own files under `folder` with one of these suffixes; caches, environments and vendored files are not ours."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in NOT_OURS and not path.name.endswith((".egg-info", "_cache")):
                yield from files(path, *suffixes)
        elif path.suffix in suffixes:
            yield path


def name(path: Path) -> str:
    """The path as people write it: from the root of the project."""
    return path.relative_to(ROOT).as_posix()
