"""Telling people something: a row for the bell and the page, and mail where it is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from backline.domain.notices import GROUPS, NOTICES, wanted
from backline.outbox.actions.mails import subject_of
from backline.outbox.models import ChannelChoice, Mail, Notification

LONGEST_TEXT = 300
FOOT = "Why you get this, and how to get less of it: {address}/notifications/settings/"


def notify(
    kind: str,
    *,
    account_ids: Iterable[int],
    now: datetime,
    text: str,
    url: str,
    key: str,
    artist_id: int | None = None,
) -> int:
    """Tells these accounts one sentence, once for each `key`. Call it inside the transaction that makes it true.

    `text` is also the mail's subject, and cut at 300 characters; `url` is a path on this site. Returns how many
    accounts were told now.

    Raises:
        KeyError: no such kind. ValueError: `url` leads off this site.
    """
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"{url} is not a path on this site")
    text = " ".join(text.split())[:LONGEST_TEXT]  # names of people are in it
    with transaction.atomic():
        new = _untold(kind, set(account_ids), key)
        choices = _choices(new)
        rows = (
            Notification(
                account_id=account, kind=kind, key=key, text=text, url=url, artist_id=artist_id, at=now
            )
            for account in sorted(new)
        )
        Notification.objects.bulk_create(
            (_as_wanted(row, choices[row.account_id]) for row in rows), ignore_conflicts=True
        )
        by_mail = [account for account in new if wanted(kind, "mail", choices[account])]
        _mail(by_mail, text=text, url=url, now=now)
    return len(new)


def mark_read(account_id: int, *, ids: Iterable[int] | None = None, now: datetime) -> int:
    """Marks these of the account's notifications as read, or all. Returns how many were unread."""
    unread = Notification.objects.filter(account_id=account_id, read_at=None)
    return (unread if ids is None else unread.filter(pk__in=list(ids))).update(read_at=now)


def choose_channels(account_id: int, on: Mapping[tuple[str, str], bool]) -> None:
    """Which groups the account gets by which channel: (group, channel) → on. Mandatory kinds come all the same.

    Raises:
        KeyError: no such group or channel.
    """
    for group, channel in on:
        if channel not in GROUPS[group].channels:
            raise KeyError(group, channel)
    ChannelChoice.objects.bulk_create(
        (
            ChannelChoice(account_id=account_id, group=group, channel=channel, on=wish)
            for (group, channel), wish in on.items()
        ),
        update_conflicts=True,
        unique_fields=["account", "group", "channel"],
        update_fields=["on"],
    )


def _untold(kind: str, accounts: set[int], key: str) -> set[int]:
    NOTICES[kind]  # a kind nobody declared is a mistake of the caller
    told = Notification.objects.filter(kind=kind, key=key, account_id__in=accounts)
    return accounts - set(told.values_list("account_id", flat=True))


def _choices(accounts: set[int]) -> Mapping[int, dict[tuple[str, str], bool]]:
    found: dict[int, dict[tuple[str, str], bool]] = defaultdict(dict)
    for choice in ChannelChoice.objects.filter(account_id__in=accounts):
        found[choice.account_id][choice.group, choice.channel] = choice.on
    return found


def _as_wanted(row: Notification, choices: Mapping[tuple[str, str], bool]) -> Notification:
    row.shown = wanted(row.kind, "page", choices)
    return row


def _mail(accounts: list[int], *, text: str, url: str, now: datetime) -> None:
    people = get_user_model().objects.filter(pk__in=accounts, is_active=True).order_by("pk")
    foot = FOOT.format(address=settings.PUBLIC_URL)
    body = f"{text}\n\n{settings.PUBLIC_URL}{url}\n\n--\n{foot}\n"
    Mail.objects.bulk_create(
        Mail(to=address, subject=subject_of(text), body=body, next_at=now, created_at=now)
        for address in people.values_list("email", flat=True)
    )
