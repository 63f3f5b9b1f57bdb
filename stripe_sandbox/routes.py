"""The table of addresses: method, path, the SDK's parameter class, and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stripe_sandbox.errors import Json

Handler = Callable[..., Json]


@dataclass(frozen=True)
class Route:
    """`params` names the class in `stripe.params`."""

    method: str
    pattern: re.Pattern[str]
    params: str
    answer: Handler


ROUTES: list[Route] = []


def pattern_of(path: str) -> re.Pattern[str]:
    """What an address with `{…}` in it matches."""
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


def route(method: str, path: str, params: str) -> Callable[[Handler], Handler]:
    """Answers an address by a function of the world, the checked parameters and what `{…}` stands for in the path."""
    pattern = pattern_of(path)

    def register(answer: Handler) -> Handler:
        ROUTES.append(Route(method, pattern, params, answer))
        return answer

    return register


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of an address, and what `{…}` stands for in it."""
    for entry in ROUTES:
        if entry.method == method and (match := entry.pattern.fullmatch(path)):
            return entry, match.groupdict()
    return None
