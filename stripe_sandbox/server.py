"""The HTTP server: hands each request to the API, to a hosted page or to a control page."""

from __future__ import annotations

import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from stripe_sandbox.api_app import Api
from stripe_sandbox.faults import Faults
from stripe_sandbox.pages.app import Pages
from stripe_sandbox.request_log import RequestLog
from stripe_sandbox.store import Store
from stripe_sandbox.web import Asked, Said, as_json
from stripe_sandbox.webhooks import Sender

LARGEST_BODY = 1_000_000
ANSWER_WITHIN_S = 60
log = logging.getLogger("stripe_sandbox")


class Sandbox:
    """The whole of it over one store."""

    def __init__(self, store: Store) -> None:
        self.store, self.faults = store, Faults()
        self.sender = Sender(store)
        requests = RequestLog()
        self._api = Api(store, self.faults, requests)
        self._pages = Pages(store, self.faults, self.sender, requests)

    def answer(self, asked: Asked) -> Said:
        """The answer to any request; a mistake of the sandbox itself is a 500 and a line in the log."""
        try:
            said = self._api(asked) if asked.path.startswith(("/v1/", "/v2/")) else self._pages(asked)
        except Exception:
            log.exception("%s %s", asked.method, asked.path)
            error = {"type": "api_error", "message": "The sandbox made a mistake; its log says which."}
            said = as_json({"error": error}, 500)
        self.sender.look()
        return said


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "stripe-sandbox"
    sys_version = ""
    timeout = ANSWER_WITHIN_S
    wbufsize = 1 << 16  # head and body leave together; apart they would wait for each other
    disable_nagle_algorithm = True
    sandbox: Sandbox

    def do_GET(self) -> None:
        """Answers a GET."""
        self._answer()

    do_POST = do_DELETE = do_GET  # noqa: N815 - the names are given

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the request log is a page."""

    def _answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > LARGEST_BODY:
            self.close_connection = True
            error = {"type": "invalid_request_error", "message": "The request is too large."}
            self._send(as_json({"error": error}, 413))
            return
        path, _, query = self.path.partition("?")
        asked = Asked(
            self.command, path, query, {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(size), f"http://{self.headers.get('Host', 'localhost')}",
        )  # fmt: skip
        self._send(self.sandbox.answer(asked))

    def _send(self, said: Said) -> None:
        if said.cut:
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body)


class Server(ThreadingHTTPServer):
    """Listens on one address; its threads end with the process."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], sandbox: Sandbox) -> None:
        super().__init__(address, type("Bound", (Handler,), {"sandbox": sandbox}))
        self.sandbox = sandbox

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""
