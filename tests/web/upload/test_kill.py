"""The web server is killed while pieces arrive; the upload goes on where it was, and not a byte is another one."""

from __future__ import annotations

import http.client
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.audio_files import write_wav
from tests.processes import Installation, free_port, processes_under

pytestmark = pytest.mark.slow

PIECE = 256 * 1024
SET_UP = """
from backline.core import clock
from backline.people import actions as people
now = clock.now()
account = people.create_account("alice@example.com", name="Alice", password="x", now=now, is_staff=True)
people.create_artist(account, name="Marlo Vane", handle="marlo-vane", now=now)
scopes = ["catalog:write", "read"]
print("token:", people.issue_token(account, name="t", scopes=scopes, now=now)[1])
"""


class Api:
    """Requests that are made again while the server is away."""

    def __init__(self, place: Installation, token: str) -> None:
        self.port, self.token = place.port, token

    def ask(self, method: str, path: str, body: bytes | str = b"", **headers: str) -> tuple[int, Any]:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        give_up_s = time.monotonic() + 60
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request(method, path, body, sent)
                answer = connection.getresponse()
                content = answer.read()
                return answer.status, json.loads(content) if content else dict(answer.getheaders())
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < give_up_s
                time.sleep(0.2)
            finally:
                connection.close()


def kill_web(root: int) -> None:
    """kill -9 for the web server and its processes; the supervisor starts another one."""
    for pid in processes_under(root):
        words = Path(f"/proc/{pid}/cmdline").read_bytes() if Path(f"/proc/{pid}").exists() else b""
        if b"gunicorn" in words:
            os.kill(pid, 9)


def test_an_upload_survives_the_death_of_the_server(tmp_path: Path):
    place = Installation(tmp_path / "data", free_port())
    assert place.backline("prepare", "--empty").returncode == 0
    made = place.backline("manage", "shell", "-c", SET_UP)
    token = made.stdout.partition("token: ")[2].strip()
    assert token, made.stderr
    content = write_wav(tmp_path / "take.wav", 120).read_bytes()
    with place.running("--empty") as tree:
        api = Api(place, token)
        said = json.dumps({"name": "take.wav", "size": len(content)})
        kind = {"Content-Type": "application/json"}
        status, begun = api.ask("POST", "/api/v1/uploads", said, **kind)
        assert status == 201, begun
        here, offset, killed = f"/api/v1/uploads/{begun['id']}", 0, 0
        while offset < len(content):
            if offset > (killed + 1) * len(content) // 4:
                kill_web(tree.pid)
                killed += 1
            api.ask("PATCH", here, content[offset : offset + PIECE], **{"Upload-Offset": str(offset)})
            offset = api.ask("GET", here)[1]["offset"]
        kill_web(tree.pid)
        status, done = api.ask("POST", f"{here}/finish")
        assert (status, done["state"]) == (201, "done") and killed >= 3
    kept = [file for file in (place.data / "files").rglob("*") if file.is_file()]
    assert [file.read_bytes() == content for file in kept if file.name == "original.wav"] == [True]
    assert [file.name for file in kept if "uploads" in file.parts] == []
