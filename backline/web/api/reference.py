"""The OpenAPI description as rows for the API's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Input:
    """A parameter, form field or file."""

    name: str
    where: str
    """`path`, `query`, `form` or `file`."""
    required: bool
    note: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    inputs: tuple[Input, ...]
    answers: tuple[tuple[str, str], ...]
    """Status and what it means."""


def operations(schema: Mapping[str, Any]) -> list[Operation]:
    """Every operation in the order of the description."""
    return [
        _operation(method, path, node)
        for path, methods in schema["paths"].items()
        for method, node in methods.items()
    ]


def _operation(method: str, path: str, node: Mapping[str, Any]) -> Operation:
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        summary=node["summary"],
        description=_plain(node.get("description", "")),
        inputs=(*_parameters(node), *_form(node)),
        answers=tuple(
            (str(status), _plain(answer["description"]).rstrip("."))
            for status, answer in node["responses"].items()
        ),
    )


def _parameters(node: Mapping[str, Any]) -> list[Input]:
    return [
        Input(part["name"], part["in"], bool(part.get("required")), _note(part["schema"]))
        for part in node.get("parameters", ())
    ]


def _form(node: Mapping[str, Any]) -> list[Input]:
    body = node.get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).get("schema", {})
    required = body.get("required", ())
    return [
        Input(name, "file" if "binary" in str(part) else "form", name in required, _note(part))
        for name, part in body.get("properties", {}).items()
    ]


def _plain(text: str) -> str:
    return text.replace("`", "")


def _note(part: Mapping[str, Any]) -> str:
    note = part.get("description", "")
    default = part.get("default")
    return f"{note} Default: {default}.".strip() if default not in (None, "", []) else note
