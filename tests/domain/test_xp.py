"""XP: from facts to the awards they deserve."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.xp import Source, Wanted, catalogue_awards, day_points, plays_awards, uploads_counted
from tests.standing.facts import DAY, NOW, ZONE, beat


def awards(*beats, source: Source | None = None, zone: ZoneInfo = ZONE) -> list[tuple[str, int]]:
    """Subject and amount of what the beats deserve, of one source or all."""
    found = catalogue_awards(beats, zone=zone)
    return [(each.subject, each.amount) for each in found if source in (None, each.source)]


def test_a_first_publication_brings_100_dated_at_it():
    (award,) = catalogue_awards([beat(complete=False)], zone=ZONE)
    assert award == Wanted(Source.UPLOAD, "1", 100, NOW)


def test_a_draft_and_a_beat_of_somebody_else_bring_nothing():
    assert awards(beat(first_published_at=None, public=False)) == []
    assert awards(beat(own=False)) == []


def test_taking_a_beat_off_the_public_keeps_its_upload_and_details():
    assert awards(beat(public=False)) == [("1", 100), ("1", 50)]


def test_the_first_20_of_a_month_count_and_the_next_month_begins_anew():
    month = [beat(number, first_published_at=NOW + number * timedelta(minutes=1)) for number in range(1, 23)]
    found = awards(*reversed(month), source=Source.UPLOAD)
    assert [subject for subject, _ in found] == [str(number) for number in range(1, 21)]
    later = beat(99, first_published_at=NOW + 20 * DAY)
    assert ("99", 100) in awards(*month, later, source=Source.UPLOAD)


def test_the_month_is_the_reporting_zones():
    evening = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    beats = [beat(number, first_published_at=evening) for number in range(20)]
    beats.append(beat(20, first_published_at=datetime(2026, 4, 1, 0, 30, tzinfo=UTC)))
    assert len(awards(*beats, source=Source.UPLOAD)) == 21
    assert len(awards(*beats, source=Source.UPLOAD, zone=ZoneInfo("Europe/Berlin"))) == 20
    assert uploads_counted([evening], month=date(2026, 4, 1), zone=ZoneInfo("Europe/Berlin")) == 1


def test_complete_details_bring_50_from_when_both_hold():
    first, edited = NOW, NOW + DAY
    (_upload, award) = catalogue_awards([beat(first_published_at=first, changed_at=edited)], zone=ZONE)
    assert (award.source, award.amount, award.at) == (Source.METADATA, 50, edited)
    (_upload, award) = catalogue_awards([beat(first_published_at=edited, changed_at=first)], zone=ZONE)
    assert award.at == edited


def test_a_collaboration_brings_25_to_each_from_when_both_accepted():
    at = NOW + DAY
    for own in (True, False):
        shared = beat(own=own, complete=False, accepted=2, accepted_at=at)
        (award,) = [
            each for each in catalogue_awards([shared], zone=ZONE) if each.source is Source.COLLABORATE
        ]
        assert (award.amount, award.at) == (25, at)


def test_a_collaboration_needs_a_public_beat_and_two_artists():
    assert awards(beat(accepted=1, accepted_at=NOW), source=Source.COLLABORATE) == []
    assert awards(beat(public=False, accepted=2, accepted_at=NOW), source=Source.COLLABORATE) == []


def test_a_day_counts_accounts_and_20_signed_out_plays():
    assert [day_points(2, 19), day_points(2, 20), day_points(2, 21), day_points(0, 0)] == [21, 22, 22, 0]


def test_plays_are_one_award_a_day_and_none_for_a_day_without():
    days = {date(2026, 3, 17): 5, date(2026, 3, 18): 0}
    (award,) = plays_awards(days, starts=dict.fromkeys(days, NOW))
    assert (award.key, award.amount) == (("plays", "2026-03-17"), 5)


instants = st.integers(-500_000, 100_000).map(lambda minutes: NOW + timedelta(minutes=minutes))
beats = st.lists(
    st.builds(
        beat,
        st.integers(1, 10_000),
        own=st.booleans(),
        public=st.booleans(),
        first_published_at=st.none() | instants,
        complete=st.booleans(),
        accepted=st.integers(1, 3),
        accepted_at=instants,
    ),
    max_size=60,
    unique_by=lambda each: each.beat_id,
)


@given(beats, st.randoms())
def test_the_order_of_the_facts_does_not_matter_and_nothing_is_awarded_twice(found, random):
    first = catalogue_awards(found, zone=ZONE)
    random.shuffle(found)
    assert sorted(first, key=repr) == sorted(catalogue_awards(found, zone=ZONE), key=repr)
    assert len({each.key for each in first}) == len(first)


@given(beats)
def test_no_month_brings_more_than_2000_for_uploads(found):
    sums: dict[tuple[int, int], int] = {}
    for each in catalogue_awards(found, zone=ZONE):
        if each.source is Source.UPLOAD:
            month = (each.at.year, each.at.month)
            sums[month] = sums.get(month, 0) + each.amount
    assert all(amount <= 2000 for amount in sums.values())


@given(beats, st.data())
def test_withdrawing_a_beat_never_brings_more(found, data):
    """Deleting and uploading again within a month gains nothing: at most a later beat takes the place."""
    total = sum(each.amount for each in catalogue_awards(found, zone=ZONE))
    if found:
        found.remove(data.draw(st.sampled_from(found)))
    assert sum(each.amount for each in catalogue_awards(found, zone=ZONE)) <= total
