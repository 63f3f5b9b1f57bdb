"""Awards follow the facts both ways, once each."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from backline.audience.actions import follow_artist
from backline.catalog import actions as catalog
from backline.catalog.models import Beat
from backline.core import sql
from backline.people.models import Artist
from backline.standing import actions, queries
from backline.standing.models import Award, Tally
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import NOW, Cast
from tests.standing.world import of_source, xp

MINUTE = timedelta(minutes=1)
UNTAGGED = replace(COMPLETE, tags=())


def refresh(*artists: Artist, now: datetime) -> None:
    actions.refresh([artist.pk for artist in artists], now=now)


def delete(beat: Beat, *, now: datetime) -> None:
    Beat.objects.filter(pk=beat.pk).update(deleted_at=now)


def test_publishing_brings_xp_dated_at_the_publication(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now + MINUTE)
    assert xp(cast.marlo) == 150
    award = Award.objects.get(artist=cast.marlo, source="upload")
    assert (award.subject, award.at, award.made_at) == (str(beat.pk), now, now + MINUTE)


def test_a_draft_brings_nothing(cast: Cast, now: datetime):
    make_draft(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    assert xp(cast.marlo) == 0


def test_deriving_again_writes_nothing(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    rows = list(Award.objects.values_list("id", "made_at"))
    Tally.objects.update(digest="")
    actions.run_round(now=now + MINUTE)
    assert list(Award.objects.values_list("id", "made_at")) == rows


def test_an_artist_whose_facts_stand_still_is_not_derived_again(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    assert actions.run_round(now=now).artists == 3
    assert actions.run_round(now=now + MINUTE).artists == 0
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    assert actions.run_round(now=now + MINUTE).artists == 1
    catalog.unpublish_beat(beat, now=NOW)
    assert actions.run_round(now=now + MINUTE).artists == 1


def test_details_that_go_are_reversed_with_a_note_and_come_back_as_the_next_generation(
    cast: Cast, now: datetime
):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    for fields in (UNTAGGED, COMPLETE, UNTAGGED, COMPLETE):
        now += MINUTE
        beat = catalog.update_beat(beat, fields=fields, seen_at=beat.updated_at, now=now)
        refresh(cast.marlo, now=now)
    assert xp(cast.marlo) == 150
    rows = Award.objects.filter(artist=cast.marlo, source="metadata").order_by("id")
    assert [row.amount for row in rows] == [50, -50, 50, -50, 50]
    assert [row.generation for row in rows] == [1, 1, 2, 2, 3]
    assert all(row.note for row in rows if row.amount < 0)


def test_xp_may_sink_a_level(cast: Cast, now: datetime):
    beats = [make_public(cast.marlo, account=cast.alice, now=now) for _ in range(2)]
    refresh(cast.marlo, now=now)
    assert queries.level_of(cast.marlo.pk).level == 3
    delete(beats[0], now=now)
    refresh(cast.marlo, now=now)
    assert queries.level_of(cast.marlo.pk).level == 2


def test_a_collaboration_counts_for_each_from_the_acceptance_and_goes_with_it(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    credit = catalog.invite_credit(beat, artist=cast.sable, now=now)
    refresh(cast.marlo, cast.sable, now=now)
    assert of_source(cast.marlo, "collaborate") == of_source(cast.sable, "collaborate") == []
    catalog.answer_credit(credit, accept=True, now=now + MINUTE)
    refresh(cast.marlo, cast.sable, now=now + MINUTE)
    for artist in (cast.marlo, cast.sable):
        award = Award.objects.get(artist=artist, source="collaborate")
        assert (award.amount, award.at) == (25, now + MINUTE)
    assert of_source(cast.sable, "upload") == []
    catalog.withdraw_credit(beat, artist=cast.sable, now=NOW)
    refresh(cast.marlo, cast.sable, now=now + MINUTE)
    for artist in (cast.marlo, cast.sable):
        assert of_source(artist, "collaborate") == [(str(beat.pk), 25), (str(beat.pk), -25)]


def test_uploading_and_deleting_in_a_circle_moves_nothing(cast: Cast, now: datetime):
    for _ in range(6):
        delete(make_public(cast.marlo, account=cast.alice, now=now), now=now)
        refresh(cast.marlo, now=now)
        assert xp(cast.marlo) == 0


def test_publishing_again_moves_nothing(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    for day in range(3):
        catalog.unpublish_beat(beat, now=NOW)
        refresh(cast.marlo, now=now + timedelta(days=day))
        catalog.publish_beat(beat, now=now + timedelta(days=40 * day))
        refresh(cast.marlo, now=now + timedelta(days=40 * day))
    assert xp(cast.marlo) == 150
    assert len(of_source(cast.marlo, "upload")) == 1


def test_words_that_are_one_tag_do_not_complete_a_beat(cast: Cast, now: datetime):
    same = replace(COMPLETE, tags=("lo-fi", "lofi", "LO FI", "lo_fi"))
    make_public(cast.marlo, account=cast.alice, now=now, fields=same)
    refresh(cast.marlo, now=now)
    assert xp(cast.marlo) == 100


def test_following_each_other_moves_nothing(cast: Cast, now: datetime):
    for account in (cast.alice, cast.bob, cast.charlie):
        for artist in (cast.marlo, cast.kit, cast.sable):
            follow_artist(artist, account=account, now=now)
    refresh(cast.marlo, cast.kit, cast.sable, now=now)
    assert [xp(artist) for artist in (cast.marlo, cast.kit, cast.sable)] == [0, 0, 0]


def test_more_than_20_uploads_of_a_month_do_not_count_and_a_deleted_ones_place_is_taken(
    cast: Cast, now: datetime
):
    beats = [
        make_public(cast.marlo, account=cast.alice, now=now + number * MINUTE, fields=UNTAGGED)
        for number in range(21)
    ]
    refresh(cast.marlo, now=now + 30 * MINUTE)
    assert sum(amount for _, amount in of_source(cast.marlo, "upload")) == 2_000
    delete(beats[0], now=now)
    refresh(cast.marlo, now=now + 31 * MINUTE)
    assert sum(amount for _, amount in of_source(cast.marlo, "upload")) == 2_000
    assert of_source(cast.marlo, "upload")[-2:] == [(str(beats[0].pk), -100), (str(beats[20].pk), 100)]


def test_the_database_refuses_a_second_award_for_a_fact(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    award = Award.objects.get(artist=cast.marlo, source="upload")
    award.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        award.save(force_insert=True)


def test_the_database_refuses_a_second_reversal_of_an_award(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    delete(beat, now=now)
    refresh(cast.marlo, now=now + MINUTE)
    taken_back = Award.objects.get(artist=cast.marlo, source="upload", reverses__isnull=False)
    taken_back.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        taken_back.save(force_insert=True)


def test_one_artist_is_brought_up_to_date_without_everybodys_awards(cast: Cast, now: datetime):
    if connection.vendor != "sqlite":
        pytest.skip("the plans are SQLite's")
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    refresh(cast.marlo, now=now)
    delete(beat, now=now)
    with CaptureQueriesContext(connection) as captured:
        refresh(cast.marlo, now=now + MINUTE)
        actions.withdraw_achievement(cast.marlo, key="founding_thirty", note="", now=now)
    reads = [read["sql"] for read in captured if read["sql"].startswith("SELECT") and "_award" in read["sql"]]
    plans = [" ".join(map(str, sql.rows("EXPLAIN QUERY PLAN " + read.replace("%", "%%")))) for read in reads]
    assert len(plans) >= 4
    for plan in plans:
        assert re.search(
            r"SEARCH standing_award USING (.*INDEX \S+ \(artist_id=|INTEGER PRIMARY KEY)", plan
        ), plan


def test_xp_of_all_is_what_each_has(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now)
    actions.run_round(now=now)
    assert queries.xp_of_all()[cast.marlo.pk] == (1_150, 1)
