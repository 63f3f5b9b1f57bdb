"""What the boards read: who is eligible, and the figures of each board from real rows; what is gamed moves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import numpy as np

from backline.audience import actions as audience
from backline.catalog import actions as catalog
from backline.catalog.models import Beat
from backline.domain.boards import Board, Span
from backline.domain.quality import completeness
from backline.listening.fold import fold_all
from backline.listening.origins import listener_text
from backline.money.models import MonthShares
from backline.money.packed import pack
from backline.money.rules import next_month
from backline.people import actions as people
from backline.people.models import Artist, Member
from backline.standing import board_facts
from backline.standing.board_facts import read_facts
from backline.standing.boards.facts import Facts
from backline.standing.boards.ranked import rank_all
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import NOW, Cast
from tests.listening.world import listen, send

DAY = timedelta(days=1)


def figures(facts: Facts, board: Board, span: Span) -> dict[int, tuple[int, ...]]:
    rows = facts.rows[board, span]
    return {int(a): tuple(f.tolist()) for a, f in zip(rows.ids, rows.figures, strict=True)}


def boards(now: datetime) -> dict[tuple[Board, Span], list[tuple[int, ...]]]:
    """Every board: artist, rank and score."""
    return {
        place: list(
            zip(*(column.tolist() for column in (ranked.ids, ranked.ranks, ranked.scores)), strict=True)
        )
        for place, ranked in rank_all(read_facts(now)).items()
    }


def play(beat: Beat, *, at: datetime, listener: str = "lee") -> None:
    send(listen(beat, at=at, listener=listener), now=at + timedelta(minutes=2))
    fold_all(now=at + timedelta(minutes=2))


def together(owner: Artist, guest: Artist, cast: Cast, *, now: datetime) -> Beat:
    """A public beat of two artists."""
    draft = make_draft(owner, account=cast.charlie, now=now)
    credit = catalog.invite_credit(draft, artist=guest, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    return catalog.publish_beat(draft, now=now)


def test_only_artists_with_a_public_beat_and_without_staff_are_eligible(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    make_draft(cast.kit, account=cast.bob, now=now)
    make_public(cast.sable, account=cast.charlie, now=now)
    assert read_facts(now).eligible.tolist() == [cast.marlo.pk, cast.sable.pk]
    people.add_member(cast.sable, account=cast.dana, role=Member.Role.ANALYST, now=now)
    assert read_facts(now).eligible.tolist() == [cast.marlo.pk]
    Artist.objects.filter(pk=cast.marlo.pk).update(revoked_at=now)
    assert read_facts(now).eligible.tolist() == []


def test_uploads_count_complete_days_and_all_time_counts_today(cast: Cast, now: datetime):
    for age in (0, 1, 7, 8, 30, 31, 100):
        make_public(cast.marlo, account=cast.alice, now=now - age * DAY)
    facts = read_facts(now)
    this_year = 6  # 18 March: all but the one 100 days ago
    assert figures(facts, Board.UPLOADS, Span.WEEK)[cast.marlo.pk] == (2, this_year)
    assert figures(facts, Board.UPLOADS, Span.THIRTY)[cast.marlo.pk] == (4, this_year)
    assert figures(facts, Board.UPLOADS, Span.ALL)[cast.marlo.pk] == (7, this_year)


def test_plays_of_the_periods_with_the_number_of_beats(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 60 * DAY)
    for number, age in enumerate((40, 20, 3, 0)):
        play(beat, at=now - age * DAY, listener=f"listener {number}")
    facts = read_facts(now)
    assert [figures(facts, Board.PLAYS, span)[cast.marlo.pk] for span in (Span.WEEK, Span.THIRTY, Span.ALL)] == [
        (1, 1), (2, 1), (4, 1),
    ]  # fmt: skip


def test_quality_in_the_database_is_the_rule_of_the_domain(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    ways = product((None, 140), (None, 5), ("", "minor"), ("", "  ", "Wide."))
    for tags, (bpm, key, scale, description) in [*product((3,), ways), (2, (140, 5, "minor", "Wide."))]:
        Beat.objects.filter(pk=beat.pk).update(bpm=bpm, key=key, scale=scale, description=description)
        beat.tags.filter(position__gte=tags).delete()
        known = COMPLETE.details()
        known = replace(known, bpm=bpm, key=key, scale=scale, description=description, tags=tags)
        wanted = completeness(known)
        found = figures(read_facts(now), Board.QUALITY, Span.NOW)[cast.marlo.pk]
        assert found == (wanted * 100, wanted == 100, 1)
        assert board_facts.completeness(cast.marlo.pk) == [wanted]


def test_collab_counts_partners_that_share_no_member(cast: Cast, now: datetime):
    nova = people.create_artist(cast.lee, name="Nova", handle="nova", now=now)
    alias = people.create_artist(cast.charlie, name="Alias", handle="alias", now=now)
    beat = together(cast.sable, nova, cast, now=now - 3 * DAY)
    together(cast.sable, alias, cast, now=now - 3 * DAY)  # Charlie's own other name
    play(beat, at=now - 2 * DAY, listener="somebody")
    facts = read_facts(now)
    for span in (Span.WEEK, Span.THIRTY, Span.ALL):
        assert figures(facts, Board.COLLAB, span) == {cast.sable.pk: (1, 1, 1), nova.pk: (1, 1, 1)}


def test_an_unanswered_credit_is_no_collaboration(cast: Cast, now: datetime):
    draft = make_draft(cast.sable, account=cast.charlie, now=now)
    catalog.invite_credit(draft, artist=cast.marlo, now=now)
    catalog.publish_beat(draft, now=now)
    assert figures(read_facts(now), Board.COLLAB, Span.ALL) == {}


def test_an_earlier_moment_leaves_out_what_came_later(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 10 * DAY)
    make_public(cast.marlo, account=cast.alice, now=now - DAY)
    play(beat, at=now - 8 * DAY, listener="ann")
    play(beat, at=now - DAY, listener="kim")
    facts = read_facts(now - 5 * DAY, live=False)
    assert figures(facts, Board.UPLOADS, Span.ALL)[cast.marlo.pk][0] == 1
    assert figures(facts, Board.PLAYS, Span.ALL)[cast.marlo.pk] == (1, 1)
    assert figures(facts, Board.QUALITY, Span.NOW)[cast.marlo.pk] == (10_000, 1, 1)


def test_earnings_of_an_earlier_moment_are_those_of_the_months_closed_by_then(cast: Cast, now: datetime):
    """A month in which nobody earned anything hides none before it."""
    for month, points in (((2025, 11), 7), ((2025, 12), 0), ((2026, 1), 5), ((2026, 2), 3)):
        first = date(*month, 1)
        artists = np.array([cast.marlo.pk] if points else [], dtype=np.int64)
        columns = [artists, artists * 0 + points, artists * 0 + 2]
        through = next_month(first) - DAY
        MonthShares.objects.create(month=first, through=through, packed=pack(artists, columns))
    then, present = read_facts(now - 28 * DAY, live=False), read_facts(now)
    assert figures(then, Board.EARNINGS, Span.ALL)[cast.marlo.pk] == (12, 2, 10**9)
    assert figures(present, Board.EARNINGS, Span.ALL)[cast.marlo.pk] == (15, 2, 10**9)


def test_gaming_moves_nothing(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now - 40 * DAY)
    before = boards(now)
    catalog.unpublish_beat(beat, now=NOW)
    catalog.publish_beat(beat, now=now)
    gone = make_public(cast.marlo, account=cast.alice, now=now)
    Beat.objects.filter(pk=gone.pk).update(deleted_at=now)
    tags = (*COMPLETE.tags, "darks", "darker", "dark trap", "sub bass 2")
    beat.refresh_from_db()
    catalog.update_beat(beat, fields=replace(COMPLETE, tags=tags), seen_at=beat.updated_at, now=now)
    for listener in (listener_text(cast.alice.pk), listener_text(cast.bob.pk)):
        play(beat, at=now - DAY, listener=listener)
    for account in (cast.alice, cast.bob, cast.charlie):
        for artist in (cast.marlo, cast.kit, cast.sable):
            audience.follow_artist(artist, account=account, now=now)
    assert boards(now) == before
