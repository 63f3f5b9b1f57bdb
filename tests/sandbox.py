"""The Stripe sandbox for tests: one process a session on a free port, emptied before each test that asks for it.

`from tests.sandbox import sandbox, sandbox_process  # noqa: F401` in a test's module or its conftest gives the fixture.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from stripe import StripeClient
from stripe._base_address import BaseAddresses
from stripe.params.v2.core import AccountCreateParams

from stripe_sandbox.webhooks import Signed
from tests.processes import free_port

KEY = "sk_test_sandbox"
SECRET = "whsec_5eC12e7"
READY_WITHIN_S = 20.0


class Sandbox:
    """A running sandbox and what a test does to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = StripeClient(KEY, base_addresses=self.addresses, max_network_retries=0)

    @property
    def addresses(self) -> BaseAddresses:
        """`base_addresses` for a client of one's own."""
        return {"api": self.url, "connect": self.url, "files": self.url, "meter_events": self.url}

    def post(self, path: str, /, **form: object) -> dict[str, Any]:
        """Asks the control API.

        Raises:
            ValueError: it refused, with its sentence.
        """
        return self._ask(
            "POST", path, urlencode({name: str(value) for name, value in form.items() if value is not None})
        )

    def state(self) -> dict[str, Any]:
        """Clock, modes, what waits."""
        return self._ask("GET", "state", "")

    def _ask(self, method: str, path: str, body: str) -> dict[str, Any]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request(method, f"/_sandbox/api/{path}", body)
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise ValueError(answer["error"]["message"])
        return answer

    def reset(self) -> None:
        """Forgets everything."""
        self.post("reset")

    @property
    def now(self) -> datetime:
        """The sandbox's time."""
        return datetime.fromtimestamp(self.state()["now"], UTC)

    def advance(self, *, days: float = 0, hours: float = 0) -> None:
        """Moves its clock forward; what becomes due happens in order."""
        self.post("clock", seconds=int(days * 86_400 + hours * 3_600))

    def set_clock(self, to: datetime) -> None:
        """Sets its clock; into the past only while it is empty."""
        self.post("clock", to=int(to.timestamp()))

    def fund(self, currency: str, amount_minor: int) -> None:
        """Adds to the platform's balance, available at once."""
        self.post("fund", currency=currency, amount=amount_minor)

    def recipient(self, *, country: str = "de", persona: str | None = "fine", bank: str = "fine") -> str:
        """A new connected account's id, onboarded unless `persona` is None."""
        wanted: AccountCreateParams = {
            "contact_email": "artist@example.com",
            "dashboard": "express",
            "identity": {"country": country, "entity_type": "individual"},
            "configuration": {
                "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
            },
            "defaults": {
                "responsibilities": {"fees_collector": "application", "losses_collector": "application"}
            },
        }
        account = self.client.v2.core.accounts.create(wanted)
        if persona:
            self.onboard(account.id, persona=persona, bank=bank)
        return account.id

    def onboard(self, account: str, *, persona: str = "fine", bank: str = "fine") -> None:
        """As if the hosted page was filled in."""
        self.post(f"accounts/{account}/onboard", persona=persona, bank=bank)

    def restrict(self, account: str) -> None:
        """A document is asked for and late."""
        self.post(f"accounts/{account}/restrict")

    def reject(self, account: str) -> None:
        """Stripe refuses the person."""
        self.post(f"accounts/{account}/reject")

    def repair(self, account: str) -> None:
        """All that is asked for is given."""
        self.post(f"accounts/{account}/repair")

    def change_bank(self, account: str, *, bank: str = "fine") -> None:
        """Another bank account."""
        self.post(f"accounts/{account}/bank", bank=bank)

    def pay_checkout(self, session: str, *, card: str = "4242424242424242") -> None:
        """As if the Checkout page was paid with this card."""
        self.post(f"checkout/{session}/pay", card=card)

    def fault(
        self,
        kind: str,
        *,
        method: str = "POST",
        path: str = "*",
        times: int = 1,
        seconds: float = 0,
        after: int = 0,
    ) -> None:
        """The next requests that match go wrong, after `after` that go right."""
        self.post("fault", kind=kind, method=method, path=path, times=times, seconds=seconds, skip=after)

    def clear_faults(self) -> None:
        """Everything goes right again."""
        self.post("faults/clear")

    def limit(self, requests_per_s: int) -> None:
        """At most so many requests a second; 0: as many as wanted."""
        self.post("limit", requests_per_s=requests_per_s)

    def webhooks(self, url: str | None, thin_url: str | None = None, *, secret: str = SECRET) -> None:
        """Where events go from now on."""
        self.post("webhooks", url=url, thin_url=thin_url, secret=secret)

    def webhook_mode(self, mode: str) -> None:
        """normal, duplicate, delay, reorder or drop."""
        self.post("webhooks/mode", mode=mode)

    def hold_webhooks(self, *, on: bool = True) -> None:
        """Nothing goes out by itself any more, or (`on` False) everything again."""
        self.post("webhooks/hold", on=int(on))

    def deliver(self) -> list[dict[str, Any]]:
        """Sends what waits, now; the deliveries with what was answered."""
        found: list[dict[str, Any]] = self.post("webhooks/send")["data"]
        return found

    def take_webhooks(self) -> list[Signed]:
        """What waits, signed, as if it had been delivered: to be handed on by the test itself."""
        return [Signed(**parcel) for parcel in self.post("webhooks/take")["data"]]


def start(data: Path, port: int) -> subprocess.Popen[bytes]:
    """A sandbox process that answers.

    Raises:
        RuntimeError: it does not.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "stripe_sandbox", "--data", str(data), "--port", str(port)]
    )
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            Sandbox(f"http://127.0.0.1:{port}").state()
            return process
        except OSError:
            time.sleep(0.05)
    process.kill()
    process.wait()
    raise RuntimeError("The Stripe sandbox did not start; its lines above say why.")


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the session's sandbox."""
    port = free_port()
    process = start(tmp_path_factory.mktemp("stripe_sandbox"), port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def sandbox(sandbox_process: str) -> Sandbox:
    """An empty sandbox whose webhooks wait until the test takes or sends them."""
    found = Sandbox(sandbox_process)
    found.reset()
    found.hold_webhooks()
    return found
