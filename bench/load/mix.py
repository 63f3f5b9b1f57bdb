"""What people ask for while they look at their figures: pages, the parts of them that htmx fetches, files, searches."""

from __future__ import annotations

from typing import NamedTuple


class Ask(NamedTuple):
    """One kind of request: its name in the table, how often among all, its address, and the part that htmx fetches.

    The address has places for `artist` (a handle), `beat`, `collection` and `word`.
    """

    name: str
    weight: int
    path: str
    target: str = ""


WORDS = (
    *("glass", "harbour", "night", "velvet", "static", "sun", "wave", "echo", "paper", "lantern", "copper"),
    *("ghost", "river", "tide", "neon", "dust", "marble", "orbit", "signal", "winter", "hollow", "amber"),
)
"""What beats are called."""
_INSIGHTS = {
    "beat": "/backstage/beats/{beat}/insights/",
    "collection": "/backstage/collections/{collection}/insights/",
    "artist": "/backstage/artists/{artist}/insights/",
}

MIX = (
    Ask("Dashboard", 10, "/dashboard/"),
    Ask("Dashboard, month", 2, "/dashboard/", "month"),
    Ask("Activity", 8, "/dashboard/activity/"),
    Ask("Activity, live", 6, "/dashboard/activity/", "live"),
    Ask("Activity, 7 days", 2, "/dashboard/activity/?period=7d", "engagement"),
    Ask("Activity, 90 days", 2, "/dashboard/activity/?period=90d", "engagement"),
    Ask("Activity, all time", 2, "/dashboard/activity/?period=all", "engagement"),
    Ask("Activity, days as CSV", 1, "/dashboard/activity/days.csv?period=all"),
    Ask("My Beats", 6, "/dashboard/beats/"),
    Ask("My Beats by plays", 3, "/dashboard/beats/?sort=-plays", "beats"),
    Ask("My Beats by growth", 3, "/dashboard/beats/?sort=-growth", "beats"),
    Ask("My Beats by name", 2, "/dashboard/beats/?sort=name&page=2", "beats"),
    Ask("My Collections", 2, "/dashboard/collections/"),
    Ask("Progress", 2, "/dashboard/progress/"),
    Ask("Leaderboards", 2, "/dashboard/leaderboards/"),
    Ask("Finances", 2, "/dashboard/finances/"),
    Ask("Receipts of a beat", 2, "/backstage/beats/{beat}/receipts/"),
    *(Ask(f"Insights of {kind}", 4, path) for kind, path in _INSIGHTS.items()),
    *(Ask(f"Insights of {kind}, more", 4, path, "more") for kind, path in _INSIGHTS.items()),
    *(
        Ask(f"Insights of {kind}, 90 days", 2, f"{path}?range=90d", "insights")
        for kind, path in _INSIGHTS.items()
    ),
    *(
        Ask(f"Insights of {kind}, all time", 2, f"{path}?range=all", "insights")
        for kind, path in _INSIGHTS.items()
    ),
    *(Ask(f"Insights of {kind}, CSV", 1, f"{path}plays.csv?range=90d") for kind, path in _INSIGHTS.items()),
    Ask("Search", 8, "/backstage/search/?q={word}", "palette-list"),
)
