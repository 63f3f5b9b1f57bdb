"""What is sent instead of what a form asks for: bodies by name."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

from tests.web.bad_input.forms import CHOICES, DATES, WORDS, Field, Form, Pairs

FORM = "application/x-www-form-urlencoded"
TEXTS = {
    "long": "x" * 10_000,
    "control characters": "a\x00b\x07c\x1b[31m\x7f\x85",
    "odd": "\u202egnp.Маrlо\u2066 Z\u0351\u036b \U0001f469\u200d\U0001f467\U0001f3ff\ufe0f <b>\"'&amp;{{7*7}}{% raw %}",
    "white": " \t\r\n\u2028\u200b\u00a0 ",
}
NUMBERS = ("-1", "NaN", "٣", str(10**30))
EVERYWHERE = ("-1", "9" * 5_000)
DAYS = ("0000-01-01", "9999-12-31", "2026-02-30", "9999-12-31T23:59")
Body = tuple[str, bytes, str]
"""What it is, the body, its content type."""


def attacks(form: Form) -> Iterator[Body]:
    """Every body that is sent to the form, without the token."""
    kinds = {each.kind for each in form.fields}
    yield "nothing", b"", FORM
    yield _body("all empty", [(each.name, "") for each in form.fields])
    if kinds & WORDS:
        for name, text in TEXTS.items():
            yield _body(name, form.sent(**dict.fromkeys(WORDS, text)))
        yield _raw_surrogates(form)
    if kinds & {*WORDS, "number", "range"}:
        for number in NUMBERS:
            yield _body(
                f"number {number[:12]}", form.sent(**dict.fromkeys((*WORDS, "number", "range"), number))
            )
    for number in EVERYWHERE:
        yield _body(f"every field {number[:12]}", [(each.name, number) for each in form.fields])
    if kinds & DATES:
        for day in DAYS:
            yield _body(f"day {day}", form.sent(**dict.fromkeys(DATES, day)))
    if kinds & CHOICES:
        yield _body("choice not offered", form.sent(**dict.fromkeys(CHOICES, "nothing-of-ours")))
    yield _body("every field twice", [*form.sent(), *form.sent(**dict.fromkeys(WORDS, "twice"))])
    yield "json", b'{"name": ["a"], "x": 1}', "application/json"
    yield "plain text", urlencode(form.sent()).encode(), "text/plain"
    yield (
        "broken multipart",
        b'--b\r\nContent-Disposition: form-data; name="name',
        "multipart/form-data; boundary=b",
    )


def huge(form: Form) -> Iterator[Body]:
    """A million characters in the first field of a line and in the first of several lines."""
    typed = {each.kind == "textarea": each for each in reversed(form.fields) if each.kind in WORDS}
    for each in typed.values():
        pairs = [(name, "x" * 1_000_000 if name == each.name else value) for name, value in form.sent()]
        yield _body(f"huge {each.name}", pairs)


def presses(form: Form) -> Iterator[Body]:
    """The form as the page fills it, once for each of its buttons."""
    pressable: list[Field | None] = [*form.buttons] or [None]
    for button in pressable:
        pairs = [pair for pair in form.sent() if pair[0] not in {each.name for each in form.buttons}]
        pressed = [(button.name, button.value)] if button else []
        yield _body(f"pressing {pressed}", [*pairs, *pressed])


def _body(what: str, pairs: Pairs) -> Body:
    return what, urlencode(pairs, errors="surrogatepass").encode(), FORM


def _raw_surrogates(form: Form) -> Body:
    pairs = [(quote_plus(name), "%ED%A0%80%FF" if kind in WORDS else quote_plus(value)) for name, kind, value in (
        (each.name, each.kind, each.value) for each in form.fields if each.on
    )]  # fmt: skip
    return "lone surrogates", "&".join(f"{name}={value}" for name, value in pairs).encode(), FORM
