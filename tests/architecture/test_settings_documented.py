"""docs/settings.md names every setting that the code reads, and no other."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import PACKAGE, ROOT, files

READERS = {"text", "flag", "number", "words"}


def read_by_code() -> set[str]:
    found = set()
    for path in files(PACKAGE, ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.func.attr in READERS
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def documented() -> set[str]:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert read_by_code() == documented()


def test_the_environment_is_read_in_one_place_only():
    readers = {
        path.name
        for path in files(PACKAGE, ".py")
        if re.search(r"os\.(environ\.get\(|environ\[|getenv\()[\"']", path.read_text(encoding="utf-8"))
    }
    assert readers <= {"env.py"}
