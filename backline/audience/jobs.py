"""What the worker runs for the audience: telling producers who likes, follows, licenses and buys."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.audience import actions
from backline.audience.actions import NEWS_LASTS
from backline.catalog.models import Beat
from backline.core import clock, locks
from backline.outbox.actions import notify
from backline.outbox.models import Fact, Reader
from backline.outbox.queries import facts_after
from backline.people.models import Member
from backline.people.queries import artist_names, member_account_ids, shown_names

AT_ONCE = 500
READER = "producers"
SAID = {
    Fact.Kind.LIKED: ("like", "{who} likes {beat}.", "/dashboard/activity/"),
    Fact.Kind.FOLLOWED: ("follow", "{who} follows {artist}.", "/dashboard/activity/"),
    Fact.Kind.LICENCE_ISSUED: ("licence_issued", "{who} took a licence for {beat}.", "/dashboard/activity/"),
    Fact.Kind.SALE: ("sale", "{who} bought {beat}.", "/dashboard/finances/"),
}


def tell_producers() -> bool:
    """Takes the next facts and tells the members of their artists; says whether there were any."""
    return tell_of_facts(now=clock.now())


def announce_beat() -> bool:
    """Tells followers of one new beat; says whether there was one."""
    return actions.announce_beat(now=clock.now())


def tell_of_facts(*, now: datetime) -> bool:
    """Tells what happened within a day; what is older was no news when it was read, as in a world just built.

    Facts and how far they are read move in one transaction: a crash tells nobody twice.
    """
    with transaction.atomic():
        locks.hold(f"reader:{READER}")
        reader, _ = Reader.objects.get_or_create(name=READER)
        facts = facts_after(reader.fact_id, limit=AT_ONCE)
        if not facts:
            return False
        _tell([fact for fact in facts if fact.kind in SAID and fact.at > now - NEWS_LASTS], now)
        Reader.objects.filter(pk=reader.pk).update(fact_id=facts[-1].pk)
    return True


def _tell(facts: list[Fact], now: datetime) -> None:
    artists = {fact.artist_id for fact in facts if fact.artist_id is not None}
    members, analysts, names = member_account_ids(artists), _analysts(artists), artist_names(artists)
    people = shown_names({fact.account_id for fact in facts})
    beats = dict(Beat.objects.filter(pk__in={fact.beat_id for fact in facts}).values_list("pk", "name"))
    sold = {(fact.account_id, fact.beat_id, fact.at) for fact in facts if fact.kind == Fact.Kind.SALE}
    for fact in facts:
        of_a_sale = fact.kind == Fact.Kind.LICENCE_ISSUED and (fact.account_id, fact.beat_id, fact.at) in sold
        if fact.artist_id is None or of_a_sale:
            continue
        kind, text, url = SAID[Fact.Kind(fact.kind)]
        who = people.get(fact.account_id, "A listener")
        said = text.format(who=who, beat=beats.get(fact.beat_id or 0, "A beat"), artist=names[fact.artist_id])
        told = members[fact.artist_id] - {fact.account_id}
        if fact.kind == Fact.Kind.SALE:  # analysts read nothing about money
            told -= {account for artist, account in analysts if artist == fact.artist_id}
        notify(
            kind,
            account_ids=told,
            now=now,
            text=said[:300],
            url=url,
            key=f"fact:{fact.pk}",
            artist_id=fact.artist_id,
        )


def _analysts(artist_ids: set[int]) -> set[tuple[int, int]]:
    members = Member.objects.filter(artist_id__in=artist_ids, role=Member.Role.ANALYST)
    return set(members.values_list("artist_id", "account_id"))
