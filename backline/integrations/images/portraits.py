"""Drawn portraits for artists without a picture: a poster-coloured bust, always the same for the same handle.

The face takes colours of the poster, not of skin: nothing is said about how somebody looks.
"""

from __future__ import annotations

from backline.integrations.images.colours import PALETTES, Dice

_HEADS = (
    # cap, hat, beanie
    '<path d="M36 42c2-16 12-24 24-24s22 8 24 24h10v6H36z" fill="{hair}"/>',
    '<ellipse cx="60" cy="33" rx="38" ry="7" fill="{hair}"/>'
    '<path d="M40 31c0-16 8-21 20-21s20 5 20 21z" fill="{hair}"/>',
    '<path d="M36 44c0-20 9-29 24-29s24 9 24 29z" fill="{hair}"/>'
    '<rect x="34" y="38" width="52" height="10" rx="5" fill="{spot}"/>',
    # short, to the shoulders, tied up, curls
    '<path d="M37 48c-2-22 9-32 23-32s25 10 23 32l-5-11c-11-3-25-3-36 0z" fill="{hair}"/>',
    '<path fill="{hair}" d="M34 68c-5-38 8-52 26-52s31 14 26 52l-9-5c3-13 0-22-6-26-7 5-17 7-26 6-4 6-4 14-2 20z"/>',
    '<circle cx="60" cy="13" r="10" fill="{hair}"/>'
    '<path d="M36 52c-3-24 9-33 24-33s27 9 24 33l-6-14c-11-5-25-5-36 0z" fill="{hair}"/>',
    '<g fill="{hair}"><circle cx="40" cy="36" r="11"/><circle cx="48" cy="25" r="11"/><circle cx="60" cy="21" r="11"/>'
    '<circle cx="72" cy="25" r="11"/><circle cx="80" cy="36" r="11"/>'
    '<circle cx="36" cy="48" r="8"/><circle cx="84" cy="48" r="8"/></g>',
    # headphones
    '<path d="M38 46c-1-20 9-29 22-29s23 9 22 29l-5-9H43z" fill="{hair}"/>'
    '<path d="M34 52a26 30 0 0 1 52 0" fill="none" stroke="{spot}" stroke-width="5"/><g fill="{spot}">'
    '<rect x="29" y="46" width="10" height="19" rx="5"/><rect x="81" y="46" width="10" height="19" rx="5"/></g>',
)
_EXTRAS = (
    "",
    "",
    # dark glasses, beard
    '<g fill="{hair}"><rect x="42" y="46" width="15" height="9" rx="4"/>'
    '<rect x="63" y="46" width="15" height="9" rx="4"/><rect x="55" y="48" width="10" height="2"/></g>',
    '<path d="M39 56c2 22 10 26 21 26s19-4 21-26c-5 9-9 10-21 10s-16-1-21-10z" fill="{hair}"/>',
)


def portrait(handle: str) -> str:
    """The drawn portrait of an artist as SVG text, for a round or square frame."""
    dice = Dice("portrait", handle.lower())
    colours = PALETTES[dice.between(0, len(PALETTES) - 1)]
    head = _HEADS[dice.between(0, len(_HEADS) - 1)]
    extra = _EXTRAS[dice.between(0, len(_EXTRAS) - 1)]
    # Light shows on a dark ground only.
    face = colours.light if colours.is_dark and dice.between(0, 1) else colours.middle
    parts = (head + extra).format(hair=colours.deep, spot=colours.spot)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
        f'<rect width="120" height="120" fill="{colours.ground}"/>'
        f'<path d="M14 128c0-30 18-44 46-44s46 14 46 44z" fill="{colours.spot}"/>'
        f'<rect x="49" y="66" width="22" height="26" fill="{face}"/>'
        f'<ellipse cx="60" cy="50" rx="22" ry="26" fill="{face}"/>{parts}</svg>'
    )
