"""Copies are found by what they sound like; another artist's holds publishing back until staff allow it."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from backline.catalog import actions, jobs, queries
from backline.catalog.actions import Incomplete, NotPossible
from backline.catalog.models import Beat, Fingerprint, Recording, Step, Term
from backline.catalog.queries.originality import alike
from backline.core import files
from backline.domain.fingerprints import Print
from tests.catalog.makers import make_draft, make_public, make_recording
from tests.conftest import NOW, Cast
from tests.integrations.audio_files import write_wav

WORDS = 1_000


def sound(seed: int, *, wrong_bits: int = 0) -> bytes:
    """A made-up fingerprint; `wrong_bits` of each word differ from the one with the same seed."""
    words = random.Random(seed)
    flips = random.Random(seed + 1)
    made = bytearray()
    for place in range(WORDS):
        word = words.getrandbits(32)
        # Every third word stays as it is: a copy shares some words exactly.
        for bit in flips.sample(range(32), wrong_bits) if place % 3 else ():
            word ^= 1 << bit
        made += word.to_bytes(4, "big")
    return bytes(made)


def known(recording: Recording, words: bytes) -> None:
    terms = [
        (place, int.from_bytes(words[4 * place : 4 * place + 4], "big")) for place in range(0, WORDS, 12)
    ]
    actions.keep_fingerprint(recording, words=words, terms=terms)


def look(recording: Recording) -> Recording:
    actions.mark_copies(recording, alike=alike(recording), now=NOW)
    recording.refresh_from_db()
    return recording


@pytest.fixture
def first(cast: Cast, now: datetime) -> Beat:
    """Alice's public beat, known to the search."""
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    known(beat.recording, sound(1))
    return beat


def test_a_changed_copy_of_another_artists_beat_is_found_and_blocks_publishing(
    cast: Cast, now: datetime, first: Beat
):
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    known(theirs.recording, sound(1, wrong_bits=2))
    recording = look(theirs.recording)
    assert recording.same_as == first.recording and 8_500 < recording.alike_bp < 10_000
    assert recording.is_anothers
    with pytest.raises(actions.Incomplete, match="another artist's beat"):
        actions.publish_beat(theirs, now=now)
    copy = queries.copy_of(recording)
    assert copy is not None and copy.beat == first and copy.blocked and not copy.own


def test_an_own_copy_only_warns(cast: Cast, now: datetime, first: Beat):
    again = make_draft(cast.marlo, account=cast.alice, now=now)
    known(again.recording, sound(1))
    copy = queries.copy_of(look(again.recording))
    assert copy is not None and copy.own and not copy.blocked and copy.alike_bp == 10_000
    assert actions.publish_beat(again, now=now).is_public


def test_an_own_public_copy_stays_public_when_it_is_found(cast: Cast, now: datetime, first: Beat):
    again = make_public(cast.marlo, account=cast.alice, now=now)
    known(again.recording, sound(1))
    assert look(again.recording).same_as == first.recording
    assert Beat.objects.get(pk=again.pk).is_public


def test_what_differs_too_much_is_another_sound_though_it_shares_words(
    cast: Cast, now: datetime, first: Beat
):
    other = make_draft(cast.kit, account=cast.bob, now=now)
    known(other.recording, sound(1, wrong_bits=8))
    match = Print(sound(1)).match(Print(sound(1, wrong_bits=8)))
    assert match is not None and not match.duplicate
    assert look(other.recording).same_as is None


def test_of_several_the_one_most_alike_is_named(cast: Cast, now: datetime, first: Beat):
    second, third = (make_recording(cast.kit, now=now) for _ in range(2))
    actions.mark_copies(third, alike=[(first.recording_id, 8_000)], now=now)
    actions.mark_copies(third, alike=[(second.pk, 9_000)], now=now)
    actions.mark_copies(third, alike=[(first.recording_id, 8_500)], now=now)
    third.refresh_from_db()
    assert (third.same_as, third.alike_bp) == (second, 9_000)


def test_an_appeal_that_is_refused_leaves_the_recording_held_back(cast: Cast, now: datetime, first: Beat):
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    actions.mark_copies(theirs.recording, alike=[(first.recording_id, 9_000)], now=now)
    recording = Recording.objects.get(pk=theirs.recording_id)
    appeal = actions.appeal(recording, by=cast.bob, note="Mine.", now=now)
    assert actions.answer_appeal(appeal.pk, by=cast.dana, allow=False, answer="No.", now=now) is True
    assert Recording.objects.get(pk=recording.pk).is_anothers


def test_another_sound_is_unique(cast: Cast, now: datetime, first: Beat):
    other = make_draft(cast.kit, account=cast.bob, now=now)
    known(other.recording, sound(2))
    assert look(other.recording).same_as is None
    assert actions.publish_beat(other, now=now).is_public


def test_the_later_upload_is_the_copy_whichever_is_looked_at_first(cast: Cast, now: datetime, first: Beat):
    Fingerprint.objects.all().delete()
    Term.objects.all().delete()
    later = make_public(cast.kit, account=cast.bob, now=now)
    known(later.recording, sound(1))
    assert look(later.recording).same_as is None
    known(first.recording, sound(1))
    assert look(first.recording).same_as is None
    later.refresh_from_db()
    assert later.recording.same_as == first.recording
    assert later.state == "draft" and Beat.objects.get(pk=first.pk).is_public


def test_a_deleted_beats_recording_blocks_nobody(cast: Cast, now: datetime, first: Beat):
    Beat.objects.filter(pk=first.pk).update(deleted_at=now)
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    known(theirs.recording, sound(1))
    assert look(theirs.recording).same_as is None


def test_looking_twice_changes_nothing(cast: Cast, now: datetime, first: Beat):
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    for _ in range(2):
        known(theirs.recording, sound(1))
        look(theirs.recording)
    assert Term.objects.filter(recording=theirs.recording).count() == len(range(0, WORDS, 12))
    assert theirs.recording.same_as == first.recording


def test_a_check_that_failed_holds_publishing_until_it_is_tried_again(cast: Cast, now: datetime):
    beat = make_draft(cast.marlo, account=cast.alice, now=now)
    step = Step.objects.create(recording=beat.recording, kind="analysis", state="failed")
    with pytest.raises(actions.Incomplete, match="Retry the analysis"):
        actions.publish_beat(beat, now=now)
    Step.objects.filter(pk=step.pk).update(state="waiting")
    assert actions.publish_beat(beat, now=now).is_public


def test_an_appeal_is_made_once_and_answered_once(cast: Cast, now: datetime, first: Beat):
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    known(theirs.recording, sound(1))
    recording = look(theirs.recording)
    with pytest.raises(actions.CannotAppeal, match="Say why"):
        actions.appeal(recording, by=cast.bob, note=" ", now=now)
    appeal = actions.appeal(recording, by=cast.bob, note="I licensed it.", now=now)
    assert actions.appeal(recording, by=cast.bob, note="I licensed it.", now=now) == appeal
    with pytest.raises(actions.CannotAppeal, match="already"):
        actions.appeal(recording, by=cast.bob, note="Really.", now=now)
    assert queries.open_appeals() == [appeal]
    assert actions.answer_appeal(appeal.pk, by=cast.dana, allow=True, answer="Seen.", now=now) is True
    assert actions.answer_appeal(appeal.pk, by=cast.dana, allow=False, answer="No.", now=now) is False
    recording.refresh_from_db()
    assert not recording.is_anothers and queries.open_appeals() == []
    assert actions.publish_beat(Beat.objects.get(pk=theirs.pk), now=now).is_public


def test_what_is_not_held_back_cannot_be_appealed(cast: Cast, now: datetime):
    recording = make_recording(cast.kit, now=now)
    with pytest.raises(actions.CannotAppeal, match="not held back"):
        actions.appeal(recording, by=cast.bob, note="Mine.", now=now)


def test_the_worker_finds_the_same_file_of_another_artist(cast: Cast, now: datetime):
    beats = []
    for artist, account in ((cast.marlo, cast.alice), (cast.kit, cast.bob)):
        draft = write_wav(files.path("incoming") / "take.wav")
        beats.append(actions.upload_beat(artist, draft=draft, file_name="take.wav", account=account, now=now))
    Step.objects.filter(kind="stream").delete()
    while jobs.process_oldest():
        pass
    earlier, later = (Recording.objects.get(pk=beat.recording_id) for beat in beats)
    assert earlier.same_as is None
    assert later.same_as == earlier and later.alike_bp == 10_000


def test_a_copy_cannot_become_the_audio_of_a_beat_that_is_heard(cast: Cast, now: datetime, first: Beat):
    heard = make_public(cast.kit, account=cast.bob, now=now)
    copy = make_draft(cast.kit, account=cast.bob, now=now)
    actions.mark_copies(copy.recording, alike=[(first.recording_id, 9_000)], now=now)
    with pytest.raises(NotPossible, match="another artist's beat"):
        actions.hand_over_audio(heard, other=copy, now=now)
    assert Beat.objects.get(pk=heard.pk).recording_id == heard.recording_id
    actions.unpublish_beat(heard, now=now)
    beat = actions.hand_over_audio(heard, other=copy, now=now)
    with pytest.raises(Incomplete):
        actions.publish_beat(beat, now=now)


def test_a_private_beat_that_turns_out_a_copy_loses_its_link_and_its_history_says_so(
    cast: Cast, now: datetime, first: Beat
):
    theirs = make_draft(cast.kit, account=cast.bob, now=now)
    actions.make_private(theirs, now=now)
    actions.mark_copies(theirs.recording, alike=[(first.recording_id, 9_000)], now=now)
    theirs.refresh_from_db()
    assert theirs.state == "draft" and not theirs.links.filter(revoked_at=None).exists()
    change = theirs.changes.filter(field="state")[0]
    assert (change.before, change.after, change.by) == ("Private", "Draft", None)
