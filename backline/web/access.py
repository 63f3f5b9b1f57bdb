"""The only door: views get their artist, beat or collection here or not at all.

Signed out: sent to sign in. Not a member: 404, whether the thing exists or not. A member whose role is too small: 403
with the reason. An account without any artist sees the *No Artist Profile* state in place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from backline.catalog.models import Beat, Collection, Credit
from backline.listening.models import Case
from backline.money import queries as money
from backline.people import queries as people
from backline.people.models import Artist, Member
from backline.web.render import page
from backline.web.viewer import account, memberships, selected_member

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Sends a visitor who is not signed in to the sign-in page, and back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account(request) is None:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def staff_only(view: View) -> View:
    """A page of the platform team: 404 for everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = account(request)
        if person is None:
            return _to_sign_in(request)
        if not person.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def artist_page(title: str, *, edit: bool = False) -> Callable[[View], View]:
    """For pages of the selected artist: the view gets the account's `Member` (role and artist) as second argument.

    `edit` asks for a role that may change the catalogue. `title` heads the *No Artist Profile* state.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if account(request) is None:
                return _to_sign_in(request)
            member = selected_member(request)
            if member is None:
                return page(request, "components/no_artist.html", title=title)
            if edit:
                demand_edit(member)
            return view(request, member, *args, **kwargs)

        return guarded

    return decorate


def use_memberships(request: HttpRequest, members: list[Member]) -> None:
    """Lets a request reach these artists and no others: how the API's tokens come through the same door."""
    request._memberships = members  # type: ignore[attr-defined]


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
    if not member.sees_money:
        raise PermissionDenied(
            f"Your role in {member.artist.name} reads nothing about money. An owner can change your role."
        )
    return member


def demand_edit(member: Member) -> None:
    """Lets pass whose role may change the catalogue.

    Raises:
        PermissionDenied: with the reason as a sentence.
    """
    if not member.edits:
        raise PermissionDenied(
            f"Your role in {member.artist.name} is {member.get_role_display().lower()}, which reads but does not edit. "
            "An owner can change your role."
        )


def public_artist(handle: str) -> Artist:
    """An artist everybody may see.

    Raises:
        Http404: no such artist, or revoked.
    """
    artist = people.artist_by_handle(handle)
    if artist is None:
        raise Http404
    return artist


def public_beat(beat_id: int) -> Beat:
    """A beat everybody may see and hear, with its artist and recording.

    Raises:
        Http404: no such beat, or not public.
    """
    beats = Beat.objects.public().filter(pk=beat_id)
    beat: Beat | None = beats.select_related("artist", "recording").first()
    if beat is None:
        raise Http404
    return beat


def public_collection(collection_id: int) -> Collection:
    """A collection everybody may see.

    Raises:
        Http404: no such collection, or private.
    """
    collection = Collection.objects.public().filter(pk=collection_id).select_related("artist").first()
    if collection is None:
        raise Http404
    return collection


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if htmx := getattr(request, "htmx", None):
        # The whole page goes to sign in: a redirect would put the sign-in page into the fragment's place.
        return HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)
    return redirect_to_login(request.get_full_path())
