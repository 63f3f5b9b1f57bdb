"""The lock files: every package pinned by hash, no address in them, and each dependency with its reason."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for(*, dev: bool) -> set[str]:
    lines = list(PROJECT["project"]["dependencies"])
    if dev:
        lines += PROJECT["dependency-groups"]["dev"]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def pinned(lock: str) -> dict[str, str]:
    """Version by package."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==([^ ;]+)", "\n".join(lines), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address_or_folder(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|^\s*-[a-z-]*(?:index|links)|^\s*/", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_by_hash(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert [
        entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry
    ] == []


def test_locks_hold_what_the_project_asks_for_and_agree():
    run, dev = (pinned(lock) for lock in LOCKS)
    assert asked_for(dev=False) <= set(run)
    assert asked_for(dev=True) <= set(dev)
    assert {package: version for package, version in run.items() if dev.get(package) != version} == {}


def test_every_dependency_has_its_reason():
    text = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    reasons = {canonicalize_name(package) for package in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)}
    extras = {
        Requirement(line).name
        for lines in PROJECT["project"]["optional-dependencies"].values()
        for line in lines
    }
    assert reasons == asked_for(dev=True) | {canonicalize_name(extra) for extra in extras}
