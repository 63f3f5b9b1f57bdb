"""The buttons beside the beat form: each is one action, and a sentence that says what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backline.catalog import actions
from backline.catalog.models import Beat
from backline.domain.local_times import NoSuchTime, instant
from backline.people.models import Account


@dataclass(frozen=True)
class Press:
    """Who pressed, when, and the time that was typed beside the button."""

    by: Account
    now: datetime
    at: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which times are typed."""
        return self.by.zone_info


def schedule(beat: Beat, press: Press) -> str:
    """Has it published at the time typed, in the account's own zone."""
    try:
        local = datetime.fromisoformat(press.at)
    except ValueError:
        raise actions.NotPossible("Choose a day and a time.") from None
    try:
        at = instant(local.replace(tzinfo=None), press.zone)
    except NoSuchTime as refusal:
        raise actions.NotPossible(str(refusal)) from None
    actions.schedule_beat(beat, at=at, now=press.now, by=press.by)
    return f"{beat.name} comes out on {local:%d %B %Y at %H:%M}, {press.zone}."


def cancel(beat: Beat, press: Press) -> str:
    """Takes the schedule back."""
    actions.cancel_schedule(beat, now=press.now, by=press.by)
    return f"{beat.name} is a draft again."


def draft(beat: Beat, press: Press) -> str:
    """Takes it out of the public, or off its link."""
    actions.unpublish_beat(beat, now=press.now, by=press.by)
    return f"{beat.name} is a draft again. Its plays and likes stay."


def private(beat: Beat, press: Press) -> str:
    """Lets it be heard by a link alone."""
    actions.make_private(beat, now=press.now, by=press.by)
    return f"{beat.name} is private. Whoever has its link can listen."


def new_link(beat: Beat, press: Press) -> str:
    """Another link in place of the one before."""
    actions.new_private_link(beat, now=press.now, by=press.by)
    return "There is a new link; the one before leads nowhere any more."


def revoke(beat: Beat, press: Press) -> str:
    """No link any more."""
    actions.revoke_private_link(beat, now=press.now, by=press.by)
    return "The link is revoked: it leads nowhere any more."


def archive(beat: Beat, press: Press) -> str:
    """Out of sight, with everything it has."""
    actions.archive_beat(beat, now=press.now, by=press.by)
    return f"{beat.name} is archived."


def unarchive(beat: Beat, press: Press) -> str:
    """Back to what it was."""
    back = actions.unarchive_beat(beat, now=press.now, by=press.by)
    return f"{beat.name} is out of the archive: {back.get_state_display().lower()}."


def delete(beat: Beat, press: Press) -> str:
    """Into the trash."""
    actions.delete_beat(beat, now=press.now, by=press.by)
    return f"{beat.name} is in the trash, for 30 days."


ACTS: dict[str, Callable[[Beat, Press], str]] = {
    "schedule": schedule,
    "cancel": cancel,
    "draft": draft,
    "private": private,
    "new-link": new_link,
    "revoke": revoke,
    "archive": archive,
    "unarchive": unarchive,
    "delete": delete,
}
