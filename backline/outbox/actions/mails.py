"""Mail as a queue: a message is a row until the mail server has taken it."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import F

from backline.outbox.models import Mail

log = logging.getLogger("backline.mail")
TRIES = 8
CLAIM_LASTS = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)


def queue_mail(*, to: str, subject: str, body: str, now: datetime) -> Mail:
    """Puts a message into the queue. Call it inside the transaction that makes it true."""
    return Mail.objects.create(to=to, subject=subject_of(subject), body=body, next_at=now, created_at=now)


def subject_of(text: str) -> str:
    """The text as a subject: one line of at most 200 characters."""
    return " ".join(text.split())[:200]


def send_next(*, now: datetime) -> bool:
    """Sends the message that has waited longest; says whether there was one.

    A claim is a message whose time is put off, so one whose sender died is sent again: at least once. What the
    server refuses for good, or eight times, and what cannot be written as a mail, is kept as failed. The text of a
    sent message is forgotten: it may hold a link that signs somebody in.
    """
    mail = Mail.objects.filter(state=Mail.State.WAITING, next_at__lte=now).order_by("next_at", "pk").first()
    if mail is None:
        return False
    mine = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING, next_at=mail.next_at)
    if not mine.update(next_at=now + CLAIM_LASTS, tries=F("tries") + 1):
        return True  # somebody else took it
    try:
        _send(mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _put_off(mail, error, now)
    else:
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, body="", ended_at=now)
    return True


def _send(mail: Mail) -> None:
    message = EmailMessage(mail.subject, mail.body, to=[mail.to])
    message.send()


def _put_off(mail: Mail, error: Exception, now: datetime) -> None:
    tries = mail.tries + 1
    refused = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _ in error.recipients.values()
    )
    change: dict[str, object] = {"reason": str(error)[:300], "next_at": now + FIRST_PAUSE * 2 ** (tries - 1)}
    if refused or isinstance(error, ValueError) or tries >= TRIES:
        change |= {"state": Mail.State.FAILED, "body": "", "ended_at": now}
    log.warning("mail %d was not taken (try %d): %s", mail.pk, tries, error)
    Mail.objects.filter(pk=mail.pk).update(**change)
