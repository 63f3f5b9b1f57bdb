"""`python -m stripe_sandbox --data DIR --port N`: serves until it is stopped."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from stripe_sandbox import clock
from stripe_sandbox.destinations import set_destinations
from stripe_sandbox.seed import write_down
from stripe_sandbox.server import Sandbox, Server
from stripe_sandbox.store import Store
from stripe_sandbox.timeline import run_due

TICK_S = 2.0


def main() -> int:
    """Runs the server. Returns the exit status."""
    given = _arguments()
    logging.basicConfig(level=logging.WARNING, format="stripe_sandbox: %(message)s")
    store = Store(given.data / "stripe.sqlite3")
    if given.seed:
        with given.seed.open(encoding="utf-8") as lines:
            write_down(store, lines)
        return 0
    sandbox = Sandbox(store)
    if given.secret_file:
        secret = given.secret_file.read_text(encoding="ascii").strip()
        set_destinations(store, given.webhook, given.thin_webhook, secret)
    try:
        server = Server((given.host, given.port), sandbox)
    except OSError as problem:
        print(
            f"stripe_sandbox: cannot listen on {given.host}:{given.port} ({problem.strerror}).",
            file=sys.stderr,
        )
        return 1
    sandbox.sender.start()
    stop = threading.Event()
    threading.Thread(target=_tick, args=(store, stop), daemon=True, name="clock").start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, daemon=True, name="server").start()
    stop.wait()
    server.shutdown()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripe_sandbox", description="Stripe, on this machine.")
    parser.add_argument("--data", type=Path, required=True, help="the folder for its file")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on; leave it on this machine"
    )
    parser.add_argument(
        "--seed", type=Path, help="a past to write down, and nothing else: one JSON object a line"
    )
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook", help="where snapshot events go")
    parser.add_argument("--thin-webhook", help="where thin events go")
    parser.add_argument("--secret-file", type=Path, help="the file with the signing secret of both")
    return parser.parse_args()


def _tick(store: Store, stop: threading.Event) -> None:
    """Lets happen what is due while nobody moves the clock."""
    while not stop.wait(TICK_S):
        try:
            if store.row("select 1 from due where at <= ?", clock.now(store)):
                run_due(store)
        except Exception:  # the thread goes on: what is due stays so
            logging.getLogger("stripe_sandbox").exception("What is due could not happen")


if __name__ == "__main__":
    sys.exit(main())
