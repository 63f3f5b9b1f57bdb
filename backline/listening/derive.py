"""Step three of intake: what follows from the facts of the moment, so that judging needs nothing but the log."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from backline.domain import intervals
from backline.domain.verdicts import FUTURE_MS, LATE_MS
from backline.integrations import agents, geo, networks
from backline.listening.authenticate import Authenticated, age_ms
from backline.listening.calendar import reporting, to_ms
from backline.listening.facts import BeatFacts
from backline.listening.origins import BackEndOrigin, Origin, PlayerOrigin
from backline.listening.parse import DownloadItem, ListenItem
from backline.listening.reasons import Reason, RefusedError
from backline.listening.store.rows import DownloadDraft, Flag, ListenDraft, TermKind


def listen_draft(
    who: Authenticated, item: ListenItem, beat: BeatFacts, *, origin: Origin, now: datetime
) -> ListenDraft:
    """The listen with everything derived.

    Raises:
        RefusedError: it claims a time that cannot be, or the beat is nothing this sender may know of.
    """
    if who.back_end:
        _check_time(who, "started_at", now)
    elif not beat.public and not who.proven:
        raise unknown_beat()
    robot, terms = _terms(who, item, origin)
    started_ms = to_ms(who.started_at)
    day, hour = reporting().day_and_hour(started_ms)
    return ListenDraft(
        id=item.id.bytes,
        beat=beat.beat_id,
        artists=beat.artists_at(who.started_at),
        team=beat.team,
        listener=who.listener,
        day=day,
        hour=hour,
        started_ms=started_ms,
        first_ms=started_ms,
        received_ms=to_ms(now),
        heard=intervals.clip(item.heard, beat.duration_ms),
        final=who.back_end if item.final is None else item.final,
        beat_ms=beat.duration_ms,
        flags=_flags(who, beat) | robot,
        terms=terms,
    )


def download_draft(
    who: Authenticated, item: DownloadItem, beat: BeatFacts, *, now: datetime
) -> DownloadDraft:
    """The download with everything derived.

    Raises:
        RefusedError: it claims a time that cannot be.
    """
    _check_time(who, "at", now)
    at_ms = to_ms(item.at)
    day, hour = reporting().day_and_hour(at_ms)
    return DownloadDraft(
        id=item.id.bytes,
        beat=beat.beat_id,
        artists=beat.artists_at(item.at),
        team=beat.team,
        listener=who.listener,
        day=day,
        hour=hour,
        at_ms=at_ms,
        received_ms=to_ms(now),
        licence_type=item.licence_type,
        licence_url=item.licence_url,
        flags=_flags(who, beat),
    )


def permitted(beat: BeatFacts | None, origin: Origin) -> BeatFacts:
    """The beat, when it exists and a token that is limited to some artists covers one credited on it.

    Raises:
        RefusedError: otherwise; both look the same to the sender.
    """
    if beat is None:
        raise unknown_beat()
    if isinstance(origin, BackEndOrigin) and origin.artist_ids:
        credited = {credit.artist_id for credit in beat.credits}
        if not credited & origin.artist_ids:
            raise unknown_beat()
    return beat


def unknown_beat() -> RefusedError:
    """There is no such beat, or none that this sender may know of."""
    return RefusedError("beat", Reason.UNKNOWN, "is not a beat here")


def _check_time(who: Authenticated, field: str, now: datetime) -> None:
    age = age_ms(who, now)
    if age < -FUTURE_MS:
        raise RefusedError(
            field, Reason.FUTURE, f"is more than {FUTURE_MS // 60_000} minutes ahead of our clock"
        )
    if age > LATE_MS:
        raise RefusedError(field, Reason.LATE, f"is more than {LATE_MS // 3_600_000} hours ago")


def _terms(who: Authenticated, item: ListenItem, origin: Origin) -> tuple[Flag, dict[TermKind, str]]:
    """Whether a robot played, and device, country and the like. Agent and address are read here and dropped."""
    agent_text, address, country = (item.agent, item.address, "")
    if isinstance(origin, PlayerOrigin):
        agent_text, address, country = origin.agent, origin.address, origin.country
    agent = agents.describe(agent_text)
    # Our player runs in browsers only; a platform may pass on the name of its app, or none.
    robot = agent.robot or not (who.back_end or agents.is_browser(agent_text))
    robot = robot or networks.is_hosting(address, list_file=settings.HOSTING_NETWORKS)
    return Flag.ROBOT if robot else Flag(0), {
        TermKind.DEVICE: agent.device if agent_text else "",
        TermKind.PLATFORM: agent.platform,
        TermKind.BROWSER: agent.browser,
        TermKind.COUNTRY: country or geo.country(address),
        TermKind.SOURCE: item.source or ("backend" if who.back_end else "direct"),
    }


def _flags(who: Authenticated, beat: BeatFacts) -> Flag:
    flags = Flag(0)
    if who.back_end:
        flags |= Flag.BACK_END
    if not beat.public:
        flags |= Flag.UNAVAILABLE
    if who.account_id is not None and who.account_id in beat.team:
        flags |= Flag.OWN_TEAM
    if who.staff:
        flags |= Flag.STAFF
    if not who.proven:
        flags |= Flag.UNPROVEN
    return flags
