"""What is added to an artist's or a beat's day."""

from __future__ import annotations

# Where a tally and a packed row keep which sum of the engagement.
POPULATION, COMPLETED, DISTINCT_MS, SHARE_BP, REACH_BP, FIRST_BUCKET = range(6)
# After the five buckets: the plays by accounts. Rows of before it was counted have accounts and lack it.
ACCOUNT_PLAYS = FIRST_BUCKET + 5


class Tally:
    """Counts to add. `hours` has plays under 0-23 and downloads under 24-47; the others go by code or term number.

    `engagement` has the sums above, the five buckets and the plays by accounts; `seconds` how coverage changes from one
    second to the next.
    """

    __slots__ = (
        "accounts",
        "completions",
        "download_accounts",
        "download_rejections",
        "downloads",
        "engagement",
        "follows",
        "heard_ms",
        "hours",
        "licences",
        "likes",
        "plays",
        "received",
        "rejections",
        "sales",
        "seconds",
        "terms",
        "visitors",
    )

    def __init__(self) -> None:
        self.plays = self.downloads = self.received = self.likes = self.follows = 0
        self.licences = self.sales = self.completions = self.heard_ms = 0
        self.accounts: set[int] = set()
        self.download_accounts: set[int] = set()
        self.visitors: set[int] = set()
        self.hours: dict[int, int] = {}
        self.rejections: dict[int, int] = {}
        self.download_rejections: dict[int, int] = {}
        self.terms: dict[int, int] = {}
        self.engagement: dict[int, int] = {}
        self.seconds: dict[int, int] = {}
