import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import beat_names, names, tags


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Night Bus (Home)", "night-bus-home"),
        ("Don't Look", "dont-look"),
        ("Über Straße", "uber-strasse"),
        ("Søren & Łukasz", "soren-lukasz"),
        ("!!!", "beat"),
        ("夜行", "beat"),
        ("a" * 80, "a" * 60),
        ("a" * 59 + " bc", "a" * 59),
    ],
)
def test_slugs(name, slug):
    assert names.slug(name) == slug


@given(st.text(max_size=300))
def test_any_name_makes_a_slug_and_a_valid_handle(name):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", names.slug(name))
    assert len(names.slug(name)) <= 60
    handle = names.suggest_handle(name)
    assert names.handle_problem(handle) == ""
    assert names.handle_problem(names.suggest_handle(name, taken={handle, f"{handle}-2"})) == ""


@pytest.mark.parametrize("handle", ["ab", "marlo-vane", "Marlo9", "a" * 40])
def test_good_handles(handle):
    assert names.handle_problem(handle) == ""


@pytest.mark.parametrize(
    ("handle", "part"),
    [
        ("", "2 to 40"), ("a", "2 to 40"), ("a" * 41, "2 to 40"), ("-ab", "letters"), ("ab-", "letters"),
        ("a--b", "letters"), ("a_b", "letters"), ("ä-b", "letters"), ("a b", "letters"), ("ab\n", "letters"),
        ("Admin", "kept for the platform"),
    ],
)  # fmt: skip
def test_wrong_handles(handle, part):
    assert part in names.handle_problem(handle)


def test_a_taken_handle_gets_a_number():
    assert names.suggest_handle("Marlo Vane", taken={"marlo-vane", "marlo-vane-2"}) == "marlo-vane-3"
    assert names.suggest_handle("Staff") == "artist-staff"


@pytest.mark.parametrize(
    ("name", "kinds", "clean"),
    [
        ("Undertow", [], "Undertow"),
        ("Undertow.wav", ["extension"], "Undertow"),
        ("Undertow_v3_final", ["version"], "Undertow"),
        ("Undertow v2", ["version"], "Undertow"),
        ("Undertow (final)", ["version"], "Undertow"),
        ("Undertow - Mixdown", ["version"], "Undertow"),
        ("Undertow_FINAL_FINAL2.flac", ["extension", "version"], "Undertow"),
        ("Marlo Vane - Undertow", ["artist"], "Undertow"),
        ("marlo vane \u2013 Undertow", ["artist"], "Undertow"),
        ("Marlo Vane - Undertow_v3.wav", ["extension", "version", "artist"], "Undertow"),
        ("The Final", [], "The Final"),
        ("Semi-Final", [], "Semi-Final"),
        ("Final Round", [], "Final Round"),
        ("Carbon Copy", [], "Carbon Copy"),
        ("V8 Engine", [], "V8 Engine"),
        ("Marlo Vanessa", [], "Marlo Vanessa"),
        ("Marlo Vane", [], "Marlo Vane"),
        ("v3_final", ["version"], "v3_final"),
        (".wav", [], ".wav"),
        ("two  spaces ", [], "two spaces"),
    ],
)
def test_flags_and_cleaned_names(name, kinds, clean):
    assert [flag.kind for flag in beat_names.flags(name, artist="Marlo Vane")] == kinds
    assert beat_names.cleaned(name, artist="Marlo Vane") == clean


@given(st.text(max_size=255), st.text(max_size=40))
def test_cleaning_never_empties_a_name(name, artist):
    clean = beat_names.cleaned(name, artist=artist)
    assert bool(clean) == bool(name.strip())
    assert len(clean) <= len(name)


def test_long_names_are_looked_at_quickly():
    for name in ("_final" * 40 + "x", " v1" * 80 + "x", "(" * 250, " " * 250 + "x", "-_" * 120):
        beat_names.flags(name, artist="-")


def test_tags_that_differ_in_writing_are_one():
    assert tags.distinct(["Lo-Fi", "lofi", "LO FI", "#lo_fi", "Café", "cafe", "808s", "  ", "!"]) == (
        "lo-fi", "café", "808s", "!",
    )  # fmt: skip
    assert tags.split("dark; UK  drill,\ndark") == ("dark", "uk drill")
    assert len(tags.normalise("x" * 99)) == tags.LONGEST_TAG


@given(st.lists(st.text(max_size=50)))
def test_normalising_twice_changes_nothing(words):
    once = tags.distinct(words)
    assert tags.distinct(once) == once
    assert len(once) <= len(words)
