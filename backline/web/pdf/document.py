"""A sheet of A4 that text, sums and tables are written on from top to bottom."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.http import HttpResponse
from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

FONTS = Path(__file__).parent
FAMILY = "Hanken Grotesk"
INK, FAINT, LINE = 20, 105, 190
"""Greys, 0 for black."""
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it reports each table of each font
MISSING = "?"
Align = Literal["LEFT", "RIGHT"]


class Document(FPDF):
    """An A4 document. A character that the fonts (they hold Latin) lack is written as a question mark, no error."""

    def __init__(self, title: str, *, at: datetime, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.set_title(title)
        self.set_creator("Backline")
        self.set_producer("Backline")
        self.set_creation_date(at)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font(FAMILY, style, FONTS / f"hanken-grotesk-{name}.ttf")
        font = self.fonts[FAMILY.lower()]
        assert isinstance(font, TTFFont)
        self._known = set(font.cmap)
        self.set_margins(18, 16)
        self.set_auto_page_break(True, margin=20)
        self.alias_nb_pages()
        self.add_page()

    def file_id(self) -> str:
        """Of the content alone, so that the same content makes the same bytes."""
        digest = hashlib.sha256(f"{self.title} {self.foot}".encode()).hexdigest()[:32].upper()
        return f"<{digest}><{digest}>"

    def footer(self) -> None:
        """Which document this is, and which page of it."""
        self.set_y(-14)
        self._pen(7.5, grey=FAINT)
        self.cell(0, 4, self.foot)
        self.cell(0, 4, f"Page {self.page_no()} of {{nb}}", align="R")

    def shown(self, text: str) -> str:
        """The text with a question mark for what the fonts lack."""
        return "".join(sign if ord(sign) in self._known or sign == "\n" else MISSING for sign in text)

    def lacks(self, text: str) -> bool:
        """Whether the fonts lack some of it."""
        return self.shown(text) != text

    def heading(self, text: str, *, size: float = 12) -> None:
        """A heading with room above it."""
        self.ln(size / 4)
        self._pen(size, bold=True)
        self.multi_cell(0, size / 2, self.shown(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.8)

    def text_block(self, text: str, *, size: float = 8.5, grey: int = FAINT) -> None:
        """Text that wraps."""
        self._pen(size, grey=grey)
        self.multi_cell(0, size / 2, self.shown(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.8)

    def sums(self, rows: Sequence[tuple[str, str, str]], *, bold: Sequence[int] = ()) -> None:
        """What something is made of: words, an explanation, and the amount at the right."""
        for index, (words, why, amount) in enumerate(rows):
            self._pen(9.5, bold=index in bold)
            self.cell(130, 5.2, self.shown(words))
            self.cell(0, 5.2, self.shown(amount), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            if why:
                self._pen(7.5, grey=FAINT)
                self.multi_cell(130, 3.6, self.shown(why), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self._rule()

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> None:
        """A table: the first column is text, the others are figures; the last row is its sum."""
        self._pen(7.5)
        self.set_draw_color(LINE)
        figures: list[Align] = ["RIGHT"] * (len(head) - 1)
        style = FontFace(emphasis="BOLD", color=FAINT)
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=tuple(widths),
            headings_style=style,
            line_height=3.9,
            padding=(0.5, 0.6),
            text_align=("LEFT", *figures),
        ) as table:
            for row in (head, *rows):
                table.row([self.shown(cell) for cell in row])
        self.ln(1)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self.output())

    def _pen(self, size: float, *, bold: bool = False, grey: int = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(grey)

    def _rule(self) -> None:
        self.set_draw_color(LINE)
        self.line(self.l_margin, self.get_y() + 0.6, self.w - self.r_margin, self.get_y() + 0.6)
        self.ln(1.4)


def pdf_answer(name: str, file: bytes) -> HttpResponse:
    """A PDF to keep under this name."""
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
