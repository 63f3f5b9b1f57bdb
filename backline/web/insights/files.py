"""Charts as SVG files that stand alone: colours and fonts written into them, a title above, white paper below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from backline.web.charts import world
from backline.web.charts.palette import colours
from backline.web.insights import audience, heard, results
from backline.web.insights.overtime import OverTime
from backline.web.render import jinja

HEAD, PAD = 44, 20
LINE, BAR_WIDTH = 26, 640
_CURSOR = re.compile(r"<g data-cursor.*?</g>", re.DOTALL)
_SVG = re.compile(r'<svg [^>]*viewBox="([\d. -]+)"[^>]*>')
STYLE = """
text{{font:500 11px "Hanken Grotesk",system-ui,sans-serif;fill:{text-3}}}.title{{font-size:15px;fill:{text}}}
.end{{text-anchor:end}}.mid{{text-anchor:middle}}.strong{{fill:{text}}}.grid{{stroke:{grid}}}
.axis{{stroke:{line-2}}}.line{{fill:none;stroke-width:1.75}}.dashed{{stroke-dasharray:3 4}}
.area{{fill-opacity:.09}}.cursor{{stroke:{text-3};stroke-dasharray:2 3}}.s1{{fill:{data-1}}}.s2{{fill:{data-2}}}
.s3{{fill:{data-3}}}.s4{{fill:{data-4}}}.s5{{fill:{data-5}}}.s6{{fill:{data-6}}}
.line.s1{{fill:none;stroke:{data-1}}}.line.s6{{fill:none;stroke:{data-6}}}.mark{{fill:{text}}}
.peaks,.played{{stroke:{unlit};stroke-width:3}}.c3{{fill:{data-4}}}.c2{{fill:{data-3}}}.c1{{fill:{data-5}}}
.land{{fill:{track};stroke:{panel}}}.track{{fill:{grid}}}.h0{{fill:{cal-0}}}.h1{{fill:{cal-x1}}}
.h2{{fill:{cal-x2}}}.h3{{fill:{cal-x3}}}.h4{{fill:{accent}}}.m1{{fill:{cal-x2}}}.m2{{fill:{cal-x3}}}
.m3{{fill:{data-2}}}.m4{{fill:{accent}}}
"""


@dataclass(frozen=True)
class Drawing:
    """What to draw in a box of so many units; `body` is SVG."""

    width: float
    height: float
    body: str

    def file(self, title: str) -> str:
        """The whole file."""
        width, height = self.width + 2 * PAD, self.height + HEAD + PAD
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
            f' height="{height:g}"><title>{escape(title)}</title><style>{_style()}</style>'
            f'<rect width="100%" height="100%" fill="{colours()["panel"]}" />'
            f'<text class="title" x="{PAD}" y="28">{escape(title)}</text>'
            f'<g transform="translate({PAD} {HEAD})">{self.body}</g></svg>'
        )


def drawing_of(found: Any) -> Drawing | None:
    """The drawing of a block; None for tables and for charts that have nothing to show yet."""
    if isinstance(found, OverTime):
        return _macro("components/charts", "days_svg", found.wide, found.days, found.says, found.long, "wide")
    if isinstance(found, heard.Curve):
        return _macro("insights/drawn", "retention_svg", found.wide, found, "wide", 0) if found.wide else None
    if isinstance(found, heard.Durations):
        return _macro("insights/drawn", "durations_svg", found.wide, found, "wide half")
    if isinstance(found, results.FirstWeek):
        return _macro("insights/drawn", "start_svg", found.wide, found, "wide half") if found.wide else None
    if isinstance(found, audience.Week):
        return _macro("insights/drawn", "heat_svg", found.map, found.busiest)
    return _map(found) if isinstance(found, audience.Locations) else _bars(found)


def _bars(found: Any) -> Drawing | None:
    """Blocks that are lists of bars."""
    if isinstance(found, results.Funnel):
        return _bar_lines([(step.name, step.count, step.bar_bp) for step in found.steps])
    if isinstance(found, heard.Completion):
        return _bar_lines([(line.name, line.listens, line.share_bp) for line in found.lines])
    if isinstance(found, audience.Sources):
        return _bar_lines([(row.name, row.plays, row.share_bp) for row in found.list.rows])
    if isinstance(found, audience.Devices):
        rows = [row for group in found.groups for row in group.rows]
        return _bar_lines([(row.name, row.plays, row.share_bp) for row in rows])
    if isinstance(found, audience.Newcomers):
        whole = max(found.total, 1)
        pairs = (("New", found.found.new), ("Returning", found.found.returning))
        return _bar_lines([(name, count, count * 10_000 // whole) for name, count in pairs])
    return None


def _macro(template: str, name: str, *inputs: Any) -> Drawing:
    """What a macro draws, without what only a page can use."""
    module: Any = jinja().get_template(f"{template}.html").module
    drawn = _CURSOR.sub("", str(getattr(module, name)(*inputs)))
    match = _SVG.search(drawn)
    assert match is not None
    left, top, width, height = map(float, match[1].split())
    nested = f'<svg viewBox="{match[1]}" x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}">'
    return Drawing(width, height, drawn[: match.start()] + nested + drawn[match.end() :])


def _map(found: audience.Locations) -> Drawing:
    left, top, width, height = map(float, world.BOX.split())
    shades = "".join(
        f'<path class="m{shade.level}" d="{world.shapes()[shade.code]}" />' for shade in found.map.shades
    )
    body = f'<path class="land" d="{world.land()}" />{shades}'
    moved = f'<g transform="translate({-left:g} {-top:g})">{body}</g>'
    listed = _bar_lines([(row.name, row.plays, row.share_bp) for row in found.list.rows])
    below = f'<g transform="translate(0 {height + PAD:g})">{listed.body}</g>'
    return Drawing(width, height + PAD + listed.height, moved + below)


def _bar_lines(rows: list[tuple[str, int, int]]) -> Drawing:
    parts = []
    for index, (name, count, bp) in enumerate(rows):
        y = index * LINE
        parts.append(
            f'<text class="strong" x="0" y="{y + 11}">{escape(name)}</text>'
            f'<text class="end" x="{BAR_WIDTH}" y="{y + 11}">{count:,}</text>'
            f'<rect class="track" y="{y + 15}" width="{BAR_WIDTH}" height="3" />'
            f'<rect class="s2" y="{y + 15}" width="{bp * BAR_WIDTH / 10_000:.1f}" height="3" />'
        )
    return Drawing(BAR_WIDTH, max(LINE, LINE * len(rows)), "".join(parts))


@lru_cache(maxsize=1)
def _style() -> str:
    return STYLE.format_map(colours()).replace("\n", "")
