"""A file is taken exactly when it fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backline.domain.upload_quota import Quota, refusal

amounts = st.integers(0, 10**6)


@given(
    amounts, amounts, amounts, amounts, st.integers(0, 60), st.integers(0, 60), amounts, st.integers(1, 10**6)
)
def test_what_fits_is_taken_and_what_does_not_is_not(
    used_ms: int, most_ms: int, used: int, most: int, uploads: int, most_uploads: int, size: int, length: int
):
    quota = Quota(used_ms, most_ms, used, most, uploads, most_uploads)
    fits = (
        (not most_uploads or uploads < most_uploads)
        and (not most or used + size <= most)
        and (not most_ms or used_ms + length <= most_ms)
    )
    assert (refusal(quota, size_bytes=size, duration_ms=length) is None) == fits
    assert 0 <= quota.left_bp <= 10_000 and quota.bytes_left >= 0 and quota.minutes_left >= 0
