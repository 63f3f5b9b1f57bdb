"""Whether an answer is what the SDK's typed class says: each value of its type, nested classes included."""

from __future__ import annotations

import builtins
import sys
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin, get_type_hints

from stripe import ListObject, StripeObject
from stripe._stripe_object import UntypedStripeObject

from stripe_sandbox.shapes import CLASSES, typed_class


class Names(dict[str, Any]):
    """Names that a module only knows while it is type-checked stay names."""

    def __init__(self, module: str) -> None:
        super().__init__()
        self.known = vars(sys.modules[module])

    def __missing__(self, name: str) -> Any:
        if name in self.known or hasattr(builtins, name):
            raise KeyError(name)
        return ForwardRef(name)


@cache
def fields(cls: type) -> dict[str, Any]:
    """The annotations of a class of the SDK."""
    hints = {
        name: hint for name, hint in vars(cls).get("__annotations__", {}).items() if not name.startswith("_")
    }
    holder = type("Holder", (), {"__annotations__": hints, "__module__": cls.__module__})
    found = get_type_hints(holder, localns=Names(cls.__module__))
    return {name: hint for name, hint in found.items() if get_origin(hint) is not ClassVar}


def differences(value: Any, kind: str) -> list[str]:
    """How an object of this kind differs from its typed class; empty: it conforms."""
    return _object(value, typed_class(kind), kind)


def _object(value: Any, cls: type, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} is no object"]
    found = [f"{path}.{name}: not in the SDK's class" for name in value if name not in fields(cls)]
    for name, hint in fields(cls).items():
        if name in value:
            found += _value(value[name], hint, f"{path}.{name}")
        elif not _optional(hint):
            found.append(f"{path}.{name}: missing")
    return found


def _optional(hint: Any) -> bool:
    return NoneType in get_args(hint) or hint is Any


def _value(value: Any, hint: Any, path: str) -> list[str]:
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any:
        return []
    if origin in (Union, UnionType):
        tries = [_value(value, arm, path) for arm in args]
        # An arm that got inside says more than one that never fitted.
        return [] if [] in tries else max(tries, key=lambda lines: (lines[0].count("."), -len(lines)))
    if origin is Literal:
        return [] if value in args else [f"{path}: {value!r} is not one of {args}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{path}: {value!r} is no list"]
        return [
            part for place, item in enumerate(value) for part in _value(item, args[0], f"{path}[{place}]")
        ]
    if isinstance(hint, ForwardRef):
        return _named(value, path)
    return _plain(value, origin or hint, args, path)


def _named(value: Any, path: str) -> list[str]:
    """An object of another module: by its own `object` field."""
    if isinstance(value, dict) and value.get("object") in CLASSES:
        return differences(value, value["object"])
    return [] if isinstance(value, dict) else [f"{path}: {value!r} is no object"]


def _plain(value: Any, hint: Any, args: tuple[Any, ...], path: str) -> list[str]:
    if hint is NoneType:
        return [] if value is None else [f"{path}: {value!r} is not null"]
    if hint is UntypedStripeObject or hint is dict:
        return [] if isinstance(value, dict) else [f"{path}: {value!r} is no hash"]
    if hint is ListObject:
        rows = value.get("data", []) if isinstance(value, dict) else None
        if rows is None or value.get("object") != "list":
            return [f"{path}: no list"]
        return [part for row in rows for part in _value(row, args[0], f"{path}.data")]
    if isinstance(hint, type) and issubclass(hint, StripeObject):
        return _object(value, hint, path)
    wanted: Any = {float: (int, float), int: int, Decimal: Decimal}.get(hint, str)
    right = (
        isinstance(value, wanted) and (hint is bool or not isinstance(value, bool))
        if hint is not bool
        else value in (True, False)
    )
    return [] if right else [f"{path}: {value!r} is no {hint}"]
