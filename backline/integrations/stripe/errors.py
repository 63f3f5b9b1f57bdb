"""What a call to Stripe can come to when it does not succeed. Nothing of the SDK gets past this package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import stripe

REFUSED_KEY = "the_key"


class StripeProblem(Exception):
    """A call did not succeed."""


class UnknownOutcome(StripeProblem):
    """No answer, or one that does not say: it may have been done. Asking again needs the same idempotency key."""


class RateLimited(StripeProblem):
    """Too many calls; nothing was done. `retry_after_s` is what Stripe asks for, 0 when it says nothing."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("Stripe is busy and asks to wait.")
        self.retry_after_s = retry_after_s


class Refused(StripeProblem):
    """Stripe understood and did nothing. `code` is Stripe's word for why, the message its sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def speaking() -> Iterator[None]:
    """Turns what the SDK raises inside into the three above."""
    import stripe

    try:
        yield
    except stripe.RateLimitError as problem:
        raise RateLimited(_retry_after(problem)) from problem
    except stripe.APIConnectionError as problem:
        raise UnknownOutcome("Stripe did not answer.") from problem
    except stripe.IdempotencyError as problem:
        # Under its key another call was made, or is being made: that one may have been done.
        raise UnknownOutcome("Stripe could not say whether it was done.") from problem
    except stripe.StripeError as problem:
        raise _named(problem) from problem


def _named(problem: stripe.StripeError) -> StripeProblem:
    status, code = problem.http_status or 0, problem.code or ""
    if status == 429 or code == "lock_timeout":
        return RateLimited(_retry_after(problem))
    if (
        status >= 500
        or status in (0, 408)
        or code in ("idempotency_key_in_use", "api_error")
        or status == 409
    ):
        return UnknownOutcome("Stripe could not say whether it was done.")
    if status in (401, 403) and not code:
        code = REFUSED_KEY
    return Refused(code or "refused", problem.user_message or str(problem) or "Stripe refused it.")


def _retry_after(problem: stripe.StripeError) -> float:
    headers = {name.lower(): value for name, value in (problem.headers or {}).items()}
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        return 0.0
