"""Sends a body and looks at what comes of it, in a transaction that is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from backline.web.clean_text import FORBIDDEN
from tests.architecture.matrix.asking import Asker
from tests.web.bad_input.attacks import FORM, Body
from tests.web.bad_input.forms import WORDS, Form, forms_of

# What XML forbids and no page may hold; the C1 controls come in only as characters that somebody typed.
BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# The sign-in library answers so when something is wrong; a list asks back before it does anything.
ANSWER_200 = ("/accounts/", "/dashboard/beats/chosen/", "/dashboard/collections/delete/")
SHORTEST_CUT = 12


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

    def complaints(self, who: str, form: Form, sent: Body, *, times: int = 1) -> Iterator[str]:
        """What is wrong with the answer to this body, sent so many times, and with the page it leads to."""
        what, body, kind = sent
        with self._taken_back():
            for _ in range(times):
                answer = self.asker.send("POST", form.action, who, body=body, kind=kind)
            yield from (f"{what}: {each}" for each in self._judged(answer, who))
            if kind == FORM and answer.status_code == 422:
                yield from (f"{what}: {each}" for each in _lost(form, body.decode(errors="replace"), answer))
            if times == 1 and answer.status_code == 200 and not form.action.startswith(ANSWER_200):
                yield f"{what}: answered 200, as if nothing were wrong"

    def _judged(self, answer: HttpResponse, who: str) -> Iterator[str]:
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


def _lost(form: Form, body: str, answer: HttpResponse) -> Iterator[str]:
    """The words that were typed and are not in the refused form any more; of very long ones the beginning is."""
    typed = {name: FORBIDDEN.sub("", text) for name, text in parse_qsl(body, keep_blank_values=True)}
    place = form.key[0]
    again = [each for each in forms_of(form.action, _text(answer)) if each.key[0] == place]
    shown = {each.name: each.value for found in again for each in found.fields}
    for each in form.fields:
        if each.kind in WORDS - {"password"} and each.name in typed:
            if each.name not in shown:
                yield f"{each.name} is not asked for again"
            elif not _keeps(_lines(shown[each.name]), _lines(typed[each.name])):
                yield f"{each.name} was {typed[each.name][:60]!r}, is {shown[each.name][:60]!r}"


def _keeps(shown: str, typed: str) -> bool:
    return shown == typed or (len(shown) >= SHORTEST_CUT and typed.startswith(shown))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").removeprefix("\n")


def _text(answer: HttpResponse) -> str:
    if not answer.headers.get("Content-Type", "").startswith(("text/html", "application/json")):
        return ""
    return b"".join(answer).decode(errors="surrogatepass")
