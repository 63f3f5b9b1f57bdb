"""Reads for screens: right figures, and a cost that does not grow with the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backline.catalog import actions, queries
from backline.catalog.models import Beat, Step
from backline.catalog.queries import catalogue
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import NOW, Cast

DAY = timedelta(days=1)
HONOLULU, KATHMANDU = ZoneInfo("Pacific/Honolulu"), ZoneInfo("Asia/Kathmandu")


def test_a_card_says_what_a_list_shows(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    credit = actions.invite_credit(beat, artist=cast.kit, now=now)
    actions.invite_credit(beat, artist=cast.sable, now=now)
    actions.answer_credit(credit, accept=True, now=now)
    card = queries.beat_cards([beat.pk, 999])[beat.pk]
    assert (card.name, card.bpm, card.key_name, card.duration_ms) == ("Low Tide", 140, "F minor", 40_000)
    assert [artist.handle for artist in card.artists] == ["marlo-vane", "kit-nakagawa"]
    assert card.playable and card.is_public and card.url == f"/beats/{beat.pk}-low-tide/"


def test_a_list_costs_the_same_with_one_and_many_rows(
    cast: Cast, now: datetime, django_assert_num_queries: Any
):
    for _ in range(2):
        make_public(cast.marlo, account=cast.alice, now=now)
    for size in (1, 2):
        with django_assert_num_queries(3):
            page = queries.artist_beats(cast.marlo.pk, size=size)
            assert len(page.cards) == size


def test_an_artists_list_holds_own_beats_in_any_state_and_public_ones_with_them(cast: Cast, now: datetime):
    own = make_draft(cast.kit, account=cast.bob, now=now, fields=replace(COMPLETE, name="Own"))
    shared = make_public(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name="Shared"))
    hidden = make_draft(cast.marlo, account=cast.alice, now=now)
    for beat in (shared, hidden):
        actions.answer_credit(actions.invite_credit(beat, artist=cast.kit, now=now), accept=True, now=now)
    assert [card.id for card in queries.artist_beats(cast.kit.pk).cards] == [shared.pk, own.pk]
    assert [card.id for card in queries.artist_beats(cast.kit.pk, search="shar").cards] == [shared.pk]
    assert [card.id for card in queries.artist_beats(cast.kit.pk, state="draft").cards] == [own.pk]
    Beat.objects.filter(pk=own.pk).update(deleted_at=now)
    assert queries.artist_beats(cast.kit.pk).total == 1


def test_the_page_that_nobody_ordered_is_cut_from_the_whole_list(cast: Cast, now: datetime):
    for hours in (3, 1, 4, 2):
        at = now - timedelta(hours=hours)
        make = make_public if hours % 2 else make_draft
        make(cast.kit, account=cast.bob, now=at)
        shared = make(cast.marlo, account=cast.alice, now=at - timedelta(minutes=30))
        actions.answer_credit(actions.invite_credit(shared, artist=cast.kit, now=at), accept=True, now=at)
    gone = make_draft(cast.kit, account=cast.bob, now=now)
    Beat.objects.filter(pk=gone.pk).update(deleted_at=now)
    every = catalogue.matching_ids(cast.kit.pk, catalogue.Narrowing(), sort="updated", descending=True)
    assert len(every) == queries.catalog_counts(cast.kit.pk, since=now).listed_beats == 6
    for start, stop in ((0, 2), (2, 4), (4, 6), (0, 9)):
        assert catalogue.last_changed_ids(cast.kit.pk, start=start, stop=stop) == every[start:stop]


def test_a_page_beyond_the_end_is_the_last(cast: Cast, now: datetime):
    beats = [make_draft(cast.marlo, account=cast.alice, now=now) for _ in range(3)]
    page = queries.artist_beats(cast.marlo.pk, page=9, size=2)
    assert (page.number, page.pages, [card.id for card in page.cards]) == (2, 2, [beats[0].pk])
    before = queries.artist_beats_before(cast.marlo.pk, before_id=beats[2].pk, limit=1)
    assert [card.id for card in before] == [beats[1].pk]


def test_counts_are_of_public_beats_and_of_all_collections(cast: Cast, now: datetime):
    make_public(cast.marlo, account=cast.alice, now=now - 40 * DAY)
    make_public(cast.marlo, account=cast.alice, now=now)
    make_draft(cast.marlo, account=cast.alice, now=now)
    actions.create_collection(cast.marlo, name="Low Water", kind="ep", now=now)
    counts = queries.catalog_counts(cast.marlo.pk, since=now - DAY)
    assert (counts.public_beats, counts.public_beats_since) == (2, 1)
    assert (counts.collections, counts.collections_since) == (1, 1)


def test_the_upload_calendar_follows_the_accounts_zone(cast: Cast):
    # Late on the 17th in Honolulu, early on the 18th in Kathmandu, whose offset is 5 h 45 min.
    at = datetime(2026, 3, 17, 18, 20, tzinfo=UTC)
    mine = make_public(cast.marlo, account=cast.alice, now=at)
    make_public(cast.kit, account=cast.bob, now=at)
    make_public(cast.sable, account=cast.charlie, now=at)
    span: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert queries.own_uploads(cast.marlo.pk, zone=HONOLULU, **span) == {date(2026, 3, 17): 1}
    assert queries.own_uploads(cast.marlo.pk, zone=KATHMANDU, **span) == {date(2026, 3, 18): 1}
    assert queries.others_uploads(cast.marlo.pk, zone=KATHMANDU, **span) == {date(2026, 3, 18): 2}
    assert queries.others_uploads(cast.lee.pk + 900, zone=HONOLULU, **span) == {date(2026, 3, 17): 3}
    day = queries.uploads_on(cast.marlo.pk, date(2026, 3, 18), zone=KATHMANDU)
    assert ([card.id for card in day.beats], day.more, day.count) == ([mine.pk], 0, 1)
    assert queries.uploads_on(cast.marlo.pk, date(2026, 3, 18), zone=HONOLULU).count == 0
    assert queries.first_upload_at(cast.marlo.pk) == at
    assert queries.first_upload_at(cast.lee.pk + 900) is None


def test_a_day_with_many_uploads_shows_five_and_counts_the_rest(cast: Cast, now: datetime):
    for minute in range(7):
        make_public(cast.marlo, account=cast.alice, now=now + timedelta(minutes=minute))
    day = queries.uploads_on(cast.marlo.pk, now.date(), zone=ZoneInfo("UTC"))
    assert (len(day.beats), day.more, day.count) == (5, 2, 7)


def test_a_beat_published_again_counts_on_its_first_day_only(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    actions.unpublish_beat(beat, now=NOW)
    actions.publish_beat(beat, now=now + DAY)
    span: dict[str, Any] = {"zone": ZoneInfo("UTC"), "first": now.date(), "last": now.date() + DAY}
    assert queries.own_uploads(cast.marlo.pk, **span) == {now.date(): 1}
    assert queries.others_uploads(cast.kit.pk, **span) == {now.date(): 1}


def test_what_needs_somebody(cast: Cast, now: datetime):
    assert queries.beats_to_review(cast.marlo.pk) is None
    assert queries.failed_steps(cast.marlo.pk) == []
    make_public(cast.marlo, account=cast.alice, now=now)
    thin = make_public(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, tags=("dark",)))
    Step.objects.filter(recording=thin.recording, kind="stream").update(state="failed", reason="Damaged.")
    review = queries.beats_to_review(cast.marlo.pk)
    assert review and (review.count, review.beat_id) == (1, thin.pk)
    assert [(row.beat_id, row.label, row.reason) for row in queries.failed_steps(cast.marlo.pk)] == [
        (thin.pk, "Stream", "Damaged.")
    ]
    assert queries.failed_steps(cast.kit.pk) == []


def test_genres_are_found_by_slug_or_name_in_any_case(db: None):
    assert queries.genre_slugs(["Trap", "r&b", "R-AND-B", "polka"]) == (["trap", "r-and-b"], ["polka"])


def test_steps_of_the_installation_are_counted_by_state(cast: Cast, now: datetime):
    make_draft(cast.marlo, account=cast.alice, now=now, ready=False)
    assert queries.steps_by_state() == {"waiting": 1, "running": 0, "done": 1, "failed": 0}


def test_a_label_is_the_card_with_less_on_it(cast: Cast, now: datetime):
    public = make_public(cast.marlo, account=cast.alice, now=now)
    draft = make_draft(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name="Sketch"))
    Beat.objects.filter(pk=public.pk).update(cover_key="covers/abc")
    ids = [draft.pk, public.pk, 999]
    cards, labels = queries.beat_cards(ids), queries.beat_labels(ids)
    for number in (public.pk, draft.pk):
        assert (labels[number].name, labels[number].cover) == (cards[number].name, cards[number].cover)
    assert labels[public.pk].url == cards[public.pk].url
    assert labels[draft.pk].url == cards[draft.pk].edit_url
    assert list(cards) == [draft.pk, public.pk]
    Beat.objects.filter(pk=public.pk).update(deleted_at=now)
    assert public.pk not in queries.beat_labels(ids) and public.pk not in queries.beat_cards(ids)
