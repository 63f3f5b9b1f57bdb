"""The table's notation: one letter a person, one word a method, one line an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
PEOPLE = ("visitor", "lee", "charlie", "dana", "alice", "bob", "ada")
TOKENS = ("none", "cookie", "expired", "other", "read", "write", "manager", "analyst")
OPEN_API = ("/api/v1/", "/api/v1/openapi.json")

LETTERS = {
    200: "o",
    201: "o",
    202: "o",
    204: "o",
    400: "0",
    401: "1",
    403: "3",
    404: "4",
    405: "-",
    409: "9",
    422: "2",
}
SIGN_IN, AGAIN = "/accounts/login/", "/accounts/reauthenticate/"


@dataclass(frozen=True)
class Row:
    """An address, and by method what each of those who ask there gets, a letter each."""

    address: str
    said: Mapping[str, str]

    @property
    def askers(self) -> tuple[str, ...]:
        """Who asks at this address, in the order of the letters."""
        return TOKENS if self.address.startswith("/api/v1/") and self.address not in OPEN_API else PEOPLE

    def expected(self, method: str) -> str:
        """The letters of a method; HEAD is GET unless it is named, and what is not named is refused to all."""
        refused = "-" * len(self.askers)
        if method == "HEAD":
            return self.said.get("HEAD", self.said.get("GET", refused))
        return self.said.get(method, refused)


def rows(path: Path) -> list[Row]:
    """Every row of the table.

    Raises:
        ValueError: a line that is not an address followed by pairs of method and letters.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line.startswith("/")]


def _row(line: str) -> Row:
    address, *words = line.split()
    if len(words) % 2 or not set(words[::2]) <= set(METHODS):
        raise ValueError(f"Not `address METHOD letters …`: {line}")
    return Row(address, dict(zip(words[::2], words[1::2], strict=True)))


def line_of(row: Row, said: Mapping[str, str]) -> str:
    """The line that says what was answered, to compare and to paste."""
    head = said["GET"]
    kept = {
        method: letters
        for method, letters in said.items()
        if (letters != head if method == "HEAD" else set(letters) != {"-"})
    }
    # A row that refuses every method still says so.
    shown = kept or {"GET": head}
    return f"{row.address:<61} " + "  ".join(f"{method} {letters}" for method, letters in shown.items())


def letter(status: int, location: str) -> str:
    """An answer in the table's words."""
    if status in (301, 302, 303):
        if location.startswith(SIGN_IN):
            return "s"
        return "a" if location.startswith(AGAIN) else ">"
    return LETTERS.get(status, str(status))
