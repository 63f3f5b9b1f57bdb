"""docs/numbers.md, from the metrics."""

from __future__ import annotations

from collections.abc import Iterator

from backline.domain.metrics import GROUPS, METRICS, Metric

HEAD = """# Numbers

Every figure that a screen shows, with what counts towards it. This page is made from the constants that the code counts
with (`backline numbers`); the same texts open from each label on the screens. Whatever an installation sets differently
is said there.
"""


def as_markdown() -> str:
    """The whole page.

    >>> as_markdown().startswith("# Numbers")
    True
    """
    parts = [HEAD, f"\n{len(METRICS)} metrics.\n"]
    for title, group in GROUPS.items():
        parts.append(f"\n## {title}\n")
        parts += [part for metric in group for part in _part(metric)]
    return "".join(parts)


def _part(metric: Metric) -> Iterator[str]:
    unit = f" ({metric.unit})" if metric.unit else ""
    yield f"\n### {metric.name}{unit}\n{' '.join(metric.text)}\n\n"
    for term, meaning in metric.terms:
        yield f"- **{term}**: {meaning}\n"
    if metric.terms:
        yield "\n"
    shown = ", ".join(f"{place.name} `{place.address}`" for place in metric.places)
    rule = f" {metric.rule}." if metric.rule else ""
    yield f"{metric.zone.sentence}{rule} Shown on: {shown}. Key: `{metric.key}`.\n"
