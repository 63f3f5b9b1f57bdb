"""Home lint: rules about single lines. Each carries lines that it must let pass and lines that it must catch."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEMPLATES = "backline/web/**/*.html"
PYTHON = "backline/**/*.py"


@dataclass(frozen=True)
class Rule:
    """A pattern that no line of the named files may hold."""

    name: str
    why: str
    where: str
    """Glob from the root of the project."""
    pattern: re.Pattern[str]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    except_in: tuple[str, ...] = ()
    """Globs of files where it is right all the same."""


RULES = [
    Rule(
        name="no style attributes",
        why="The content policy forbids them; data goes into SVG attributes, looks into classes.",
        where=TEMPLATES,
        pattern=re.compile(r"""[\s"']style\s*="""),
        good=(
            '<div class="style-guide">',
            '<rect width="{{ bar.width }}">',
            '{{ swatch(style="dark") }}'[3:8],
        ),
        bad=('<div style="width: 10%">', "<p class='a' style='color:red'>"),
    ),
    Rule(
        name="no inline scripts",
        why="The content policy forbids them; a script is a module under static/js bound by a data- attribute.",
        where=TEMPLATES,
        pattern=re.compile(r"<script(?![^>]*\s(src=|type=\"application/(ld\+)?json\"))", re.IGNORECASE),
        good=('<script type="module" src="{{ static(\'js/app.js\') }}"></script>', "<noscript>"),
        bad=("<script>alert(1)</script>", '<script type="module">'),
    ),
    Rule(
        name="no inline handlers",
        why="The content policy forbids them, and htmx may not evaluate either.",
        where=TEMPLATES,
        pattern=re.compile(r"""([\s"']on[a-z]+\s*=\s*["']|\shx-on|["']javascript:)""", re.IGNORECASE),
        good=('<button data-menu-open="account">', '<a href="/program/">', '<option value="on">'),
        bad=(
            '<a onclick="go()">',
            "<img onerror='x'>",
            '<div hx-on:click="x">',
            '<a href="javascript:void(0)">',
        ),
    ),
    Rule(
        name="no clock but core/clock.py",
        why="`now` is an argument, so that a rule can be tested at any instant and a rebuild gives the same result.",
        where=PYTHON,
        pattern=re.compile(
            r"\b(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time)\(|\btimezone\.local(date|time)\(\)"
        ),
        good=(
            "now = clock.now()",
            "moment = datetime.fromtimestamp(seconds, UTC)",
            "started = time.monotonic()",
        ),
        bad=("datetime.now(UTC)", "timezone.now()", "today = date.today()", "time.time()"),
        except_in=("backline/core/clock.py",),
    ),
    Rule(
        name="rules do not ask the clock",
        why="Only views, jobs and commands know what time it is; they hand it down.",
        where=PYTHON,
        pattern=re.compile(r"(from backline\.core import .*\bclock\b|from backline\.core\.clock import)"),
        good=("from backline.core import files",),
        bad=("from backline.core import clock, files", "from backline.core.clock import now"),
        except_in=(
            "backline/web/**/*.py",
            "backline/**/jobs.py",
            "backline/cli.py",
            "backline/worker.py",
            "backline/prepare.py",
            "backline/people/models/accounts.py",  # the default of a column, for `createsuperuser`
            "backline/demo/*.py",
        ),
    ),
    Rule(
        name="views fetch through the door",
        why="What a person may see is decided in web/access and in queries, not in a view.",
        where="backline/web/**/views.py",
        pattern=re.compile(r"(\.objects\b|get_object_or_404|get_list_or_404)"),
        good=("beat = access.beat_for_member(request, beat_id)",),
        bad=("Beat.objects.get(pk=beat_id)", "get_object_or_404(Beat, pk=beat_id)"),
    ),
    Rule(
        name="no package addresses",
        why="Where packages come from is the machine's own setting.",
        where="**/*",
        pattern=re.compile(
            r"(https?://[^\s\"'`]*(pypi|pythonhosted|npmjs)|--(extra-)?index-url[ =]\S|--find-links[ =]\S)"
        ),
        good=("uv pip compile --no-emit-index-url", "https://example.com/mirror"),
        bad=(
            "--index-url https://example.com/simple",
            "--find-links=/some/folder",
            "https://files.npmjs.example/x.tgz",
        ),
        except_in=("tests/architecture/house_rules.py",),
    ),
]

FORBIDDEN_FILES = {
    "services.py": "say what it does: actions.py writes, queries.py reads",
    "utils.py": "put each function where its subject lives",
    "helpers.py": "put each function where its subject lives",
    "signals.py": "call the action that should happen; nothing listens",
}
