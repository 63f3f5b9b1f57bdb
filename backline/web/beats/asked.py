"""Reading what is asked of My Beats from an address."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import QueryDict

from backline.catalog import queries as catalog
from backline.catalog.queries import catalogue
from backline.people.models import Member
from backline.web.beats.forms import BeatFilter
from backline.web.beats.state import State, state_of


def asked(query: QueryDict, member: Member, *, zone: ZoneInfo) -> tuple[BeatFilter, State]:
    """The filters, and what they say; days are those of `zone`."""
    form = BeatFilter(
        query,
        collections=catalogue.collection_choices(member.artist_id),
        genres=catalog.genre_choices(),
    )
    return form, state_of(form, artist=member.artist.handle, zone=zone, sees_money=member.sees_money)
