"""Staff's decisions on applications; each tells the applicant and stays in the history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from backline.domain.applications import REASONS, NotNow, after, role_granted
from backline.domain.names import suggest_handle
from backline.outbox.actions import record_audit
from backline.people.actions.applications import is_claimed, locked, note, tell
from backline.people.actions.artists import HandleTaken, add_artist, add_member, create_artist, hold_names
from backline.people.actions.members import alone
from backline.people.actions.profiles import NameTaken
from backline.people.models import Account, Application, Artist, FormerHandle, Member
from backline.people.queries import name_conflicts, name_problem, reads_verified


def assign_application(application: Application, *, to: Account | None, by: Account, now: datetime) -> None:
    """Says who of staff looks at it. Saying it again changes nothing."""
    with transaction.atomic():
        application = locked(application.pk)
        if application.assigned_to == to:
            return
        application.assigned_to = to
        application.save(update_fields=["assigned_to"])
        title = f"Assigned to {to}" if to else "Assigned to nobody"
        note(application, title, by=by, now=now, private=True)


def note_for_staff(application: Application, *, text: str, by: Account, now: datetime) -> None:
    """A remark that the applicant does not see. The same one once more, right after, is one.

    Raises:
        NotNow: it says nothing.
    """
    if not (text := text.strip()[:2000]):
        raise NotNow("Write the note first.")
    with transaction.atomic():
        application = locked(application.pk)
        last = application.events.filter(title="Note").last()
        if last is None or (last.by_id, last.text) != (by.pk, text):
            note(application, "Note", by=by, now=now, text=text, private=True)


def ask_applicant(application: Application, *, text: str, by: Account, now: datetime) -> Application:
    """Sends it back with a question.

    Raises:
        NotNow: it is not pending, or nothing was asked.
    """
    if not text.strip():
        raise NotNow("Write what is missing.")
    return _decide(application, "ask", title="Asked for more", text=text, by=by, now=now)


def deny_application(
    application: Application, *, reason: str, text: str, by: Account, now: datetime
) -> Application:
    """Refuses it. `reason` is one of `REASONS`; *other* needs a text.

    Raises:
        NotNow: it is not open any more, or no reason was given.
    """
    if reason not in REASONS or (reason == "other" and not text.strip()):
        raise NotNow("Choose a reason, or write one.")
    words = " ".join(part for part in (REASONS[reason], text.strip()) if part)
    return _decide(application, "deny", title="Denied", text=words, by=by, now=now, reason=reason)


def become_producer(account: Account, *, name: str, handle: str, now: datetime) -> Artist:
    """Makes the profile at once, where nobody has to approve it.

    Raises:
        NameTaken, ValueError, HandleTaken: see `name_problem` and `create_artist`.
    """
    with transaction.atomic():
        hold_names()
        if problem := name_problem(name):
            raise NameTaken(problem)
        if reads_verified(handle):
            raise HandleTaken(handle)
        return create_artist(account, name=name, handle=handle, now=now)


def add_unclaimed(*, name: str, handle: str, by: Account, now: datetime) -> Artist:
    """A profile that staff make for an artist who is not here yet.

    Raises:
        NameTaken, ValueError, HandleTaken: see `become_producer`.
    """
    with transaction.atomic():
        hold_names()
        if problem := name_problem(name):
            raise NameTaken(problem)
        artist = add_artist(name=name, handle=handle, now=now)
        record_audit(
            "added an unclaimed profile", account_id=by.pk, artist_id=artist.pk, topic="program", now=now
        )
    return artist


def approve_application(
    application: Application, *, by: Account, now: datetime, role: str = "", seen: Collection[int] = ()
) -> Application:
    """Says yes: the profile, the membership or the mark of verification come in the same transaction.

    Approving what was revoked restores it. `seen`: artists of such a name that the person who decides knows of.

    Raises:
        NotNow: it is not pending or revoked, the profile has been claimed or closed, a claim's role must be chosen,
            the applicant has left the profile to be verified, or an artist got such a name meanwhile.
    """
    with transaction.atomic():
        application = locked(application.pk)
        if application.state == "approved":
            return application
        after(application.state, "approve")
        _look_at_name(application, seen, by, now)
        artist = _restore(application) if application.state == "revoked" else _grant(application, role, now)
        application.artist = artist
        application.save(update_fields=["artist"])
        record_audit(f"approved an application for {artist.name}", account_id=by.pk, artist_id=artist.pk,
                     topic="program", now=now)  # fmt: skip
        return _decide(application, "approve", title="Approved", text="", by=by, now=now)


def revoke_application(application: Application, *, text: str, by: Account, now: datetime) -> Application:
    """Takes the profile out of public view: its beats hide, uploads stop, money is held.

    Raises:
        NotNow: it is not approved, or no reason was given.
    """
    if not text.strip():
        raise NotNow("Write why: the producer reads it.")
    with transaction.atomic():
        application = _decide(application, "revoke", title="Revoked", text=text, by=by, now=now)
        _change(application.artist, revoked_at=now, can_upload=False)
        record_audit(
            "revoked the profile", account_id=by.pk, artist_id=application.artist_id, topic="program", now=now
        )
    return application


def _decide(
    application: Application,
    step: str,
    *,
    title: str,
    text: str,
    by: Account,
    now: datetime,
    reason: str = "",
) -> Application:
    with transaction.atomic():
        application = locked(application.pk)
        application.state = after(application.state, step)
        application.decided_at, application.decided_by, application.reason = now, by, reason
        application.updated_at = now
        application.save(update_fields=["state", "decided_at", "decided_by", "reason", "updated_at"])
        note(application, title, by=by, now=now, text=text)
        tell(application, now=now)
    return application


def _grant(application: Application, role: str, now: datetime) -> Artist:
    if application.kind == "become":
        handle = suggest_handle(application.name, taken=_handles_like(suggest_handle(application.name)))
        return create_artist(application.account, name=application.name, handle=handle, now=now)
    artist = application.artist
    if artist is None:
        raise NotNow("This application names no profile.")
    alone(artist.pk)
    artist.refresh_from_db()
    if artist.revoked_at is not None:
        raise NotNow(f"{artist.name} has been revoked or closed meanwhile.")
    if application.kind == "claim":
        return _give(application, artist, role, now)
    if not Member.objects.filter(artist=artist, account=application.account_id).exists():
        raise NotNow(f"The applicant is no member of {artist.name} any more.")
    return _change(artist, verified_at=now)


def _look_at_name(application: Application, seen: Collection[int], by: Account, now: datetime) -> None:
    """Raises NotNow for artists of such a name that are not `seen`; notes down those that are."""
    if application.state == "revoked":
        return
    hold_names()
    taken = name_conflicts(application)
    named = ", ".join(f"{artist.name} (@{artist.handle})" for artist in taken)
    if {artist.pk for artist in taken} - set(seen):
        raise NotNow(f"This name is taken by now: {named}. Look at it, then approve once more or deny.")
    if taken:
        title = f"Approved beside the name of {named}"
        note(application, title, by=by, now=now, text=title[80:], private=True)


def _handles_like(handle: str) -> set[str]:
    """Handles that begin as this one does, those that were left included, in lower case."""
    taken = Artist.objects.filter(handle__istartswith=handle).values_list("handle", flat=True)
    left = FormerHandle.objects.filter(handle__startswith=handle).values_list("handle", flat=True)
    return {each.lower() for each in (*taken, *left)}


def _give(application: Application, artist: Artist, chosen: str, now: datetime) -> Artist:
    has_owner = is_claimed(artist)
    role = role_granted(application.role, has_owner=has_owner, chosen=chosen)
    if has_owner and role == Member.Role.OWNER:
        raise NotNow(f"{artist.name} has an owner. An owner can invite this person instead.")
    if has_owner and Member.objects.filter(artist=artist, account=application.account).exists():
        raise NotNow(f"The applicant is a member of {artist.name} already. An owner can change the role.")
    add_member(artist, account=application.account, role=role, now=now)
    return artist


def _restore(application: Application) -> Artist:
    if application.artist and not Member.objects.filter(artist=application.artist).exists():
        raise NotNow(f"{application.artist.name} was closed by its owner, for good.")
    return _change(application.artist, revoked_at=None, can_upload=True)


def _change(artist: Artist | None, **fields: object) -> Artist:
    if artist is None:
        raise NotNow("The profile is gone.")
    Artist.objects.filter(pk=artist.pk).update(**fields)
    return artist
