"""Who listens in the demo world: accounts of its listeners, visitors who are not signed in, and a few robots."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from backline.demo.addresses import AGENTS, NETWORKS, ROBOTS, address_in, countries

VISITORS = 5_000


@dataclass(frozen=True)
class Ear:
    """One listener as the platform's player knows them. `text` is empty for somebody who is not signed in."""

    text: str
    address: str
    agent: str
    hours_ahead: int
    joined_at: datetime


class Crowd:
    """All listeners; some come often and most come rarely.

    `accounts` are pairs of listener text and the time the account was made, in order of time.
    """

    def __init__(self, accounts: Sequence[tuple[str, datetime]], *, start: datetime, seed: int) -> None:
        dice = random.Random(f"crowd {seed}")
        self._agents = [agent for _, agent in AGENTS]
        self._agent_weights = [weight for weight, _ in AGENTS]
        self.accounts = [
            self._ear(dice, country, text, joined_at)
            for (text, joined_at), country in zip(accounts, countries(dice, len(accounts)), strict=True)
        ]
        self._joined = [ear.joined_at for ear in self.accounts]
        self._often = list(accumulate(dice.paretovariate(1.25) for _ in self.accounts))
        self._everywhere: list[Ear] = []
        self._visitors: dict[str, list[Ear]] = {}
        for country in countries(dice, VISITORS):
            ear = self._ear(dice, country, "", start)
            self._everywhere.append(ear)
            self._visitors.setdefault(country, []).append(ear)
        self._robots = [
            Ear("", address_in("US", dice), agent, NETWORKS["US"][1], start - timedelta(days=1))
            for agent in ROBOTS
        ]

    def signed_in(self, dice: random.Random, count: int, *, until: datetime) -> list[Ear]:
        """`count` draws among the accounts that exist at `until`; fewer when there is none yet."""
        there = bisect_right(self._joined, until)
        return dice.choices(self.accounts[:there], cum_weights=self._often[:there], k=count) if there else []

    def visitor(self, dice: random.Random, *, near: str) -> Ear:
        """Somebody signed out, a little more often from the artist's own country `near`."""
        if near in self._visitors and dice.random() < 0.2:
            return dice.choice(self._visitors[near])
        # The power makes the front of the list come back again and again.
        return self._everywhere[int(len(self._everywhere) * dice.random() ** 1.6)]

    def robot(self, dice: random.Random) -> Ear:
        """A program that calls itself one."""
        return dice.choice(self._robots)

    def _ear(self, dice: random.Random, country: str, text: str, joined_at: datetime) -> Ear:
        agent = dice.choices(self._agents, self._agent_weights)[0]
        return Ear(text, address_in(country, dice), agent, NETWORKS[country][1], joined_at)
