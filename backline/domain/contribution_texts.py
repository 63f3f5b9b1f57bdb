"""What pool points are, in words, made from the constants of the rule."""

from __future__ import annotations

from backline.domain.contribution import HALF_LIFE_MONTHS, ContributionRule


def pool_texts(rule: ContributionRule) -> list[tuple[str, str]]:
    """Terms and their meaning.

    >>> pool_texts(ContributionRule())[1][1]
    'Public beats with standard licensing that at least 5 different accounts outside their team have played.'
    """
    return [
        (
            "Pool points of a beat",
            f"What its age leaves, half after {HALF_LIFE_MONTHS} months, times what its plays of all time add, from 1"
            " towards 3, divided among its accepted credits.",
        ),
        ("Which beats weigh", _which(rule)),
        (
            "New beats",
            f"Of the beats an artist first published in one calendar month, the {rule.new_beats} highest weigh.",
        ),
        ("Own plays", "What members of the team play never counts."),
    ]


def formula() -> str:
    """Pool points of a beat as arithmetic.

    >>> formula()
    '0.5^(months ÷ 6) × (1 + 2·L ÷ (L + 1)) × share, with L = log10(1 + plays)'
    """
    return f"0.5^(months ÷ {HALF_LIFE_MONTHS}) × (1 + 2·L ÷ (L + 1)) × share, with L = log10(1 + plays)"


def _which(rule: ContributionRule) -> str:
    beats = "Public beats with standard licensing"
    if rule.min_accounts:
        return f"{beats} that at least {rule.min_accounts} different accounts outside their team have played."
    return f"{beats}, played or not." if rule.unplayed_counts else f"{beats} that were played."
