"""`backline run`: checks the place, prepares it, starts the web server and the worker, says when it is ready.

This process only supervises, so it imports neither Django nor the settings; what needs them runs in its children.
"""

from __future__ import annotations

import errno
import fcntl
import http.client
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from backline import env, sandbox, signins
from backline.core.supervisor import Tree

READY_WITHIN_S = 60.0
ASK_EVERY_S = 0.1
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


class CannotStart(Exception):
    """Why Backline cannot start here, as one sentence with the remedy."""


@dataclass(frozen=True)
class Place:
    """Where this installation listens and keeps its data."""

    host: str
    port: int
    data: Path

    @property
    def address(self) -> str:
        """The address a browser on this machine opens."""
        return f"http://{EVERY_ADDRESS.get(self.host, self.host)}:{self.port}"


def place() -> Place:
    """The place that the environment names.

    Raises:
        CannotStart: a setting is not what it should be.
    """
    try:
        port = env.number("BACKLINE_PORT", 8000)
    except ValueError as problem:
        raise CannotStart(str(problem)) from None
    default = Path(__file__).resolve().parent.parent / "var"
    return Place(
        host=env.text("BACKLINE_HOST", "127.0.0.1"),
        port=port,
        data=Path(env.text("BACKLINE_DATA", str(default))).resolve(),
    )


def web_command(here: Place) -> list[str]:
    """The web server: two processes of sixteen threads, so that slow clients wait in threads."""
    options = {
        "bind": f"{here.host}:{here.port}",
        "worker-class": "gthread",
        "workers": "2",
        "threads": "16",
        "timeout": "120",
        "graceful-timeout": "8",
        "keep-alive": "5",
        "log-level": "warning",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *flags, "backline.wsgi:application"]


def worker_command() -> list[str]:
    """The worker: audio, listens, money, standing."""
    return [sys.executable, "-m", "backline", "worker"]


def run(*, empty: bool) -> int:
    """Runs the whole tree until it is asked to stop. Returns the exit status."""
    try:
        here = place()
        lock = _take_data_folder(here)
        _check_port(here)
        stripe = _sandbox(here)
    except CannotStart as problem:
        print(f"backline: {problem}", file=sys.stderr)
        return 1
    environment = {"BACKLINE_PORT": str(here.port), "BACKLINE_DATA": str(here.data)}
    tree = Tree(os.environ | environment | (stripe.environment if stripe else {}), say=_say)
    tree.listen_for_stop()
    try:
        return _prepare_and_serve(tree, here, stripe, empty=empty)
    finally:
        tree.stop()
        lock.close()
        if tree.stopping:
            _say("Backline has stopped.")


def _prepare_and_serve(tree: Tree, here: Place, stripe: sandbox.Sandbox | None, *, empty: bool) -> int:
    status = tree.step([sys.executable, "-m", "backline", "prepare", *(["--empty"] if empty else [])])
    if status != 0:
        return 0 if tree.stopping else status
    if stripe:
        tree.start("Stripe sandbox", stripe.command)
    tree.start("web server", web_command(here))
    tree.start("worker", worker_command())
    if not _wait_until_ready(tree, here):
        return 0 if tree.stopping else 1
    _say(f"Backline is ready at {here.address}")
    if stripe:
        _say(
            f"Payments are tried at {stripe.address}/_sandbox/ (no real money; BACKLINE_STRIPE_KEY is not set)"
        )
    _say_signins(here)
    tree.watch()
    return 0


def _sandbox(here: Place) -> sandbox.Sandbox | None:
    try:
        return sandbox.wanted(data=here.data, port=here.port, site=here.address)
    except OSError as problem:
        raise CannotStart(
            f"cannot start the Stripe sandbox ({problem}); BACKLINE_STRIPE_SANDBOX=off leaves it out."
        ) from None


def _wait_until_ready(tree: Tree, here: Place) -> bool:
    give_up_s = time.monotonic() + READY_WITHIN_S
    while not tree.stopping:
        if ended := tree.ended():
            _say(f"backline: the {' and the '.join(ended)} could not start; the lines above say why.")
            return False
        status = _ask(f"{here.address}/readyz")
        if status == 200:
            return True
        # 503 is a store that may still come; any other answer is an error that no waiting mends.
        if status not in (None, 503) or time.monotonic() > give_up_s:
            _say(f"backline: {here.address}/readyz answers {status or 'nothing'}; the lines above say why.")
            return False
        time.sleep(ASK_EVERY_S)
    return False


def _ask(address: str) -> int | None:
    """The status of the answer, or None when there is none yet."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _take_data_folder(here: Place) -> IO[str]:
    """The open lock file of the data folder; closing it gives the folder back, and so does the end of this process."""
    try:
        here.data.mkdir(parents=True, exist_ok=True)
        lock = (here.data / "backline.lock").open("a+", encoding="ascii")
    except OSError as problem:
        reason = problem.strerror or "it cannot be written"
        raise CannotStart(
            f"cannot write in {here.data} ({reason.lower()}); choose another folder with BACKLINE_DATA=/some/folder."
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise CannotStart(
            f"Backline already runs on {here.data} (process {lock.read().strip() or 'unknown'}); "
            "stop it first, or choose another folder with BACKLINE_DATA=/some/folder."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _check_port(here: Place) -> None:
    family = socket.AF_INET6 if ":" in here.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((here.host.strip("[]"), here.port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                remedy = f"stop what uses it, or choose another: BACKLINE_PORT={here.port + 1} bin/run"
                raise CannotStart(f"port {here.port} is in use; {remedy}") from None
            raise CannotStart(
                f"cannot listen on {here.host}:{here.port} ({problem.strerror}); set BACKLINE_HOST and BACKLINE_PORT."
            ) from None
        except OverflowError:
            raise CannotStart(f"BACKLINE_PORT must be between 1 and 65535, not {here.port}.") from None


def _say_signins(here: Place) -> None:
    if people := signins.read(here.data):
        _say(f"\n{signins.as_text(people, address=here.address)}")
    _say("\nCtrl-C stops everything.")


def _say(line: str) -> None:
    print(line, flush=True)
