"""Moving the listening store: everything that one holds is written into another, empty one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backline.listening.store import Store
from backline.listening.store.sql_tables import tables

PORTION = 5_000


class NotEmptyError(Exception):
    """The store that was to be filled holds something already."""


def copy_store(source: Store, target: Store, *, note: Callable[[str, int], None] = lambda *_: None) -> int:
    """Copies every table, row by row and in order; answers how many rows. `note` is told each table's name and rows.

    The source takes no writes meanwhile, so that nothing is missing. A copy that was cut off leaves a target that is
    not empty; begin again with an empty one.

    Raises:
        NotEmptyError: there is something in the target; nothing was written.
    """
    filled = [name for name in tables() if target.rows(name, None, 1)]
    if filled:
        raise NotEmptyError(f"the table {filled[0]} holds rows")
    copied = 0
    with source.folding():
        for name in tables():
            count = _copy_table(source, target, name)
            note(name, count)
            copied += count
    return copied


def _copy_table(source: Store, target: Store, name: str) -> int:
    table = tables()[name]
    places = [table.names.index(column) for column in table.key]
    after: tuple[Any, ...] | None = None
    count = 0
    while rows := source.rows(name, after, PORTION):
        target.put_rows(name, rows)
        after = tuple(rows[-1][place] for place in places)
        count += len(rows)
    return count
