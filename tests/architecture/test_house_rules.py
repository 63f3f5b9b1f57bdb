"""The home lint holds, and each of its rules has teeth."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.house_rules import FORBIDDEN_FILES, RULES, Rule
from tests.architecture.tree import PACKAGE, ROOT, files, name

TEXT = (".css", ".html", ".js", ".json", ".lock", ".md", ".py", ".svg", ".toml", ".txt", "")


def concerned(rule: Rule) -> list[Path]:
    def matches(path: Path, pattern: str) -> bool:
        # In fnmatch a star also crosses folders, so `**/` must be allowed to be nothing.
        return fnmatch(name(path), pattern) or fnmatch(name(path), pattern.replace("**/", ""))

    return [
        path
        for path in files(ROOT, *TEXT)
        if matches(path, rule.where) and not any(matches(path, pattern) for pattern in rule.except_in)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_tells_good_lines_from_bad(rule: Rule):
    assert [line for line in rule.good if rule.pattern.search(line)] == []
    assert [line for line in rule.bad if not rule.pattern.search(line)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_holds(rule: Rule):
    found = [
        f"{name(path)}:{number}: {line.strip()[:100]}"
        for path in concerned(rule)
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if rule.pattern.search(line)
    ]
    assert found == [], f"{rule.why}\n" + "\n".join(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_concerns_some_file(rule: Rule):
    assert concerned(rule)


def test_every_file_name_says_what_is_inside():
    found = [
        f"{name(path)}: {FORBIDDEN_FILES[path.name]}"
        for path in files(PACKAGE, ".py")
        if path.name in FORBIDDEN_FILES
    ]
    assert found == []
