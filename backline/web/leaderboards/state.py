"""What is chosen on the Leaderboards page. All of it is in the address; what makes no sense has its default."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from backline.domain.boards import SPANS, Board, Span, default_span

PATH = "/dashboard/leaderboards/"
LONGEST_WORDS = 80


@dataclass(frozen=True)
class State:
    """The board, its period, the page, and the words of a search."""

    artist: str
    board: Board
    span: Span
    page: int
    words: str

    def address(
        self, *, board: Board | None = None, span: Span | None = None, q: str | None = None, page: int = 1
    ) -> str:
        """This page with some choices changed: another board begins with its own period, all at the first page."""
        board = board or self.board
        span = span or (self.span if board is self.board else default_span(board))
        words = self.words if q is None else q
        asked = {"artist": self.artist, "board": board.value, "period": span.value, "q": words}
        kept = {name: value for name, value in asked.items() if value}
        return f"{PATH}?{urlencode(kept | ({'page': str(page)} if page > 1 else {}))}"

    @property
    def paged(self) -> str:
        """The address up to the number of the page."""
        return f"{self.address()}&page="


def state_of(request: HttpRequest, *, artist: str) -> State:
    """Reads the choices."""
    asked = request.GET
    names = {board.value: board for board in Board}
    board = names.get(asked.get("board", "").lower(), Board.OVERALL)
    spans = {span.value: span for span in SPANS[board]}
    page = asked.get("page", "")
    return State(
        artist=artist,
        board=board,
        span=spans.get(asked.get("period", ""), default_span(board)),
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
        words=asked.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS],
    )
