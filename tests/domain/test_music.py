import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import music

keys = st.integers(0, 11)
scales = st.sampled_from(music.SCALES)


@pytest.mark.parametrize(
    ("key", "scale", "name", "code"),
    [
        (0, "major", "C major", "8B"),
        (7, "major", "G major", "9B"),
        (5, "major", "F major", "7B"),
        (11, "major", "B major", "1B"),
        (6, "major", "F♯ major", "2B"),
        (9, "minor", "A minor", "8A"),
        (5, "minor", "F minor", "4A"),
        (8, "minor", "G♯ minor", "1A"),
        (1, "minor", "C♯ minor", "12A"),
        (10, "minor", "B♭ minor", "3A"),
    ],
)
def test_names_and_codes(key, scale, name, code):
    assert (music.key_name(key, scale), music.camelot(key, scale)) == (name, code)


@given(keys, scales)
def test_names_and_codes_lead_back(key, scale):
    assert music.parse_key(music.key_name(key, scale)) == (key, scale)
    assert music.parse_key(music.camelot(key, scale)) == (key, scale)


def test_every_code_is_there_once():
    assert len({music.camelot(key, scale) for key in range(12) for scale in music.SCALES}) == 24


@given(keys, scales)
def test_the_relative_key_stands_beside(key, scale):
    other = music.relative(key, scale)
    assert other[1] != scale
    assert music.relative(*other) == (key, scale)
    assert music.camelot(*other)[:-1] == music.camelot(key, scale)[:-1]


@pytest.mark.parametrize(
    ("text", "key", "scale"),
    [
        ("Fm", 5, "minor"), ("f min", 5, "minor"), ("F MINOR", 5, "minor"), ("F", 5, "major"), ("FM", 5, "major"),
        ("F# maj", 6, "major"), ("Gb", 6, "major"), ("bb", 10, "major"), ("Bbm", 10, "minor"), ("B", 11, "major"),
        ("c sharp minor", 1, "minor"), ("E flat", 3, "major"), ("Cb", 11, "major"), (" 12a ", 1, "minor"),
    ],
)  # fmt: skip
def test_how_people_write_keys(text, key, scale):
    assert music.parse_key(text) == (key, scale)


@pytest.mark.parametrize("text", ["", "H", "F minor 7", "13A", "0B", "C##", "Fdorian", "x" * 300])
def test_what_is_no_key(text):
    with pytest.raises(ValueError, match=r"key|wheel"):
        music.parse_key(text)


@pytest.mark.parametrize(("key", "scale"), [(12, "major"), (-1, "minor"), (0, "")])
def test_keys_out_of_range(key, scale):
    for function in (music.key_name, music.camelot, music.relative):
        with pytest.raises(ValueError, match="0 to 11"):
            function(key, scale)
