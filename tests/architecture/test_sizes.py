"""Files and functions stay small enough to be read at once.

Where one is rightly longer, it says why: `# long: the reason` in Python, `{# long: … #}` in a template, `/* long: … */`
in CSS or JavaScript.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, SANDBOX, files, name

REASON = re.compile(r"(#|\{#|/\*|//)\s*long: \S")
FUNCTION_LINES = 30


def too_long(paths: Iterator[Path], limit: int) -> list[str]:
    """The files over the limit that give no reason, with their length."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > limit and not REASON.search(text):
            found.append(f"{name(path)}: {lines} lines, at most {limit}")
    return found


def long_functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and length of the functions over the limit; the docstring does not count."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        docstring = node.body[0] if ast.get_docstring(node) is not None else None
        prose = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
        length = (node.end_lineno or node.lineno) - node.lineno + 1 - prose
        own = "\n".join(lines[node.lineno - 2 : node.end_lineno])
        if length > FUNCTION_LINES and not REASON.search(own):
            yield node.name, length


def test_python_files():
    ours = (
        path for folder in (PACKAGE, SANDBOX, ROOT / "tests", ROOT / "bench") for path in files(folder, ".py")
    )
    found = too_long((path for path in ours if "migrations" not in path.parts), 300)
    assert found == [], "\n".join(found)


def test_domain_files():
    found = too_long(files(PACKAGE / "domain", ".py"), 149)
    assert found == [], "\n".join(found)


def test_templates():
    found = too_long(files(PACKAGE / "web", ".html"), 120)
    assert found == [], "\n".join(found)


def test_stylesheets():
    found = too_long(files(PACKAGE / "static" / "css", ".css"), 300)
    assert found == [], "\n".join(found)


def test_scripts():
    scripts = (path for path in files(PACKAGE / "static" / "js", ".js") if path.stem not in {"player"})
    found = too_long(scripts, 60)
    assert found == [], "\n".join(found)


def test_functions():
    found = [
        f"{name(path)}: {function} has {length} lines, at most {FUNCTION_LINES}"
        for folder in (PACKAGE, SANDBOX)
        for path in files(folder, ".py")
        if "migrations" not in path.parts
        for function, length in long_functions(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "\n".join(found)


def test_the_measure_catches_a_long_function_and_accepts_a_reason():
    body = "    x = 1\n" * FUNCTION_LINES
    assert list(long_functions(f"def f():\n{body}")) == [("f", FUNCTION_LINES + 1)]
    assert list(long_functions(f'def f():\n    """Says\n    much."""\n{body[:-10]}')) == []
    assert list(long_functions(f"# long: one table\ndef f():\n{body}")) == []
