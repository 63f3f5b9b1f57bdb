"""What the guide holds: its pages and words, read once, with the numbers from `domain.metrics`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backline.domain.metrics import METRICS, Metric
from backline.domain.names import plain

HERE = Path(__file__).parent
RESULTS = 20


@dataclass(frozen=True)
class Guide:
    """A page about a page: `steps` are (what to do, how)."""

    key: str
    title: str
    address: str
    intro: str
    steps: tuple[tuple[str, str], ...]
    metrics: tuple[Metric, ...]


@dataclass(frozen=True)
class Found:
    """Something that a search found: where it is and how it begins."""

    title: str
    text: str
    address: str


@cache
def guides() -> dict[str, Guide]:
    """Every guide by key, in the order of the sidebar.

    Raises:
        KeyError: a guide names a metric that nobody declared.
    """
    data = tomllib.loads((HERE / "guides.toml").read_text(encoding="utf-8"))
    return {
        each["key"]: Guide(
            each["key"],
            each["title"],
            each["address"],
            each["intro"],
            tuple((title, text) for title, text in each["steps"]),
            tuple(METRICS[key] for key in each["metrics"]),
        )
        for each in data["guide"]
    }


@cache
def glossary() -> dict[str, Found]:
    """Every word and number by name, in alphabetical order."""
    words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))["words"]
    entries = [Found(term, meaning, "/help/glossary/") for term, meaning in words.items()]
    entries += [Found(m.name, " ".join(m.text), f"/help/numbers/{m.key}/") for m in METRICS.values()]
    return {entry.title: entry for entry in sorted(entries, key=lambda entry: plain(entry.title))}


def search(text: str) -> list[Found]:
    """Guides, numbers and words that hold every word of the text; titles first."""
    wanted = plain(text).split()
    if not wanted:
        return []
    pages = [Found(guide.title, _words(guide), f"/help/{guide.key}/") for guide in guides().values()]
    hits = []
    for entry in [*pages, *glossary().values()]:
        title, body = plain(entry.title), plain(f"{entry.title} {entry.text}")
        if all(word in body for word in wanted):
            hits.append((not all(word in title for word in wanted), entry))
    return [entry for _, entry in sorted(hits, key=lambda hit: hit[0])][:RESULTS]


def as_text(site: str) -> str:
    """The whole guide as one text, after the llms.txt proposal: title, summary, then links with what they say."""
    lines = [
        "# Backline",
        "",
        "> The producer dashboard where every number can be opened.",
        "",
        "## Guide",
        "",
    ]
    for guide in guides().values():
        lines += [f"- [{guide.title}]({site}/help/{guide.key}/): {guide.intro}"]
        lines += [f"  - {title}. {text}" for title, text in guide.steps]
    lines += ["", "## Numbers and words", ""]
    lines += [f"- [{entry.title}]({site}{entry.address}): {entry.text}" for entry in glossary().values()]
    return "\n".join(lines) + "\n"


def _words(guide: Guide) -> str:
    return " ".join([guide.intro, *(part for step in guide.steps for part in step)])
