"""What is offered for tempo and key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import music
from backline.domain.file_names import figures
from backline.domain.suggestions import Offers, offers, parse

TEMPI = st.lists(st.tuples(st.integers(40, 240), st.floats(0, 1)), max_size=4)
KEYS = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(music.SCALES), st.floats(0, 1)), max_size=4)
NAMED = st.tuples(
    st.none() | st.integers(10, 999), st.none() | st.tuples(st.integers(0, 11), st.sampled_from(music.SCALES))
)


@pytest.mark.parametrize(
    ("file_name", "said"),
    [
        ("dial-tone_140_Fm.wav", (140, (5, "minor"))),
        ("night walk 140 bpm.flac", (140, None)),
        ("slow_90bpm_C.wav", (90, (0, "major"))),
        ("Route 66.wav", (None, None)),
        ("plan c.flac", (None, None)),
        ("dusk_4A_128.wav", (128, (5, "minor"))),
        ("", (None, None)),
    ],
)
def test_what_a_files_name_says(file_name: str, said: tuple[int | None, tuple[int, str] | None]):
    assert figures(file_name) == said


def test_the_likeliest_comes_first_and_half_double_and_relative_are_one_click_away():
    found = offers(tempi=[(120, 0.9), (60, 0.3)], keys=[(0, "major", 0.4)], named=(None, None))
    assert [(offer.label, offer.percent) for offer in found.detected] == [("120 BPM", 90), ("C major", 40)]
    assert [(offer.label, offer.percent) for offer in found.alternatives] == [
        ("60 BPM", 30),
        ("240 BPM", None),
        ("A minor", None),
    ]
    assert parse(found.all_detected) == {"bpm": "120", "key": "0", "scale": "major"}


def test_what_the_name_says_is_offered_where_it_differs():
    found = offers(tempi=[(140, 0.9)], keys=[(5, "minor", 0.8)], named=(70, (5, "minor")))
    assert [offer.label for offer in found.named] == ["70 BPM"]
    assert "70 BPM" not in [offer.label for offer in found.alternatives]


def test_nothing_heard_and_nothing_said_offers_nothing():
    assert offers(tempi=[], keys=[], named=(None, None)) == Offers()


@given(TEMPI, KEYS, NAMED)
def test_no_offer_is_made_twice_and_each_can_be_taken(tempi, keys, named):
    found = offers(tempi=tempi, keys=keys, named=named)
    every = [*found.detected, *found.alternatives, *found.named]
    assert len({(offer.field, offer.value) for offer in every}) == len(every)
    for offer in every:
        fields = parse(f"{offer.field}={offer.value}")
        if offer.field == "bpm":
            assert 40 <= int(fields["bpm"]) <= 240
        else:
            assert music.key_name(int(fields["key"]), fields["scale"]) == offer.label


def test_a_text_that_is_no_offer_fills_nothing():
    assert parse("") == parse("name=x") == parse(";;") == {}
