"""Files of others: exactly those of the manifest, unchanged, each with its licence; and the scripts stay light."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest

from tests.architecture.tree import PACKAGE

STATIC = PACKAGE / "static"
VENDOR = STATIC / "vendor"
MANIFEST: list[dict[str, str]] = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
SCRIPT_BUDGET_BYTES = 60_000


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_file_is_what_the_manifest_says(entry: dict[str, str]):
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert entry["licence"] in {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"}
    assert (VENDOR / entry["licence_file"]).read_text(encoding="utf-8").strip()
    assert entry["version"]


def test_nothing_else_is_vendored():
    listed = {name for entry in MANIFEST for name in (entry["file"], entry["licence_file"])}
    assert {path.name for path in VENDOR.iterdir()} == listed | {"manifest.json"}


def test_all_scripts_together_stay_light():
    scripts = [*(STATIC / "js").glob("*.js"), *VENDOR.glob("*.js")]
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= SCRIPT_BUDGET_BYTES
