from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain.quality import Details, completeness, mean_bp, missing, review_reasons

WHOLE = Details(
    name="Undertow",
    genres=2,
    bpm=140,
    key=0,
    scale="minor",
    description="Low and slow.",
    tags=3,
    has_cover=True,
    sample_status="cleared",
    ai_declaration="human",
)


def test_a_whole_beat_lacks_nothing():
    assert (completeness(WHOLE), missing(WHOLE), review_reasons(WHOLE)) == (100, (), ())


@pytest.mark.parametrize(
    "change",
    [
        {"bpm": None},
        {"bpm": 39},
        {"key": None},
        {"key": 12},
        {"scale": ""},
        {"description": " "},
        {"tags": 2},
    ],
)
def test_each_field_is_a_fifth(change):
    assert completeness(replace(WHOLE, **change)) == 80


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"name": "  "}, ["name"]),
        ({"genres": 0}, ["genres"]),
        ({"genres": 4}, ["genres"]),
        ({"bpm": 39}, ["bpm"]),
        ({"bpm": 241}, ["bpm"]),
        ({"bpm": None}, ["bpm"]),
        ({"bpm": 40}, []),
        ({"bpm": 240}, []),
        ({"key": None}, ["key"]),
        ({"scale": "dorian"}, ["scale"]),
        ({"has_cover": False}, ["cover"]),
        ({"sample_status": ""}, ["sample_status"]),
        ({"ai_declaration": ""}, ["ai_declaration"]),
        ({"ai_declaration": "generated"}, ["ai_declaration"]),
        ({"ai_declaration": "assisted"}, ["ai_tool", "ai_note", "ai_rights"]),
        (
            {"ai_declaration": "assisted", "ai_tool": "Demix", "ai_note": "Stems", "ai_rights": True},
            [],
        ),
        ({"licensing_complete": False}, ["licensing"]),
        ({"description": "", "tags": 0}, []),
    ],
)
def test_what_publishing_waits_for(change, fields):
    assert [need.field for need in missing(replace(WHOLE, **change))] == fields


def test_an_empty_beat_lacks_everything_in_the_forms_order():
    assert [need.field for need in missing(Details())] == [
        "cover", "name", "genres", "bpm", "key", "scale", "sample_status", "ai_declaration"
    ]  # fmt: skip
    assert review_reasons(Details(licensing_complete=False)) == (
        "Artwork", "Genres", "BPM", "Key", "Scale", "Licensing", "Description", "Tags"
    )  # fmt: skip


def test_the_mean_of_no_beats_is_unknown():
    assert mean_bp([]) is None
    assert mean_bp([100, 100, 80]) == 9_333


@given(st.lists(st.sampled_from([0, 20, 40, 60, 80, 100]), min_size=1))
def test_the_mean_lies_between(percents):
    mean = mean_bp(percents)
    assert mean is not None
    assert 100 * min(percents) <= mean <= 100 * max(percents)
