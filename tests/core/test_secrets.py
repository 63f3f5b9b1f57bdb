"""The installation's key is made once, whoever comes first."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from backline.core.secrets import secret_key


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    place = tmp_path / "new" / "secret.key"
    first = secret_key(place)
    assert len(first) >= 50
    assert secret_key(place) == first
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_many_starting_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda n: secret_key(tmp_path / "secret.key"), range(32)))
    assert len(keys) == 1
