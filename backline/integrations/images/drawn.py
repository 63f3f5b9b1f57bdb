"""Drawn covers: eight styles in which the beat's waveform shapes the picture and its genre the colours.

SVG of 120 by 120 units without text, styles or scripts, under 6 KB, always the same for the same beat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from backline.domain.waveform import normalise, reduce
from backline.integrations.images.colours import Dice, Palette, palette

SIDE = 120


class Sheet(NamedTuple):
    """What a style draws from: loudness 0 to 255, colours, and dice for everything else."""

    peaks: bytes
    colours: Palette
    dice: Dice

    def loudness(self, count: int, *, most: int, least: int = 0) -> list[int]:
        """`count` figures from `least` to `most` that follow the waveform."""
        bars = normalise(reduce(self.peaks, count))
        return [least + bar * (most - least) // 255 for bar in bars]


def cover(style: str, *, peaks: bytes, genre: str, seed: str) -> str:
    """The drawn cover of a beat as SVG text. `seed` is what tells the beat from all others, such as its id.

    Raises:
        KeyError: `style` is not in `STYLES`.
    """
    colours = palette(genre, seed)
    # Without a waveform yet, the seed draws one.
    shape = peaks or bytes(Dice("peaks", seed).between(60, 255) for _ in range(64))
    inner = _DRAWINGS[style](Sheet(shape, colours, Dice(style, seed)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{colours.ground}"/>{inner}</svg>'
    )


def _circle(x: int, y: int, radius: int, fill: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>'


def _horizon(sheet: Sheet) -> str:
    """A disc over lines of water."""
    c, dice = sheet.colours, sheet.dice
    lines = []
    for row, swell in enumerate(sheet.loudness(6, least=2, most=11)):
        y = 64 + 9 * row
        way = f"M0 {y}Q30 {y - swell} 60 {y}T120 {y}"
        lines.append(f'<path d="{way}" fill="none" stroke="{c.ink}" stroke-width="{2.6 - row * 0.3:.1f}"/>')
    disc = _circle(dice.between(30, 90), dice.between(28, 42), dice.between(12, 20), c.spot)
    return "".join(lines) + disc


def _skyline(sheet: Sheet) -> str:
    """Towers as tall as the music is loud, a light in some of them."""
    c, dice = sheet.colours, sheet.dice
    moon = _circle(dice.between(18, 102), dice.between(16, 26), dice.between(5, 9), c.light)
    towers = []
    for number, height in enumerate(sheet.loudness(10, least=26, most=84)):
        height = max(20, height - dice.between(0, 24))
        x, y = 5 + 11 * number, SIDE - height
        fill = (c.deep, c.middle)[dice.between(0, 2) == 0]
        towers.append(f'<rect x="{x}" y="{y}" width="10" height="{height}" fill="{fill}"/>')
        for _ in range(dice.between(0, 3)):
            light_x, light_y = x + dice.between(0, 1) * 4 + 2, y + 5 + 7 * dice.between(0, height // 9)
            towers.append(f'<rect x="{light_x}" y="{light_y}" width="2.5" height="3" fill="{c.spot}"/>')
    return moon + "".join(towers)


def _rings(sheet: Sheet) -> str:
    """A record seen from above: each groove as wide as its passage is loud."""
    c, dice = sheet.colours, sheet.dice
    x, y = (60, 60) if dice.between(0, 1) else (dice.between(20, 100), dice.between(20, 100))
    far = 56 if (x, y) == (60, 60) else 110
    grooves = sheet.loudness(far // 8, least=20, most=60)
    rings = [
        f'<circle cx="{x}" cy="{y}" r="{6 + 8 * number}" stroke-width="{(width - dice.between(0, 12)) / 10:.1f}"/>'
        for number, width in enumerate(grooves)
    ]
    grooves_drawn = f'<g fill="none" stroke="{c.ink}">{"".join(rings)}</g>'
    return grooves_drawn + _circle(x, y, dice.between(4, 9), c.spot)


def _dots(sheet: Sheet) -> str:
    """A halftone of the waveform, one dot in the bright colour."""
    c, dice = sheet.colours, sheet.dice
    rows = dice.between(5, 7)
    pitch, bright = 100 / rows, dice.between(0, rows * rows - 1)
    most = int(pitch * 4.6)
    dots = []
    for number, radius in enumerate(sheet.loudness(rows * rows, least=14, most=most)):
        x, y = 10 + pitch * (number % rows + 0.5), 10 + pitch * (number // rows + 0.5)
        radius = max(14, radius - dice.between(0, most * 2 // 3))
        fill = c.spot if number == bright else c.ink
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius / 10:.1f}" fill="{fill}"/>')
    return "".join(dots)


def _ribbons(sheet: Sheet) -> str:
    """Broad bands that rise and fall together, their width from the music."""
    c, dice = sheet.colours, sheet.dice
    up, down = dice.between(16, 40), dice.between(16, 40)
    bands, fills = [], (c.light, c.middle, c.spot, c.deep)
    for row, width in enumerate(sheet.loudness(9, least=4, most=11)):
        y = -8 + 16 * row
        way = f"M-10 {y}C30 {y - up} 70 {y + down} 130 {y - up // 3}"
        bands.append(f'<path d="{way}" fill="none" stroke="{fills[row % 4]}" stroke-width="{width}"/>')
    return "".join(bands)


def _tiles(sheet: Sheet) -> str:
    """A wall of squares, brighter where the music is louder."""
    c, dice = sheet.colours, sheet.dice
    shades = (c.ground, c.deep, c.middle, c.spot, c.light)
    tiles = []
    for number, level in enumerate(sheet.loudness(64, most=3)):
        shade = max(0, min(4, level + dice.between(-2, 1)))
        if shade:
            x, y = 15 * (number % 8), 15 * (number // 8)
            tiles.append(f'<rect x="{x}" y="{y}" width="15" height="15" fill="{shades[shade]}"/>')
    return "".join(tiles)


def _arches(sheet: Sheet) -> str:
    """A low sun in rings, and a small one far away."""
    c, dice = sheet.colours, sheet.dice
    x = dice.between(36, 84)
    outer, middle, inner = sorted(sheet.loudness(3, least=6, most=16), reverse=True)
    radii = (66 + outer, 40 + middle, 14 + inner)
    fills = (c.spot, c.middle, c.deep)
    arches = [_circle(x, SIDE, radius, fill) for radius, fill in zip(radii, fills, strict=True)]
    far = SIDE - x + dice.between(-14, 14)
    return "".join(arches) + _circle(far, dice.between(16, 26), dice.between(5, 10), c.light)


def _eclipse(sheet: Sheet) -> str:
    """Two discs, one passing before the other, over the waveform as a thin row."""
    c, dice = sheet.colours, sheet.dice
    radius, apart = dice.between(24, 32), dice.between(9, 16)
    lean = dice.between(-10, 10)
    discs = (
        f'<circle cx="{60 - apart}" cy="{52 + lean}" r="{radius}" fill="{c.spot}" opacity=".92"/>'
        f'<circle cx="{60 + apart}" cy="{52 - lean}" r="{radius}" fill="{c.middle}" opacity=".85"/>'
    )
    way = "".join(
        f"M{13 + 4 * bar} {104 - half}v{2 * half}"
        for bar, half in enumerate(sheet.loudness(24, least=1, most=8))
    )
    return discs + f'<path d="{way}" stroke="{c.ink}" stroke-width="2"/>'


_DRAWINGS: dict[str, Callable[[Sheet], str]] = {
    "horizon": _horizon,
    "skyline": _skyline,
    "rings": _rings,
    "dots": _dots,
    "ribbons": _ribbons,
    "tiles": _tiles,
    "arches": _arches,
    "eclipse": _eclipse,
}
STYLES = tuple(_DRAWINGS)
