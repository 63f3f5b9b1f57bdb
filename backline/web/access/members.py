"""What members reach: things of their artists, 404 for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, Q
from django.http import Http404, HttpRequest

from backline.catalog.models import Beat, Collection, Credit, ShareTable, Upload
from backline.listening.models import Case
from backline.money import queries as money
from backline.people.models import Invitation, Member
from backline.web.access.doors import demand_edit, demand_money, demand_owner
from backline.web.viewer import memberships


def beat_of_member(request: HttpRequest, beat_id: int, *, edit: bool = False) -> tuple[Member, Beat]:
    """A beat on which one of the account's artists is credited; to edit it, the beat must be the artist's own.

    Raises:
        Http404: no such beat for this account.
        PermissionDenied: the role may not edit.
    """
    members = {member.artist_id: member for member in memberships(request)}
    credited = Q(credits__artist_id__in=members, credits__state=Credit.State.ACCEPTED)
    reach = Q(artist_id__in=members) if edit else Q(artist_id__in=members) | credited
    beats = Beat.objects.kept().filter(reach, pk=beat_id).distinct()
    beat: Beat | None = beats.select_related("artist", "recording").first()
    if beat is None:
        raise Http404
    member = members.get(beat.artist_id)
    if member is None:
        artist_ids = beat.credits.values_list("artist_id", flat=True)
        member = next(members[artist_id] for artist_id in artist_ids if artist_id in members)
    if edit:
        demand_edit(member)
    return member, beat


def trashed_beat_of_member(request: HttpRequest, beat_id: int) -> Beat:
    """A deleted beat of an artist for which the account may edit.

    Raises:
        Http404: no such beat for this account. PermissionDenied: the role may not edit.
    """
    members = {member.artist_id: member for member in memberships(request)}
    beats = Beat.objects.filter(deleted_at__isnull=False, artist_id__in=members, pk=beat_id)
    beat: Beat | None = beats.select_related("artist", "recording").first()
    if beat is None:
        raise Http404
    demand_edit(members[beat.artist_id])
    return beat


def share_table_of_member(request: HttpRequest, table_id: int) -> tuple[list[Member], ShareTable]:
    """A beat's share table, with the account's memberships in artists that it names or that the beat belongs to.

    Raises:
        Http404: no such table for this account. PermissionDenied: its roles read nothing about money.
    """
    members = {member.artist_id: member for member in memberships(request)}
    table = (
        ShareTable.objects.filter(pk=table_id, beat__deleted_at=None).select_related("beat__artist").first()
    )
    if table is None:
        raise Http404
    named = {table.beat.artist_id, *table.parts.values_list("artist_id", flat=True)}
    mine = [members[artist_id] for artist_id in sorted(named & members.keys())]
    if not mine:
        raise Http404
    seeing = [member for member in mine if member.sees_money]
    if not seeing:
        demand_money(mine[0])
    return seeing, table


def collection_of_member(
    request: HttpRequest, collection_id: int, *, edit: bool = False
) -> tuple[Member, Collection]:
    """A collection of one of the account's artists.

    Raises:
        Http404: no such collection for this account.
        PermissionDenied: the role may not edit.
    """
    members = {member.artist_id: member for member in memberships(request)}
    collection = (
        Collection.objects.kept()
        .filter(pk=collection_id, artist_id__in=members)
        .select_related("artist")
        .first()
    )
    if collection is None:
        raise Http404
    if edit:
        demand_edit(members[collection.artist_id])
    return members[collection.artist_id], collection


def upload_of_person(request: HttpRequest, upload_id: UUID) -> Upload:
    """An upload that this very account began, for an artist it is still a member of.

    Raises:
        Http404: no such upload for this account. PermissionDenied: the role may not edit any more.
    """
    members = {member.artist_id: member for member in memberships(request)}
    uploads = Upload.objects.filter(pk=upload_id, artist_id__in=members)
    upload = uploads.select_related("artist", "account", "beat").first()
    if upload is None or upload.account_id != members[upload.artist_id].account_id:
        raise Http404
    demand_edit(members[upload.artist_id])
    return upload


def member_of_artist(request: HttpRequest, artist_id: int) -> Member:
    """The account's membership in the artist.

    Raises:
        Http404: it has none.
    """
    found = next((member for member in memberships(request) if member.artist_id == artist_id), None)
    if found is None:
        raise Http404
    return found


def own_beats(request: HttpRequest, beat_ids: Sequence[int]) -> list[Beat]:
    """Beats of one artist that the account may edit, in the order given.

    Raises:
        Http404: one of them is not there for this account, or they are not all of one artist.
        PermissionDenied: the role may not edit.
    """
    members = {member.artist_id: member for member in memberships(request)}
    beats = Beat.objects.kept().filter(pk__in=beat_ids, artist_id__in=members)
    found = {beat.pk: beat for beat in beats.select_related("artist", "recording")}
    if len(found) != len(set(beat_ids)) or len({beat.artist_id for beat in found.values()}) != 1:
        raise Http404
    chosen = [found[beat_id] for beat_id in dict.fromkeys(beat_ids)]
    demand_edit(members[chosen[0].artist_id])
    return chosen


def invitation_of_member(request: HttpRequest, credit_id: int) -> Credit:
    """An invitation to be credited, to one of the account's artists; answering it needs a role that edits.

    Raises:
        Http404: no such credit for this account. PermissionDenied: the role may not answer.
    """
    members = {member.artist_id: member for member in memberships(request)}
    credits = Credit.objects.filter(pk=credit_id, artist_id__in=members, beat__deleted_at__isnull=True)
    credit = credits.exclude(beat__artist_id=F("artist_id")).select_related("artist", "beat__artist").first()
    if credit is None:
        raise Http404
    demand_edit(members[credit.artist_id])
    return credit


def case_of_member(request: HttpRequest, case_id: int) -> tuple[Member, Case]:
    """A decided case on a beat, deleted ones too, on which one of the account's artists is credited.

    Of several memberships it is one that edits, if any does.

    Raises:
        Http404: no such case for this account.
    """
    members = {member.artist_id: member for member in memberships(request)}
    decided = Case.objects.filter(pk=case_id, state__in=Case.CHANGES)
    case = decided.select_related("beat__artist").first()
    if case is None:
        raise Http404
    guests = case.beat.credits.filter(state=Credit.State.ACCEPTED).values_list("artist_id", flat=True)
    mine = [members[artist_id] for artist_id in (case.beat.artist_id, *guests) if artist_id in members]
    if not mine:
        raise Http404
    return max(mine, key=lambda member: member.edits), case


def case_of_staff(case_id: int) -> Case:
    """Any case.

    Raises:
        Http404: no such case.
    """
    case = Case.objects.filter(pk=case_id).select_related("beat__artist").first()
    if case is None:
        raise Http404
    return case


def member_of_statement(request: HttpRequest, statement_id: int) -> Member:
    """The account's membership in the artist of a statement.

    Raises:
        Http404: no such statement for this account. PermissionDenied: the role reads nothing about money.
    """
    statement = money.statement(statement_id)
    members = {member.artist_id: member for member in memberships(request)}
    if statement is None or statement.artist_id not in members:
        raise Http404
    member = members[statement.artist_id]
    demand_money(member)
    return member


def member_of_owner(request: HttpRequest, member_id: int, *, own: bool = False) -> tuple[Member, Member]:
    """The account's own membership and the other one of the same artist. `own`: one may be after oneself, in any role.

    Raises:
        Http404: no such member for this account. PermissionDenied: not an owner.
    """
    other = Member.objects.filter(pk=member_id).select_related("artist", "account").first()
    mine = next((m for m in memberships(request) if other and m.artist_id == other.artist_id), None)
    if other is None or mine is None:
        raise Http404
    if not (own and mine.pk == other.pk):
        demand_owner(mine)
    return mine, other


def invitation_of_owner(request: HttpRequest, invitation_id: int) -> tuple[Member, Invitation]:
    """An invitation to one of the account's artists.

    Raises:
        Http404: no such invitation for this account. PermissionDenied: not an owner.
    """
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("artist").first()
    members = memberships(request)
    mine = next((m for m in members if invitation and m.artist_id == invitation.artist_id), None)
    if invitation is None or mine is None:
        raise Http404
    demand_owner(mine)
    return mine, invitation
