"""Why listens were rejected, in words made from the constants of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from backline.domain.verdict_texts import explain
from backline.domain.verdicts import Verdict
from backline.listening.queries import Receipts


@dataclass(frozen=True)
class Reason:
    """Listens that one rule rejected; `key` is the verdict as addresses and the API name it."""

    key: str
    title: str
    text: str
    count: int


def reasons(receipts: Receipts) -> list[Reason]:
    """Why listens were rejected, the most frequent first."""
    counts = sorted(receipts.rejected.items(), key=lambda each: -each[1])
    texts = [(explain(Verdict(verdict)), count) for verdict, count in counts]
    return [Reason(text.verdict.value, text.title, text.text, count) for text, count in texts]
