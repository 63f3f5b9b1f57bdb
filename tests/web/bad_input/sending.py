"""Sends a body and looks at what comes of it, in a transaction that is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from tests.architecture.matrix.asking import Asker
from tests.web.bad_input.attacks import Body

# What XML forbids and no page may hold; the C1 controls come in only as characters that somebody typed.
BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Sender:
    """Sends as somebody of the cast."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    def page(self, who: str, address: str) -> str:
        """The page as text; empty when there is none."""
        with self._taken_back():
            answer = self.asker.send("GET", address, who)
            text = _text(answer) if answer.status_code == 200 else ""
            answer.close()  # it may be a file
            return text

    def complaints(self, who: str, address: str, sent: Body, *, times: int = 1) -> Iterator[str]:
        """What is wrong with the answer to this body, sent so many times, and with the page it leads to."""
        what, body, kind = sent
        with self._taken_back():
            for _ in range(times):
                answer = self.asker.send("POST", address, who, body=body, kind=kind)
            yield from (f"{what}: {each}" for each in self._judged(answer, who, address))

    def _judged(self, answer: HttpResponse, who: str, address: str) -> Iterator[str]:
        if answer.status_code >= 500:
            yield f"answered {answer.status_code}"
        elif answer.status_code in (301, 302, 303):
            place = urlsplit(answer.headers["Location"])
            if place.netloc in ("", "testserver"):
                after = self.asker.send("GET", f"{place.path}?{place.query}", who)
                if after.status_code >= 500:
                    yield f"led to {place.path}, which answered {after.status_code}"
                yield from _broken(after)
                after.close()
        yield from _broken(answer)

    @contextmanager
    def _taken_back(self) -> Iterator[None]:
        cache.clear()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def _broken(answer: HttpResponse) -> Iterator[str]:
    if found := BREAKS.search(_text(answer)):
        around = _text(answer)[max(0, found.start() - 60) : found.end() + 20]
        yield f"a page holds {found.group()!r}: {around!r}"


def _text(answer: HttpResponse) -> str:
    if not answer.headers.get("Content-Type", "").startswith(("text/html", "application/json")):
        return ""
    return b"".join(answer).decode(errors="surrogatepass")
