"""The few edits that would matter most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.next_steps import MOST, Lacking, next_steps

FIELDS = ("BPM", "Key", "Scale", "Description", "Tags")
BEATS = st.lists(
    st.builds(
        Lacking,
        st.integers(1, 10**6),
        st.just("Beat"),
        st.lists(st.sampled_from(FIELDS), min_size=1, unique=True).map(tuple),
        st.integers(0, 10**6),
    ),
    unique_by=lambda beat: beat.beat_id,
    max_size=12,
)


def test_what_completes_most_beats_comes_first_and_the_most_heard_other_last():
    beats = [
        Lacking(1, "A", ("Tags",), 0),
        Lacking(2, "B", ("Tags",), 5),
        Lacking(3, "C", ("Description",), 90),
        Lacking(4, "D", ("Key",), 1),
        Lacking(5, "E", ("Key", "Tags"), 3),
        Lacking(6, "F", ("BPM", "Tags"), 7),
    ]
    steps = next_steps(beats)
    assert [(step.field, [beat.name for beat in step.beats]) for step in steps] == [
        ("Tags", ["B", "A"]),
        ("Description", ["C"]),
        ("BPM, Tags", ["F"]),
    ]


@given(BEATS)
def test_steps_are_few_and_true(beats: list[Lacking]):
    steps = next_steps(beats)
    assert len(steps) == min(MOST, len(steps)) and bool(steps) == bool(beats)
    for step in steps:
        assert step.beats and all(", ".join(beat.lacks) == step.field for beat in step.beats)
        assert step.completes == (len(step.beats[0].lacks) == 1)
