"""Sends events to their destinations, signed as Stripe signs; again with growing pauses; and, when asked to, badly."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
import threading
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError

from stripe_sandbox.clock import real_s
from stripe_sandbox.store import Store

log = logging.getLogger("stripe_sandbox")
MODES = ("normal", "duplicate", "delay", "reorder", "drop")
PAUSES_S = (2, 10, 60, 300, 1800, 7200, 21600, 43200)
TIMEOUT_S = 10
DELAY_S = 3.0
LOOK_EVERY_S = 1.0
BATCH = 50


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that sends elsewhere is a failure, as with Stripe."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Signed:
    """A webhook as it goes out."""

    url: str
    body: str
    signature: str
    thin: bool
    event: str


class Sender:
    """Sends what waits, in a thread of its own once `start` was called."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wake = threading.Event()

    def start(self) -> None:
        """From here on what waits is sent by itself."""
        threading.Thread(target=self._run, daemon=True, name="webhooks").start()

    def look(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def send_due(self, *, all_waiting: bool = False) -> list[int]:
        """Sends what is due, or all that waits. Returns the deliveries' ids, in the order they went out."""
        sent: list[int] = []
        for id in self._claim(all_waiting=all_waiting):
            mode = self._store.setting("webhook_mode", "normal")
            if mode == "drop":
                self._note(id, "dropped", 0, "dropped on request")
                continue
            for _ in range(2 if mode == "duplicate" else 1):
                self._send(id)
            sent.append(id)
        return sent

    def take(self) -> list[Signed]:
        """Everything that waits, signed, as if it had been delivered: for a test that hands it on itself."""
        found = []
        for id in self._claim(all_waiting=True):
            found.append(self.signed(id))
            self._note(id, "delivered", 1, "taken")
        return found

    def again(self, id: int) -> None:
        """Sends one once more, whatever became of it."""
        self._store.run(
            "update deliveries set state = 'waiting', due_s = ?, attempts = 0 where id = ?", real_s(), id
        )
        self.look()

    def signed(self, id: int) -> Signed:
        """A delivery with its signature of now."""
        row = self._store.row("select event, destination from deliveries where id = ?", id)
        event = self._store.get(row["event"]) if row else None
        place = self._store.get(row["destination"]) if row else None
        if event is None or place is None or row is None:
            raise LookupError(f"There is no delivery {id}.")
        thin = place["object"] != "webhook_endpoint"
        url = place["webhook_endpoint"]["url"] if thin else place["url"]
        secret = self._store.setting(f"secret:{place['id']}")
        body = json.dumps(event, indent=2)
        return Signed(url, body, signature(body, secret, int(real_s())), thin, event["id"])

    def _run(self) -> None:
        while True:
            self._wake.wait(LOOK_EVERY_S)
            self._wake.clear()
            try:
                if not self._store.setting("webhooks_held", False):
                    self.send_due()
            except Exception:  # the thread goes on: what waits is tried again
                log.exception("Webhooks could not be sent")

    def _claim(self, *, all_waiting: bool) -> list[int]:
        mode = self._store.setting("webhook_mode", "normal")
        until = real_s() - (DELAY_S if mode == "delay" else 0.0)
        with self._store.transaction():
            rows = self._store.rows(
                "select id from deliveries where state = 'waiting' and (? or due_s <= ?) order by id limit ?",
                all_waiting, until, 100_000 if all_waiting else BATCH,
            )  # fmt: skip
            for row in rows:
                # Due again in a while: what a killed process was about to send goes out after all.
                self._store.run(
                    "update deliveries set due_s = ? where id = ?", real_s() + 2 * TIMEOUT_S, row["id"]
                )
        ids = [row["id"] for row in rows]
        return ids[::-1] if mode == "reorder" else ids

    def _send(self, id: int) -> None:
        parcel = self.signed(id)
        request = urllib.request.Request(
            parcel.url, parcel.body.encode(), method="POST",
            headers={
                "Content-Type": "application/json; charset=utf-8", "Stripe-Signature": parcel.signature,
                "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            },
        )  # fmt: skip
        try:
            with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
                self._note(id, "delivered", 1, str(answer.status))
        except HTTPError as problem:
            self._note(id, "waiting", 1, str(problem.code))
        except (URLError, OSError, http.client.HTTPException) as problem:
            self._note(id, "waiting", 1, f"no answer: {problem}")

    def _note(self, id: int, state: str, attempts: int, said: str) -> None:
        with self._store.transaction():
            row = self._store.row("select attempts from deliveries where id = ?", id)
            if row is None:
                return
            count = row["attempts"] + attempts
            if state == "waiting" and count > len(PAUSES_S):
                state = "failed"
            due_s = real_s() + (PAUSES_S[min(count, len(PAUSES_S)) - 1] if state == "waiting" else 0)
            self._store.run(
                "update deliveries set state = ?, attempts = ?, said = ?, due_s = ? where id = ?", state, count,
                said[:200], due_s, id,
            )  # fmt: skip


def signature(body: str, secret: str, at: int) -> str:
    """The `Stripe-Signature` header: HMAC-SHA256 over time and body."""
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"
