"""Tables of the standing: XP awards and what they add up to; boards and their snapshots."""

from backline.standing.models.awards import Award, Round, Shown, Tally
from backline.standing.models.boards import OptOut, Snapshot

__all__ = ["Award", "OptOut", "Round", "Shown", "Snapshot", "Tally"]
