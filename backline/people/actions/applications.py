"""Applying to the Producer Program, and what staff make of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from backline.core import files, locks
from backline.core.ids import uuid7
from backline.domain.applications import (
    KINDS,
    MOST_ATTACHMENTS,
    MOST_PROOFS,
    OPEN,
    OWNING,
    STATES,
    NotNow,
    Past,
    after,
    hindrance,
)
from backline.outbox.actions import notify
from backline.people.models import Account, Application, Artist, Attachment, Event, Member, Proof

TEXTS = ("name", "first_name", "last_name", "beats_url", "role", "instagram", "label")


def save_application(
    account: Account,
    *,
    kind: str,
    texts: Mapping[str, str],
    now: datetime,
    artist: Artist | None = None,
    agreed: bool = False,
) -> Application:
    """Keeps what the account asks for as a draft, or as the answer to what staff asked. Sends nothing.

    Raises:
        NotNow: the account may not apply for this now.
    """
    with transaction.atomic():
        locks.hold(f"applications:{account.pk}")
        found = Application.objects.filter(account=account, kind=kind, state__in=("draft", "asked")).first()
        if found is None and (why := hindrance(kind, past_of(account, kind), now=now)):
            raise NotNow(why)
        draft = found or Application(account=account, kind=kind, created_at=now)
        for name in TEXTS:
            setattr(draft, name, texts.get(name, ""))
        draft.artist, draft.updated_at = artist, now
        draft.agreed_at = (draft.agreed_at or now) if agreed else None
        draft.save()
    return draft


def send_application(application: Application, *, now: datetime) -> Application:
    """Hands it to staff. Sending again changes nothing.

    Raises:
        NotNow: it is in no state to be sent, or would make an owner of a profile that has one.
    """
    with transaction.atomic():
        application = locked(application.pk)
        if application.state == "pending":
            return application
        application.state = after(application.state, "send")
        if (artist := application.artist) and application.role in OWNING and is_claimed(artist):
            raise NotNow(
                f"{artist.name} has an owner already. Only managers, labels and others may still join it."
            )
        application.sent_at = application.updated_at = now
        application.save(update_fields=["state", "sent_at", "updated_at"])
        note(application, "Sent", by=application.account, now=now)
    return application


def withdraw_application(application: Application, *, now: datetime) -> None:
    """Takes back what was not decided; its files go as well.

    Raises:
        NotNow: it has been decided.
    """
    with transaction.atomic():
        application = locked(application.pk)
        after(application.state, "withdraw")
        folders = [attachment.folder for attachment in application.attachments.all()]
        application.delete()
        for folder in folders:
            transaction.on_commit(partial(files.remove_folder, folder))


def attach_file(
    application: Application, *, path: Path, file_name: str, media_type: str, now: datetime
) -> Attachment:
    """Keeps a checked file with the application.

    Raises:
        NotNow: it has as many as it may have, or has been decided.
    """
    key = f"attachments/{uuid7(now)}/file"
    size = path.stat().st_size
    files.keep(path, key)
    try:
        with transaction.atomic():
            application = locked(application.pk)
            if application.state not in OPEN:
                raise NotNow("This application has been decided; files can no longer be added.")
            if application.attachments.count() >= MOST_ATTACHMENTS:
                raise NotNow(f"An application takes {MOST_ATTACHMENTS} files. Remove one first.")
            return Attachment.objects.create(
                application=application, file_name=file_name[:255], key=key, media_type=media_type,
                size_bytes=size, at=now,
            )  # fmt: skip
    except BaseException:
        files.remove_folder(key.rpartition("/")[0])
        raise


def remove_attachment(attachment: Attachment) -> None:
    """Takes a file away from an open application.

    Raises:
        NotNow: it has been decided.
    """
    with transaction.atomic():
        if locked(attachment.application_id).state not in OPEN:
            raise NotNow("This application has been decided; its files stay.")
        attachment.delete()
        transaction.on_commit(lambda: files.remove_folder(attachment.folder))


def add_proof(application: Application, *, method: str, place: str, now: datetime) -> Proof:
    """Begins a proof: the code to be put there. The same place again gives the proof that stands.

    Raises:
        NotNow: it has been decided, or has as many proofs as it may have: each has us ask somebody's server.
    """
    with transaction.atomic():
        application = locked(application.pk)
        if found := application.proofs.filter(method=method, place=place).first():
            return found
        if application.state not in OPEN:
            raise NotNow("This application has been decided; proofs can no longer be added.")
        if application.proofs.count() >= MOST_PROOFS:
            raise NotNow(f"An application takes {MOST_PROOFS} proofs. One of them is enough.")
        return Proof.objects.create(
            application=application,
            method=method,
            place=place,
            code=f"backline-{secrets.token_hex(8)}",
            next_at=now,
        )


def check_again(proof: Proof, *, now: datetime) -> None:
    """Has the worker look once more."""
    waiting = Proof.State.WAITING
    Proof.objects.filter(pk=proof.pk).exclude(state=Proof.State.FOUND).update(
        state=waiting, next_at=now, tries=0
    )


def past_of(account: Account, kind: str) -> Past:
    """What stands in the way of another application of this kind. Three queries."""
    mine = Application.objects.filter(account=account)
    denied = mine.filter(kind=kind, state="denied").order_by("-decided_at").first()
    return Past(
        open=set(mine.filter(state__in=OPEN).values_list("kind", flat=True)),
        denied_at=denied.decided_at if denied else None,
        revoked=mine.filter(state="revoked").exists(),
        artists=Member.objects.filter(account=account).count(),
    )


def is_claimed(artist: Artist) -> bool:
    """Whether somebody owns the profile."""
    return Member.objects.filter(artist=artist, role=Member.Role.OWNER).exists()


def locked(application_id: int) -> Application:
    """The application as it is now, with nobody else changing it until the transaction ends.

    Raises:
        NotNow: it was withdrawn meanwhile.
    """
    locks.hold(f"application:{application_id}")
    found = Application.objects.select_related("account", "artist").filter(pk=application_id).first()
    if found is None:
        raise NotNow("This application has been withdrawn.")
    return found


def note(
    application: Application,
    title: str,
    *,
    by: Account | None,
    now: datetime,
    text: str = "",
    private: bool = False,
) -> Event:
    """Writes a step of the history; a longer title or text is cut."""
    return Event.objects.create(
        application=application, at=now, by=by, title=title[:80], text=text[:2000], private=private
    )


def tell(application: Application, *, now: datetime) -> None:
    """Tells the applicant what became of it."""
    what = KINDS[application.kind].lower()
    notify(
        "application",
        account_ids=[application.account_id],
        now=now,
        text=f"Your application to {what}: {STATES[application.state].lower()}.",
        url=f"/program/applications/{application.pk}/",
        key=f"application:{application.pk}:{application.state}:{now.timestamp()}",
    )
