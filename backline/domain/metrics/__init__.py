"""Every metric that any screen shows, declared once: what "what counts?" opens and docs/numbers.md lists."""

from backline.domain.contribution import ContributionRule
from backline.domain.metrics.audience import AUDIENCE
from backline.domain.metrics.catalogue import CATALOGUE
from backline.domain.metrics.change import CHANGE
from backline.domain.metrics.downloads import DOWNLOADS
from backline.domain.metrics.insights import INSIGHT
from backline.domain.metrics.listening import LISTENING
from backline.domain.metrics.metric import Metric, Place, Zone
from backline.domain.metrics.money import money_metrics
from backline.domain.metrics.standing import STANDING

__all__ = ["GROUPS", "METRICS", "Metric", "Place", "Zone", "metric_groups"]


def metric_groups(rule: ContributionRule) -> dict[str, tuple[Metric, ...]]:
    """All metrics by topic, in the order they are listed in, under what is set for pool points."""
    return {
        "Plays and downloads": (*LISTENING, *DOWNLOADS, *CHANGE),
        "Catalogue": CATALOGUE,
        "How a beat is heard": INSIGHT,
        "Who plays": AUDIENCE,
        "Standing": STANDING,
        "Money": money_metrics(rule),
    }


GROUPS = metric_groups(ContributionRule())
METRICS: dict[str, Metric] = {metric.key: metric for group in GROUPS.values() for metric in group}
"""Under the default rule, by key."""
