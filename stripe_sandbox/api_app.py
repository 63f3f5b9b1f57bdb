"""Answers /v1 and /v2: key, version, rate limit, faults, parameters, idempotency, the answer, expansion, log."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from stripe_sandbox import clock, expand, forms, typed
from stripe_sandbox.errors import Json, Problem, missing
from stripe_sandbox.faults import Faults
from stripe_sandbox.request_log import Entry, RequestLog
from stripe_sandbox.routes import Route, find
from stripe_sandbox.store import Store
from stripe_sandbox.web import Asked, Said, as_json
from stripe_sandbox.world import API_VERSION, World, new_id

VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(\.\w+)?")
UNAUTHORISED, NOT_FOUND, CONFLICT, TOO_MANY = 401, 404, 409, 429
WINDOW_S = 1.0
CRASH = Problem("An unknown error occurred", status=500, type="api_error")


@dataclass
class Call:
    """What is known of a request on its way."""

    asked: Asked
    id: str
    version: int
    account: str = ""
    key: str = ""


class Api:
    """The API over one store."""

    def __init__(self, store: Store, faults: Faults, requests: RequestLog) -> None:
        self._store, self._faults, self._requests = store, faults, requests
        self._busy: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._lately: list[float] = []

    def __call__(self, asked: Asked) -> Said:
        """The answer to a request below /v1 or /v2."""
        call = Call(
            asked, new_id("req", 14), 2 if asked.path.startswith("/v2") else 1,
            asked.headers.get("stripe-account") or asked.headers.get("stripe-context", ""),
            asked.headers.get("idempotency-key", ""),
        )  # fmt: skip
        try:
            said = self._guarded(call)
        except Problem as problem:
            said = _failure(problem, call)
        said.headers |= {
            "Request-Id": call.id,
            "Stripe-Version": asked.headers.get("stripe-version", API_VERSION),
        }
        if call.key:
            said.headers["Idempotency-Key"] = call.key
        if call.account:
            said.headers["Stripe-Account"] = call.account
        self._log(call, said)
        return said

    def _guarded(self, call: Call) -> Said:
        _demand_key(call.asked.headers.get("authorization", ""))
        _demand_version(call)
        self._demand_pace()
        fault = self._faults.next(call.asked.method, call.asked.path)
        kind = fault.kind if fault else None
        if kind == "slow" and fault:
            time.sleep(min(fault.seconds, 30.0))
        if kind == "timeout_before":
            return Said(cut=True)
        if kind == "rate_limit":
            return _too_many(call, int(fault.seconds) if fault else 0)
        if kind == "conflict":
            raise _in_use()
        route, places = _found(call.asked)
        params = _parameters(call, route)
        kind = kind or self._faults.by_amount(call.asked.path, params.get("amount"), call.key)
        if kind == "error_before":
            raise CRASH
        said = self._once(call, route, params, places)
        if kind == "error_after":
            raise CRASH
        said.cut = kind == "timeout_after"
        return said

    def _demand_pace(self) -> None:
        """Raises when the switchable limit of requests a second is passed."""
        limit = int(self._store.setting("requests_per_s", 0))
        if not limit:
            return
        with self._lock:
            now = time.monotonic()
            self._lately = [at for at in self._lately if at > now - WINDOW_S]
            if len(self._lately) >= limit:
                raise Problem("Request rate limit exceeded.", status=TOO_MANY, code="rate_limit")
            self._lately.append(now)

    def _once(self, call: Call, route: Route, params: Json, places: dict[str, str]) -> Said:
        """Does what was asked, or says again what was said under the same key."""
        if route.method == "GET" or not call.key:
            return self._done(call, route, params, places, fingerprint="")
        mark = (call.key, call.account)
        with self._lock:
            if mark in self._busy:
                raise _in_use()
            self._busy.add(mark)
        try:
            return self._done(call, route, params, places, fingerprint=_fingerprint(call.asked))
        finally:
            with self._lock:
                self._busy.discard(mark)

    def _done(
        self, call: Call, route: Route, params: Json, places: dict[str, str], *, fingerprint: str
    ) -> Said:
        with self._store.transaction():
            if fingerprint and (said := self._said_before(call, fingerprint)):
                return said
            world = World(
                self._store,
                clock.now(self._store),
                call.asked.base_url,
                call.account,
                call.id,
                call.key or None,
            )
            said = self._attempt(call, world, route, params, places)
            if fingerprint:
                self._store.run(
                    "insert into answers values (?, ?, ?, ?, ?, ?, ?)", call.key, call.account, fingerprint,
                    call.id, said.status, said.body.decode(), world.now,
                )  # fmt: skip
        return said

    def _attempt(self, call: Call, world: World, route: Route, params: Json, places: dict[str, str]) -> Said:
        """The route's answer; a problem undoes what was written, unless it keeps it."""
        kept: Problem | None = None
        paths = params.pop("expand", []) if call.version == 1 else []
        try:
            with self._store.transaction():
                if call.account and self._store.get(call.account) is None:
                    raise _no_access(call.account)
                try:
                    body = route.answer(world, params, **places)
                except Problem as problem:
                    if not problem.keeps:
                        raise
                    kept = problem
        except Problem as problem:
            return _failure(problem, call)
        if kept:
            return _failure(kept, call)
        try:
            return as_json(expand.expanded(world, body, paths))
        except Problem as problem:
            return _failure(problem, call)

    def _said_before(self, call: Call, fingerprint: str) -> Said | None:
        row = self._store.row("select * from answers where key = ? and account = ?", call.key, call.account)
        if row is None:
            return None
        if row["fingerprint"] != fingerprint:
            raise Problem(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{call.key}' if you meant to execute a different request.",
                type="idempotency_error",
            )
        said = Said(row["status"], row["body"].encode(), {"Content-Type": "application/json"})
        said.headers |= {"Idempotent-Replayed": "true", "Original-Request": row["request"]}
        return said

    def _log(self, call: Call, said: Said) -> None:
        asked = call.asked
        self._requests.add(Entry(
            call.id, clock.now(self._store), asked.method, asked.path + (f"?{asked.query}" if asked.query else ""),
            0 if said.cut else said.status, call.key, call.account, asked.body.decode("utf-8", "replace"),
            said.body.decode("utf-8", "replace"),
        ))  # fmt: skip


def _demand_key(header: str) -> None:
    """Raises unless a test key was given: `Bearer key`, or the key as the user name of Basic."""
    scheme, _, value = header.partition(" ")
    key = value.strip()
    if scheme.lower() == "basic":
        try:
            key = base64.b64decode(value).decode("ascii").partition(":")[0]
        except ValueError:
            key = ""
    if not key:
        raise Problem(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=UNAUTHORISED,
        )
    if key.startswith(("sk_live_", "rk_live_", "pk_live_")):
        raise Problem(
            "This is a sandbox: it moves no money and refuses live keys. Never send a live key anywhere but to Stripe.",
            status=UNAUTHORISED,
        )
    if not key.startswith(("sk_test_", "rk_test_")):
        raise Problem(f"Invalid API Key provided: {key[:8]}****", status=UNAUTHORISED)


def _demand_version(call: Call) -> None:
    version = call.asked.headers.get("stripe-version", "")
    if call.version == 2 and not version:
        raise Problem("The Stripe-Version header is required for /v2 requests.", code="missing_version")
    if version and not VERSION.fullmatch(version):
        raise Problem(f"Invalid Stripe API version: {version}", code="invalid_version")


def _found(asked: Asked) -> tuple[Route, dict[str, str]]:
    if found := find(asked.method, asked.path):
        return found
    raise Problem(
        f"Unrecognized request URL ({asked.method}: {asked.path}). "
        "The sandbox answers the addresses that its README lists.",
        status=NOT_FOUND,
    )


def _parameters(call: Call, route: Route) -> Json:
    asked = call.asked
    if asked.method == "POST" and call.version == 2:
        return typed.checked(forms.from_json(asked.body), route.params, textual=False)
    sent = asked.body.decode("utf-8", "replace") if asked.method == "POST" else asked.query
    params = forms.nested(sent)
    page = params.pop("page", None) if call.version == 2 else None
    found = typed.checked(params, route.params, textual=True)
    return found | ({"page": page} if page else {})


def _fingerprint(asked: Asked) -> str:
    if asked.path.startswith("/v2"):
        sent: Any = forms.from_json(asked.body)
    else:
        sent = forms.nested(asked.body.decode("utf-8", "replace"))
    text = json.dumps([asked.method, asked.path, sent], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _failure(problem: Problem, call: Call) -> Said:
    if problem.status == TOO_MANY and call.version == 2:
        problem.type = "rate_limit"
    said = as_json(problem.body(call.id, version=call.version), problem.status)
    if problem.status == TOO_MANY:
        said.headers |= {"Retry-After": "1", "Stripe-Should-Retry": "true"}
    return said


def _too_many(call: Call, seconds: int) -> Said:
    said = _failure(Problem("Request rate limit exceeded.", status=TOO_MANY, code="rate_limit"), call)
    said.headers["Retry-After"] = str(seconds)
    return said


def _in_use() -> Problem:
    return Problem(
        "There is currently another in-progress request using this Idempotent Key (that probably means you submitted "
        "twice, and the other request is still going through). Please try again later.",
        status=CONFLICT, type="idempotency_error", code="idempotency_key_in_use",
    )  # fmt: skip


def _no_access(account: str) -> Problem:
    problem = missing("account", account)
    problem.status, problem.code = 403, "account_invalid"
    problem.message = (
        f"The provided key does not have access to account '{account}' (or that account does not exist). "
        "Application access may have been revoked."
    )
    return problem
