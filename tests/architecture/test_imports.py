"""Imports go down only: the contracts of pyproject.toml hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT

PACKAGES = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
PROGRAM = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


def test_the_contracts_catch_an_import_upwards(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    for package in ("", *PACKAGES):
        folder = tmp_path / "backline" / package
        folder.mkdir()
        (folder / "__init__.py").touch()
    (tmp_path / "stripe_sandbox").mkdir()
    (tmp_path / "stripe_sandbox" / "__init__.py").touch()
    for module in ("run", "sandbox", "signins", "env", "settings", "core/supervisor", "catalog/models"):
        (tmp_path / "backline" / f"{module}.py").touch()
    assert lint(tmp_path).returncode == 0
    (tmp_path / "backline" / "people" / "actions.py").write_text("from backline.catalog import models\n")
    broken = lint(tmp_path)
    assert broken.returncode == 1
    assert "backline.people is not allowed to import backline.catalog" in broken.stdout


def test_every_package_is_a_layer():
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = " ".join(contracts[0]["layers"])
    layers = named.replace("(", " ").replace(")", " ").split()
    assert [package for package in PACKAGES if package not in layers] == []
