import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import waveform

peaks = st.binary(max_size=300)


@given(peaks, st.integers(1, 400))
def test_bars_are_peaks_and_none_is_lost(shape, count):
    bars = waveform.reduce(shape, count)
    assert len(bars) == count
    assert set(bars) <= set(shape or b"\0")
    if shape and count <= len(shape):
        assert max(bars) == max(shape)


@given(peaks)
def test_normalised_reaches_full_scale_and_keeps_the_order(shape):
    result = waveform.normalise(shape)
    assert max(result, default=0) == (255 if any(shape) else 0)
    in_order = sorted(zip(shape, result, strict=True))
    assert [bar for _, bar in in_order] == sorted(result)
    assert waveform.normalise(result) == result


@given(peaks, st.integers(1, 200), st.integers(1, 200))
def test_heights_fit_their_box(shape, count, height):
    result = waveform.heights(shape, count=count, height=height)
    assert len(result) == count
    assert all(1 <= bar <= height for bar in result)


def test_silence_is_a_thin_line():
    assert waveform.path(bytes(10), count=2, height=20) == "M1 9v2M4 9v2"
    assert waveform.heights(b"", count=2, height=20) == (1, 1)


def test_no_bars_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        waveform.reduce(b"abc", 0)
