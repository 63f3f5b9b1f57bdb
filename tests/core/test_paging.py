"""Every row is on exactly one page, and no page is out of reach."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.core.paging import Page, page_of

sizes = st.integers(1, 60)


@given(st.integers(0, 500), sizes)
def test_the_pages_hold_each_row_once(total: int, size: int) -> None:
    pages = page_of(total, page=1, size=size).pages
    found = [page_of(total, page=number, size=size) for number in range(1, pages + 1)]
    rows = range(total)
    assert [row for one in found for row in rows[one.start : one.stop]] == list(rows)
    assert all(rows[one.start : one.stop] for one in found) or total == 0


@given(st.integers(0, 500), st.integers(-9, 10**6), sizes)
def test_a_page_outside_is_the_nearest_one(total: int, page: int, size: int) -> None:
    found = page_of(total, page=page, size=size)
    assert 1 <= found.number <= found.pages
    assert found.number == page or page < 1 or page > found.pages


def test_an_empty_list_has_one_empty_page() -> None:
    assert page_of(0, page=7, size=20) == Page(1, 1, 0, 20)
