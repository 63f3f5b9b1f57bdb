import pytest
from hypothesis import given
from hypothesis import strategies as st

from backline.domain import levels
from backline.domain.greetings import greeting


@pytest.mark.parametrize(
    ("level", "xp"),
    [(1, 0), (2, 100), (3, 283), (4, 520), (5, 800), (10, 2_700), (20, 8_282), (50, 34_300), (100, 98_504)],
)
def test_the_table(level, xp):
    assert levels.xp_needed(level) == xp
    assert levels.level_of(xp) == level
    assert xp == 0 or levels.level_of(xp - 1) == level - 1


@given(st.integers(1, 100))
def test_the_formula_is_rounded_exactly(level):
    exact_squared, needed = 10_000 * (level - 1) ** 3, levels.xp_needed(level)
    assert (2 * needed - 1) ** 2 <= 4 * exact_squared or needed == 0
    assert 4 * exact_squared < (2 * needed + 1) ** 2


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (1, 2, "Novice"), (3, 4, "Apprentice"), (5, 6, "Intermediate"), (7, 9, "Skilled"), (10, 14, "Experienced"),
        (15, 19, "Advanced"), (20, 29, "Professional"), (30, 39, "Expert"), (40, 49, "Master"), (50, 100, "Legendary"),
    ],
)  # fmt: skip
def test_titles(first, last, title):
    assert levels.title(first) == levels.title(last) == f"{title} Producer"


@given(st.integers(-1_000, 200_000))
def test_a_standing_adds_up(xp):
    standing = levels.standing(xp)
    assert standing.from_xp <= standing.xp
    assert 0 <= standing.progress_bp <= 10_000
    if standing.next_xp is None:
        assert (standing.level, standing.xp_to_next) == (100, None)
    else:
        assert standing.xp < standing.next_xp
        assert standing.xp + (standing.xp_to_next or 0) == standing.next_xp


@pytest.mark.parametrize("level", [0, 101])
def test_levels_out_of_range(level):
    with pytest.raises(ValueError, match="1 to 100"):
        levels.xp_needed(level)


@pytest.mark.parametrize(
    ("hours", "text"),
    [(range(5, 12), "morning"), (range(12, 18), "afternoon"), ([*range(18, 24), *range(5)], "evening")],
)
def test_greetings(hours, text):
    assert {greeting(hour) for hour in hours} == {f"Good {text}"}
