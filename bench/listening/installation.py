"""An installation of its own for measurements: a data folder with beats and a token, a web server, maybe a worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
TICK_S = 1 / os.sysconf("SC_CLK_TCK")
READY_WITHIN_S = 60.0


@dataclass
class Installation:
    """What runs on one data folder. `parts` are its process trees by name: `web` and `worker`."""

    data: Path
    address: str
    token: str
    beats: list[int]
    artists: list[int]
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Starts `web` or `worker`; the web server answers when this returns."""
        self.parts[name] = subprocess.Popen(
            [sys.executable, "-m", "backline", name],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            process_group=0,
        )
        give_up = time.monotonic() + READY_WITHIN_S
        while name == "web" and not self._answers():
            if time.monotonic() > give_up:
                raise SystemExit("the web server does not answer")
            time.sleep(0.05)

    def kill(self, name: str) -> None:
        """SIGKILL for all processes of a part at once."""
        part = self.parts.pop(name)
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()

    def stop(self) -> None:
        """Ends every part in good order."""
        for part in self.parts.values():
            part.terminate()
        for part in self.parts.values():
            part.wait()
        self.parts.clear()

    def cpu_s(self, name: str) -> float:
        """CPU seconds, user and system, that the living processes of a part have used."""
        fields = (_stat(process) for process in self.processes(name))
        return sum((int(some[11]) + int(some[12])) * TICK_S for some in fields)

    def resident_mb(self, name: str) -> list[int]:
        """Resident memory of each process of a part."""
        return [
            int(_stat(process)[21]) * os.sysconf("SC_PAGE_SIZE") >> 20 for process in self.processes(name)
        ]

    def processes(self, name: str) -> list[int]:
        """The process ids of a part: its first process leads a group of its own."""
        group = str(self.parts[name].pid)
        found = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
        return [process for process in found if _stat(process)[2:3] == [group]]

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name != "LISTENING_URL"}
        port = self.address.rpartition(":")[2]
        return ours | {"BACKLINE_DATA": str(self.data), "BACKLINE_PORT": port, "BACKLINE_LOG_LEVEL": "ERROR"}


def make(data: Path, *, artists: int = 20, beats: int = 1_000) -> Installation:
    """A new installation in an empty folder, on a free port, with nothing started yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (data / "static").mkdir(parents=True)
    new = Installation(data, f"http://127.0.0.1:{port}", "", [], [])
    command = [sys.executable, "-m", "bench.listening.installation", str(artists), str(beats)]
    said = subprocess.run(
        command, cwd=ROOT, env=new._environment(), check=True, stdout=subprocess.PIPE, text=True
    )
    world = json.loads(said.stdout.splitlines()[-1])
    new.token, new.beats, new.artists = world["token"], world["beats"], world["artists"]
    return new


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return []


def _fill(artists: int, beats: int) -> None:
    """In a process of its own: both stores, people, beats, a token; said as one line of JSON."""
    from django.core.management import call_command

    from backline.core import clock
    from backline.people import actions as people
    from backline.people.models import Token
    from tests.listening.world import make_beat

    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    owner = people.create_account("alice@example.com", name="Alice", password=None, now=now, is_staff=True)
    made = [
        people.create_artist(owner, name=f"Artist {n}", handle=f"artist-{n}", now=now) for n in range(artists)
    ]
    _, token = people.issue_token(owner, name="load", scopes=[Token.Scope.EVENTS_WRITE], now=now)
    ids = [make_beat(made[n % artists], now=now, name=f"Beat {n}").pk for n in range(beats)]
    print(json.dumps({"token": token, "beats": ids, "artists": [artist.pk for artist in made]}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")
    import django

    django.setup()
    _fill(*map(int, sys.argv[1:]))
