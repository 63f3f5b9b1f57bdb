"""Every kind of notification: its group, and which channels carry it when nobody has chosen otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHANNELS = ("page", "mail")
DIGEST = "digest"


@dataclass(frozen=True)
class Group:
    """Kinds that are switched on and off together. `mail`: sent by mail unless switched off.

    `channels` are those it can come by: a group that is a mail of its own has nothing on the page.
    """

    key: str
    name: str
    about: str
    mail: bool
    channels: tuple[str, ...] = CHANNELS

    def by_default(self, channel: str) -> bool:
        """Whether it comes by the channel while nobody has chosen."""
        return channel == "page" or self.mail

    @property
    def always(self) -> list[str]:
        """Titles of the group's kinds that come whatever was chosen."""
        return [each.title for each in NOTICES.values() if each.group == self.key and each.mandatory]


GROUPS = {
    group.key: group
    for group in (
        Group("following", "Following", "New beats of the artists you follow.", mail=False),
        Group("producer", "Producer activity", "Likes of your beats, and new followers.", mail=False),
        Group(
            "earnings",
            "Earnings and licensing",
            "Licences, downloads, sales, statements, payouts.",
            mail=True,
        ),
        Group("achievements", "Achievements and ranks", "Unlocked achievements, and milestones.", mail=False),
        Group(
            "collaboration", "Collaboration", "Credits and shares: asked for, accepted, declined.", mail=True
        ),
        Group("applications", "Applications", "What became of an application.", mail=True),
        Group(
            DIGEST,
            "Weekly summary",
            "On Mondays what the week before brought your artists; no mail when there is nothing to say.",
            mail=False,
            channels=("mail",),
        ),
        Group("system", "System", "Security, payout set-up, and what staff have to tell you.", mail=True),
    )
}


@dataclass(frozen=True)
class Notice:
    """One kind. `mandatory`: it comes by every channel, whatever was chosen."""

    kind: str
    group: str
    title: str
    mandatory: bool = False


NOTICES = {
    notice.kind: notice
    for notice in (
        Notice("beat_published", "following", "A new beat"),
        Notice("like", "producer", "A like"),
        Notice("follow", "producer", "A new follower"),
        Notice("download", "earnings", "A download"),
        Notice("licence_issued", "earnings", "A licence"),
        Notice("sale", "earnings", "A sale"),
        Notice("statement_ready", "earnings", "A statement"),
        Notice("correction", "earnings", "A correction"),
        Notice("transfer_sent", "earnings", "A transfer"),
        Notice("payout_paid", "earnings", "A payout"),
        Notice("payout_failed", "earnings", "A payout that failed", mandatory=True),
        Notice("payout_reminder", "earnings", "Money is waiting"),
        Notice("achievement", "achievements", "An achievement"),
        Notice("milestone", "achievements", "A milestone"),
        Notice("credit_invited", "collaboration", "An invitation to be credited"),
        Notice("credit_accepted", "collaboration", "A credit was accepted"),
        Notice("credit_declined", "collaboration", "A credit was declined"),
        Notice("share_table_changed", "collaboration", "Shares of a beat", mandatory=True),
        Notice("application", "applications", "An application"),
        Notice("ownership", "collaboration", "An offer of ownership", mandatory=True),
        Notice("support", "system", "An answer of staff", mandatory=True),
        Notice("schedule_failed", "system", "A beat that could not be published"),
        Notice("payout_account_changed", "system", "The payout account", mandatory=True),
        Notice("security", "system", "Security of your account", mandatory=True),
    )
}


def wanted(kind: str, channel: str, choices: Mapping[tuple[str, str], bool]) -> bool:
    """Whether a notification of `kind` goes by `channel`; `choices` are (group, channel) → on, where chosen.

    >>> wanted("like", "page", {}), wanted("like", "mail", {})
    (True, False)
    >>> wanted("like", "mail", {("producer", "mail"): True})
    True
    >>> wanted("security", "mail", {("system", "mail"): False})
    True

    Raises:
        KeyError: no such kind.
    """
    notice = NOTICES[kind]
    if notice.mandatory:
        return True
    return choices.get((notice.group, channel), GROUPS[notice.group].by_default(channel))
