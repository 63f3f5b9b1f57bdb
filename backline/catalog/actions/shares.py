"""Share tables: proposed by an owner, accepted or declined by everybody who is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from backline.catalog.actions.beats import NotPossible
from backline.catalog.actions.credits import answer_credit, hold_credits
from backline.catalog.actions.history import note_change
from backline.catalog.models import Beat, Credit, Share, ShareTable
from backline.domain import shares as domain
from backline.outbox.actions import notify
from backline.people.models import Account, Artist
from backline.people.queries import owner_ids


class InvalidShares(NotPossible):
    """These shares make no table; the text says why."""


def propose_shares(
    beat: Beat, *, shares: Mapping[int, int], starts_on: date, by: Account, now: datetime
) -> ShareTable:
    """A new version of the beat's shares, artist → basis points, accepted by the own artist; others are asked.

    It takes the place of one that still waits. The same shares as the newest table's change nothing.

    Raises:
        InvalidShares: they do not sum to 10,000, or do not name exactly the beat's artists.
    """
    if sentence := domain.problem(shares):
        raise InvalidShares(sentence)
    with transaction.atomic():
        Beat.objects.kept().select_for_update().get(pk=beat.pk)
        credits = {credit.artist_id: credit for credit in _named(beat)}
        if set(shares) != set(credits):
            raise InvalidShares(
                "The shares name every artist of the beat who has not declined, and nobody else."
            )
        newest = beat.share_tables.filter(ended_at=None).last()
        if newest is not None and _shares(newest) == dict(shares):
            return newest
        _withdraw_open(beat, now)
        table = _new_table(beat, shares, credits, starts_on=starts_on, by=by, now=now)
        after = ", ".join(_line(credits[artist].artist, share) for artist, share in shares.items())
        before = ", ".join(_line(part.artist, part.share_bp) for part in newest.parts.all()) if newest else ""
        note_change(beat, "shares", before, after, by=by, now=now)
        _tell(table, f"New shares are proposed for {beat.name}.", key="proposed", now=now)
    return table


def accept_shares(table: ShareTable, *, artist: Artist, by: Account, now: datetime) -> Share:
    """The artist accepts its part, and the credit with it when that is still open. Again: nothing changes.

    Raises:
        NotPossible: the table ended, or does not name the artist.
    """
    with transaction.atomic():
        hold_credits(table.beat_id)
        part = _part(table, artist)
        if part.accepted_at is None:
            part.accepted_at, part.by = now, by
            part.save(update_fields=["accepted_at", "by"])
            credit = Credit.objects.filter(beat=table.beat, artist=artist, state=Credit.State.INVITED).first()
            if credit is not None:
                answer_credit(credit, accept=True, now=now)
            text = f"{artist.name} accepted the shares of {table.beat.name}."
            _tell(table, text, key=f"accepted:{artist.pk}", now=now)
    return part


def decline_shares(table: ShareTable, *, artist: Artist, by: Account, now: datetime) -> None:
    """The artist does not accept: the table ends, and what counted before goes on. Again: nothing changes.

    Raises:
        NotPossible: the artist accepted it before, or is not named.
    """
    with transaction.atomic():
        hold_credits(table.beat_id)
        table = ShareTable.objects.get(pk=table.pk)
        if table.ended_at is not None:
            return
        if _part(table, artist).accepted_at is not None:
            raise NotPossible(f"{artist.name} has accepted these shares. A new version can change them.")
        end_table(table, now=now)
        note_change(table.beat, "shares", "", f"declined by {artist.name}", by=by, now=now)
        text = f"{artist.name} declined the shares of {table.beat.name}."
        _tell(table, text, key=f"declined:{artist.pk}", now=now)


def end_table(table: ShareTable, *, now: datetime) -> None:
    """A table that nobody can accept any more."""
    ShareTable.objects.filter(pk=table.pk, ended_at=None).update(ended_at=now)


def _named(beat: Beat) -> Iterable[Credit]:
    return beat.credits.exclude(state=Credit.State.DECLINED).select_related("artist")


def _shares(table: ShareTable) -> dict[int, int]:
    return dict(table.parts.values_list("artist_id", "share_bp"))


def _new_table(
    beat: Beat,
    shares: Mapping[int, int],
    credits: Mapping[int, Credit],
    *,
    starts_on: date,
    by: Account,
    now: datetime,
) -> ShareTable:
    last = beat.share_tables.aggregate(last=Max("version"))["last"] or 0
    table = ShareTable.objects.create(
        beat=beat, version=last + 1, starts_on=starts_on, by=by, proposed_at=now
    )
    for artist_id, share in shares.items():
        own = artist_id == beat.artist_id
        Share.objects.create(
            table=table,
            artist_id=artist_id,
            share_bp=share,
            counted=credits[artist_id].state == Credit.State.ACCEPTED,
            accepted_at=now if own else None,
            by=by if own else None,
        )
    return table


def _withdraw_open(beat: Beat, now: datetime) -> None:
    """A table that does not count yet is given up; one that counts and waits for new names only stays beneath."""
    for table in beat.share_tables.filter(
        ended_at=None, parts__counted=True, parts__accepted_at=None
    ).distinct():
        end_table(table, now=now)


def _part(table: ShareTable, artist: Artist) -> Share:
    part = Share.objects.filter(table=table, artist=artist).first()
    if part is None:
        raise NotPossible(f"{artist.name} is not named in these shares.")
    if ShareTable.objects.filter(pk=table.pk, ended_at=None).first() is None:
        raise NotPossible("These shares are not offered any more.")
    return part


def _line(artist: Artist, share_bp: int) -> str:
    return f"{artist.name} {domain.percent(share_bp)} %"


def _tell(table: ShareTable, text: str, *, key: str, now: datetime) -> None:
    """Every owner of every named artist."""
    owners = {owner for part in table.parts.all() for owner in owner_ids(part.artist_id)}
    notify(
        "share_table_changed",
        account_ids=owners,
        now=now,
        text=text[:300],
        url=f"/backstage/shares/{table.pk}/",
        key=f"shares:{table.pk}:{key}",
    )
