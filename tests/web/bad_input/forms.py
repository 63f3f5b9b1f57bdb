"""The forms of a page, as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TOKEN = "csrfmiddlewaretoken"
WORDS = {"text", "search", "email", "url", "tel", "password", "textarea"}
CHOICES = {"select", "radio", "checkbox", "hidden", "submit"}
DATES = {"date", "datetime-local", "month", "time"}
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """A control with a name: its type, and the value it would send; `on` says whether it would be sent at all."""

    name: str
    kind: str
    value: str
    on: bool = True


@dataclass
class Form:
    """A form that is sent by POST: where to, and its controls in order."""

    action: str
    multipart: bool = False
    fields: list[Field] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """What makes it the same form as another one: where it goes, numbers left out, and its names."""
        path = self.action.partition("?")[0]
        place = "/".join("#" if part.isdigit() else part for part in path.split("/"))
        return place, frozenset(each.name for each in self.fields)

    @property
    def buttons(self) -> list[Field]:
        """The named buttons, one of which is pressed."""
        return [each for each in self.fields if each.kind == "submit"]

    def sent(self, **other: str) -> Pairs:
        """What is sent as the page fills it, with the first button; `other` are other values by kind of control."""
        rest = [each for each in self.fields if each.kind != "submit" and each.name != TOKEN and each.on]
        pressed = self.buttons[:1]
        return [(each.name, other.get(each.kind, each.value)) for each in (*rest, *pressed)]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found, self.form = address, [], None
        self.text: str | None = None
        self.select = ""
        self.elsewhere = False

    found: list[Form]
    form: Form | None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.elsewhere = "form" in given  # it belongs to a form that it is not inside of
        if tag == "form":
            to = given.get("action") or given.get("hx-post") or self.address
            post = given.get("method", "").lower() == "post" or "hx-post" in given
            self.form = (
                Form(urljoin(self.address, to), "multipart" in given.get("enctype", "")) if post else None
            )
        elif tag == "select":
            self.select = given.get("name", "")
            self._add(self.select, "select", "")
        elif tag == "option" and self.select and "selected" in given:
            self._set(given.get("value", ""))
        elif tag == "textarea":
            self.text = ""
            self._add(given.get("name", ""), "textarea", "")
        elif tag in ("input", "button"):
            kind = given.get("type", "text" if tag == "input" else "submit").lower()
            on = kind not in ("radio", "checkbox", "file") or "checked" in given
            self._add(
                given.get("name", ""), kind, given.get("value", "on" if kind == "checkbox" else ""), on=on
            )

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self._set(self.text.removeprefix("\n"))
            self.text = None
        elif tag == "select":
            self.select = ""
        elif tag == "form" and self.form is not None:
            self.found.append(self.form)
            self.form = None

    def _add(self, name: str, kind: str, value: str, *, on: bool = True) -> None:
        if self.form is not None and name and not self.elsewhere:
            self.form.fields.append(Field(name, kind, value, on))

    def _set(self, value: str) -> None:
        if self.form is not None and self.form.fields:
            last = self.form.fields[-1]
            self.form.fields[-1] = Field(last.name, last.kind, value)


def forms_of(address: str, html: str) -> list[Form]:
    """Every form of the page that is sent by POST."""
    reader = _Reader(address)
    reader.feed(html)
    return reader.found
