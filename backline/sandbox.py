"""Stripe on this machine: started beside the rest while no Stripe key is set, so that payments can be tried at once.

Like the supervisor that starts it, this imports neither Django nor the settings; of the sandbox it knows the command
line only.
"""

from __future__ import annotations

import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from backline import env
from backline.core.secrets import secret_key

KEY = "sk_test_sandbox"
FOLDER = "stripe_sandbox"
SECRET = "webhook.secret"
PORTS_TRIED = 50


@dataclass(frozen=True)
class Sandbox:
    """Where the sandbox listens (on this machine only) and keeps its data; `site` is where its webhooks go."""

    port: int
    data: Path
    site: str

    @property
    def address(self) -> str:
        """Where Backline and the browser find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the web server and the worker that lead them to it."""
        secret = self.secret_file.read_text(encoding="ascii").strip()
        return {
            "BACKLINE_STRIPE_KEY": KEY,
            "BACKLINE_STRIPE_URL": self.address,
            "BACKLINE_STRIPE_WEBHOOK_SECRETS": secret,
            "BACKLINE_STRIPE_THIN_SECRETS": secret,
        }

    @property
    def secret_file(self) -> Path:
        """What its webhooks are signed with; nobody else may send any."""
        return self.data / SECRET

    @property
    def command(self) -> list[str]:
        """How it is started."""
        place = ["--data", str(self.data), "--port", str(self.port), "--secret-file", str(self.secret_file)]
        webhooks = [
            "--webhook",
            f"{self.site}/webhooks/stripe/",
            "--thin-webhook",
            f"{self.site}/webhooks/stripe/v2/",
        ]
        return [sys.executable, "-m", "stripe_sandbox", *place, *webhooks]


def wanted(*, data: Path, port: int, site: str) -> Sandbox | None:
    """The sandbox for this installation, or None when Stripe itself is used or nothing shall be.

    Raises:
        OSError: the data folder cannot be written, or no port is free.
    """
    if env.text("BACKLINE_STRIPE_KEY") or not make_place(data):
        return None
    return Sandbox(_free_port(port + 1), data / FOLDER, site)


def make_place(data: Path) -> bool:
    """Makes the sandbox's folder and secret in a data folder, where it is used; says whether it is.

    Raises:
        OSError: the data folder cannot be written.
    """
    key = env.text("BACKLINE_STRIPE_KEY")
    if key not in ("", KEY) or not env.flag("BACKLINE_STRIPE_SANDBOX", default=True):
        return False
    secret_key(data / FOLDER / SECRET, prefix="whsec_")
    return True


def _free_port(first: int) -> int:
    """The first free port from `first` on.

    Raises:
        OSError: none of the next ones is.
    """
    for port in range(first, min(first + PORTS_TRIED, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"none of the ports {first} to {first + PORTS_TRIED - 1} is free for the Stripe sandbox")
