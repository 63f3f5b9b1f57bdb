"""`backline run` as a whole: one process tree that starts, stays and stops together."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import time
import urllib.request
from pathlib import Path

import pytest

from backline import sandbox
from tests.processes import Installation, free_port, processes_under, resident_mb

IDLE_BUDGET_MB = 400
SANDBOX_BUDGET_MB = 60


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data", free_port())


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def gone(pids: list[int], *, within_s: float = 15) -> bool:
    give_up_s = time.monotonic() + within_s
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > give_up_s:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_everything_on_a_signal(installation: Installation, number: signal.Signals):
    with installation.running("--empty") as tree:
        assert answers(installation.address)
        everything = list(processes_under(tree.pid))
        assert len(everything) >= 6  # supervisor, web server and its two processes, worker, Stripe sandbox
        tree.send_signal(number)
        assert tree.wait(timeout=20) == 0
        assert gone(everything)
    assert installation.log.read_text().rstrip().endswith("Backline has stopped.")


@pytest.mark.slow
def test_killing_the_supervisor_outright_ends_the_rest(installation: Installation):
    with installation.running("--empty") as tree:
        everything = list(processes_under(tree.pid))
        tree.kill()
        tree.wait()
        assert gone(everything)


@pytest.mark.slow
def test_a_killed_web_server_and_worker_come_back(installation: Installation):
    with installation.running("--empty") as tree:
        children = [pid for pid in processes_under(tree.pid) if os.getpgid(pid) == pid and pid != tree.pid]
        assert len(children) == 3
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        assert gone(children)
        give_up_s = time.monotonic() + 20
        while not answers(installation.address):
            assert time.monotonic() < give_up_s
            time.sleep(0.1)
    log = installation.log.read_text()
    assert "The web server ended (killed by SIGKILL); starting it again." in log
    assert "The worker ended (killed by SIGKILL); starting it again." in log
    assert "The Stripe sandbox ended (killed by SIGKILL); starting it again." in log


@pytest.mark.slow
def test_a_second_start_is_quick_and_the_tree_is_small(installation: Installation):
    with installation.running("--empty"):
        pass
    key = (installation.data / "secret.key").read_text()
    started_s = time.monotonic()
    with installation.running("--empty") as tree:
        assert time.monotonic() - started_s < 5
        time.sleep(2)
        assert sum(resident_mb(pid) for pid in processes_under(tree.pid)) < IDLE_BUDGET_MB
    assert (installation.data / "secret.key").read_text() == key


@pytest.mark.slow
def test_a_second_one_on_the_same_data_folder_is_refused(installation: Installation):
    with installation.running("--empty") as tree:
        second = Installation(installation.data, free_port()).backline("run", "--empty")
        assert second.returncode == 1
        assert second.stderr == (
            f"backline: Backline already runs on {installation.data} (process {tree.pid}); "
            "stop it first, or choose another folder with BACKLINE_DATA=/some/folder.\n"
        )


def test_a_used_port_is_said_in_one_line(installation: Installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        result = installation.backline("run")
    assert result.returncode == 1
    assert result.stderr == (
        f"backline: port {installation.port} is in use; "
        f"stop what uses it, or choose another: BACKLINE_PORT={installation.port + 1} bin/run\n"
    )


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "file").touch()
    result = Installation(tmp_path / "file" / "data", free_port()).backline("run")
    assert result.returncode == 1
    assert result.stderr == (
        f"backline: cannot write in {tmp_path}/file/data (not a directory); "
        "choose another folder with BACKLINE_DATA=/some/folder.\n"
    )


def test_a_port_that_is_no_number_is_said_in_one_line(installation: Installation):
    result = installation.backline("run", BACKLINE_PORT="eighty")
    assert result.returncode == 1
    assert result.stderr == "backline: BACKLINE_PORT must be a whole number, not 'eighty'.\n"


@pytest.mark.slow
def test_the_sandbox_is_small_keeps_its_secret_and_can_be_left_out(installation: Installation):
    secret = installation.data / sandbox.FOLDER / "webhook.secret"
    with installation.running("--empty") as tree:
        kept = secret.read_text()
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        [address] = re.findall(r"Payments are tried at (\S+)", installation.log.read_text())
        with urllib.request.urlopen(address, timeout=5) as page:
            assert "Stripe sandbox" in page.read().decode()
        own = [
            pid
            for pid in processes_under(tree.pid)
            if "stripe_sandbox" in Path(f"/proc/{pid}/cmdline").read_text()
        ]
        assert len(own) == 1 and resident_mb(own[0]) < SANDBOX_BUDGET_MB
    with installation.running("--empty"):
        assert secret.read_text() == kept


@pytest.mark.parametrize(
    "reason", [{"BACKLINE_STRIPE_KEY": "sk_test_own"}, {"BACKLINE_STRIPE_SANDBOX": "off"}]
)
def test_no_sandbox_where_stripe_is_used_or_nothing_shall_be_paid(
    reason: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name, value in reason.items():
        monkeypatch.setenv(name, value)
    assert sandbox.wanted(data=tmp_path, port=8000, site="http://127.0.0.1:8000") is None
    assert not (tmp_path / sandbox.FOLDER).exists()


def test_the_sandbox_takes_the_next_free_port_and_tells_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("BACKLINE_STRIPE_KEY", raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = sandbox.wanted(data=tmp_path, port=port - 1, site="http://127.0.0.1:8000")
    assert found is not None and found.port > port
    told = found.environment
    assert told["BACKLINE_STRIPE_URL"] == f"http://127.0.0.1:{found.port}"
    assert told["BACKLINE_STRIPE_WEBHOOK_SECRETS"].startswith("whsec_")
