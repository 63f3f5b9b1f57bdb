"""Worlds of money for the tests."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from backline.shop import actions as shop
from tests.conftest import Cast
from tests.money.paying import Paying, use_sandbox
from tests.money.world import FIRST, Listening, World, noon
from tests.sandbox import Sandbox, sandbox, sandbox_process  # noqa: F401


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """The cast on the first of January, with a plan to pay for."""
    plan = shop.create_plan(
        "Plus",
        prices={"EUR": 1200, "USD": 1200, "JPY": 1500, "KWD": 3_500},
        licences_a_month=10,
        now=noon(FIRST),
    )
    return World(Listening().install(monkeypatch), plan, FIRST, Counter())


@pytest.fixture
def paying(cast: Cast, sandbox: Sandbox, settings: Any) -> Paying:  # noqa: F811
    """The cast, and a sandbox to pay them by."""
    return use_sandbox(settings, sandbox)
