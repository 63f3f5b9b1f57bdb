"""HTML for the pages: escaped by default, one frame, one stylesheet, no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from stripe_sandbox.web import Said

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def esc(value: object) -> str:
    """The value as HTML."""
    return value if isinstance(value, Html) else escape(str(value))


def tag(name: str, /, *inside: object, **attributes: object) -> Html:
    """An element. `class_` is the class; an attribute of False or None is left out, True stands alone."""
    shown = ""
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            shown += f" {key}"
        elif value not in (False, None):
            shown += f' {key}="{escape(str(value))}"'
    content = "".join(esc(part) for part in inside)
    return Html(f"<{name}{shown}>" if name in ("input", "br", "hr") else f"<{name}{shown}>{content}</{name}>")


def joined(parts: Iterable[object]) -> Html:
    """Several pieces after each other."""
    return Html("".join(esc(part) for part in parts))


def text(*lines: str) -> Html:
    """Paragraphs."""
    return joined(tag("p", line) for line in lines)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], *, caption: str) -> Html:
    """A table that scrolls inside its own frame."""
    head = tag("tr", *[tag("th", name, scope="col") for name in heads])
    body = [tag("tr", *[tag("td", cell) for cell in row]) for row in rows]
    if not body:
        return tag("p", "Nothing yet.", class_="quiet")
    return tag(
        "div",
        tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body)),
        class_="scrolls",
        tabindex=0,
        role="region",
        aria_label=caption,
    )


def form(
    action: str, *inside: object, button: str, quiet: bool = False, method: str = "post", **attributes: object
) -> Html:
    """A form with one button."""
    press = tag("button", button, type="submit", class_="quiet" if quiet else None)
    return tag("form", *inside, press, method=method, action=action, **attributes)


def field(label: str, name: str, *, value: str = "", hint: str = "", **attributes: object) -> Html:
    """A line to fill in, under its label."""
    note = tag("span", hint, class_="quiet", id=f"{name}-hint") if hint else ""
    told = f"{name}-hint" if hint else None
    return tag(
        "label", label, note, tag("input", name=name, value=value, aria_describedby=told, **attributes)
    )


def choices(legend: str, name: str, options: dict[str, str], *, chosen: str) -> Html:
    """One of several, each with its sentence."""
    items = [
        tag(
            "label",
            tag("input", type="radio", name=name, value=key, checked=key == chosen),
            tag("span", sentence),
            class_="choice",
        )
        for key, sentence in options.items()
    ]
    return tag("fieldset", tag("legend", legend), *items)


def document(
    title: str, *inside: object, status: int = 200, wide: bool = False, menu: Html | None = None
) -> Said:
    """A whole page."""
    head = tag(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{title} · Stripe sandbox"),
        Html('<link rel="stylesheet" href="/_sandbox/sandbox.css">'),
    )
    banner = tag(
        "header", tag("strong", "Stripe sandbox"), tag("span", "No real money moves here."), menu or ""
    )
    body = tag("body", banner, tag("main", tag("h1", title), *inside, class_="wide" if wide else None))
    page = f"<!doctype html>{tag('html', head, body, lang='en')}"
    return Said(
        status,
        page.encode(),
        {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


def stylesheet() -> Said:
    """The one stylesheet."""
    css = (files("stripe_sandbox.pages") / "sandbox.css").read_bytes()
    return Said(200, css, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600"})
