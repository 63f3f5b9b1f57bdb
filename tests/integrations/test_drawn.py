"""Drawn covers and portraits."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.integrations import images

ALLOWED = {"svg", "rect", "circle", "ellipse", "path", "g"}
FORBIDDEN = {"style", "href", "id", "class"}


def check(svg: str) -> None:
    """Small, well-formed, and nothing in it but shapes."""
    assert len(svg) < 6_000
    for element in ElementTree.fromstring(svg).iter():
        assert element.tag.rpartition("}")[2] in ALLOWED
        assert not FORBIDDEN & set(element.attrib)
        assert not any(name.startswith("on") for name in element.attrib)
        assert not (element.text or "").strip()


@pytest.mark.parametrize("style", images.STYLES)
@given(peaks=st.binary(max_size=1200), genre=st.text(max_size=20), seed=st.text(max_size=20))
def test_any_beat_gets_a_proper_cover(style, peaks, genre, seed):
    check(images.cover(style, peaks=peaks, genre=genre, seed=seed))


@given(st.text(max_size=40))
def test_any_handle_gets_a_proper_portrait(handle):
    check(images.portrait(handle))


def test_there_are_eight_styles():
    assert len(images.STYLES) == 8
    with pytest.raises(KeyError):
        images.cover("other", peaks=b"", genre="", seed="")


@pytest.mark.parametrize("style", images.STYLES)
def test_the_same_beat_always_looks_the_same_and_others_look_different(style):
    shapes = [bytes((index * 7 + number * 31) % 256 for index in range(1200)) for number in range(40)]
    drawn = [
        images.cover(style, peaks=peaks, genre="drill", seed=str(number))
        for number, peaks in enumerate(shapes)
    ]
    assert drawn == [
        images.cover(style, peaks=peaks, genre="drill", seed=str(number))
        for number, peaks in enumerate(shapes)
    ]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("style", images.STYLES)
def test_the_waveform_shapes_the_cover(style):
    rising, falling = bytes(range(0, 256, 4)), bytes(range(252, -1, -4))
    covers = {images.cover(style, peaks=peaks, genre="", seed="1") for peaks in (rising, falling[:20] * 3)}
    assert len(covers) == 2 or style == "arches"  # three arches take their sizes in order


def test_portraits_ignore_the_case_of_a_handle():
    assert images.portrait("Marlo-Vane") == images.portrait("marlo-vane")
    assert len({images.portrait(f"artist-{number}") for number in range(60)}) > 40
