"""Checks request parameters against the SDK's own typed classes: what they do not name is refused."""

from __future__ import annotations

import builtins
import importlib
import re
import sys
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from stripe_sandbox.errors import Problem, invalid, missing_parameter, unknown_parameter

OPTIONS = frozenset(
    (
        "api_key", "stripe_version", "stripe_account", "stripe_context", "idempotency_key",
        "max_network_retries", "content_type", "headers",
    ),
)  # fmt: skip
"""How a request is sent, which the SDK keeps in the same classes as what is asked."""

WRAPPED: tuple[Any, ...] = (NotRequired, Required)


def checked(params: dict[str, Any], name: str, *, textual: bool) -> dict[str, Any]:
    """The parameters in their types, by the class of `stripe.params` with this name; `textual`: they came as text.

    Raises:
        Problem: one is unknown, missing or of the wrong type.
    """
    result: dict[str, Any] = _object(params, _class(name), "", textual=textual)
    return result


@cache
def _class(name: str) -> Any:
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(f"stripe.params.{module}".rstrip(".")), last)


class _Unknown:
    """Stands for the types that a module only knows while it is type-checked: the SDK's own objects, never sent."""

    def __class_getitem__(cls, _item: Any) -> type[_Unknown]:
        return cls


class _Names(dict[str, Any]):
    """Names that a module only knows while it is type-checked."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self._known = vars(sys.modules[module])

    def __missing__(self, name: str) -> Any:
        if name in self._known or hasattr(builtins, name):
            raise KeyError(name)
        return _Unknown


@cache
def _fields(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls, localns=_Names(cls.__module__), include_extras=True)
    return {
        name: get_args(hint)[0] if get_origin(hint) in WRAPPED else hint
        for name, hint in hints.items()
        if name not in OPTIONS
    }


def _object(value: Any, cls: Any, path: str, *, textual: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid(path, "Invalid object")
    fields = _fields(cls)
    for name in value:
        if name not in fields:
            raise unknown_parameter(_under(path, name))
    for name in cls.__required_keys__ - OPTIONS:
        if name not in value:
            raise missing_parameter(_under(path, name))
    return {
        name: _value(item, fields[name], _under(path, name), textual=textual) for name, item in value.items()
    }


def _under(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _value(value: Any, hint: Any, path: str, *, textual: bool) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return value
    if origin in (Union, UnionType):
        return _either(value, args, path, textual=textual)
    if origin is Literal:
        return _one_of(value, args, path)
    if origin in (list, Iterable):
        items = _items(value, path)
        return [_value(item, args[0], f"{path}[{n}]", textual=textual) for n, item in enumerate(items)]
    if is_typeddict(hint):
        return _object(value, hint, path, textual=textual)
    if origin is dict or not isinstance(hint, type) or hint not in _PLAIN:
        return _mapping(value, args, path, textual=textual)
    return _PLAIN[hint](value, path, textual)


def _either(value: Any, arms: tuple[Any, ...], path: str, *, textual: bool) -> Any:
    """The first type that fits; plain text fits last. An object is judged by the object type, for its message."""
    if value is None and NoneType in arms:
        return None
    first: Problem | None = None
    for arm in sorted(arms, key=lambda arm: (arm is str, not is_typeddict(arm))):
        if arm in (NoneType, _Unknown):
            continue
        try:
            return _value(value, arm, path, textual=textual)
        except Problem as problem:
            first = first or problem
    raise first or invalid(path, "Invalid value")


def _one_of(value: Any, allowed: tuple[Any, ...], path: str) -> Any:
    if value in allowed:
        return value
    names = [str(item) for item in allowed if item != ""]
    if not names:
        raise invalid(path, "Invalid value")
    either = names[0] if len(names) == 1 else f"one of {', '.join(names[:-1])} or {names[-1]}"
    raise invalid(path, f"Invalid {path}: must be {either}")


def _items(value: Any, path: str) -> list[Any]:
    if isinstance(value, dict) and all(key.isdigit() for key in value):
        return [value[key] for key in sorted(value, key=int)]
    if not isinstance(value, list):
        raise invalid(path, "Invalid array")
    return value


def _mapping(value: Any, args: tuple[Any, ...], path: str, *, textual: bool) -> Any:
    if not isinstance(value, dict):
        raise invalid(path, "Invalid hash")
    inner = args[1] if len(args) == 2 else Any
    return {key: _value(item, inner, f"{path}[{key}]", textual=textual) for key, item in value.items()}


def _integer(value: Any, path: str, textual: bool) -> int:
    if textual and isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise invalid(path, f"Invalid integer: {value}", "parameter_invalid_integer")


def _text(value: Any, path: str, _textual: bool) -> str:
    if not isinstance(value, str):
        raise invalid(path, f"Invalid string: {value}", "parameter_invalid_string")
    return value


def _flag(value: Any, path: str, textual: bool) -> bool:
    if textual and value in ("true", "false"):
        return bool(value == "true")
    if isinstance(value, bool):
        return value
    raise invalid(path, f"Invalid boolean: {value}")


def _decimal(value: Any, path: str, _textual: bool) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise invalid(path, f"Invalid decimal: {value}") from None


_PLAIN = {int: _integer, str: _text, bool: _flag, float: _decimal, Decimal: _decimal}
