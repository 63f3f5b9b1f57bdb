"""What an operator may ask of the listening store: `backline listening …`."""

from __future__ import annotations

import sys
from datetime import date
from time import monotonic

from django.core.exceptions import ImproperlyConfigured

from backline.listening.calendar import to_number
from backline.listening.copying import NotEmptyError, copy_store
from backline.listening.rebuild import OvertakenError, rebuild
from backline.listening.sealing import SealError, drop_month, path_of, restore_month, seal_month
from backline.listening.store import StoreError, open_store, store_at
from backline.listening.store.clickhouse_schema import statements

NOTE_EVERY_S = 5.0


def run_rebuild(from_day: date | None) -> int:
    """Judges and counts the logs again, showing how far it is. Returns the exit status."""
    begun = noted = monotonic()

    def note(done: int) -> None:
        nonlocal noted
        if monotonic() - noted >= NOTE_EVERY_S:
            noted = monotonic()
            print(f"{done:,} listens judged", flush=True)

    try:
        done = rebuild(from_day=None if from_day is None else to_number(from_day), note=note)
    except (SealError, OvertakenError) as problem:
        return _refuse(problem)
    print(f"{done:,} listens judged and counted again in {monotonic() - begun:,.0f} s.")
    return 0


def run_copy(url: str) -> int:
    """Copies the listening store of this installation into an empty one. Returns the exit status."""

    def note(table: str, rows: int) -> None:
        if rows:
            print(f"{table}: {rows:,} rows", flush=True)

    try:
        copied = copy_store(open_store(), store_at(url), note=note)
    except (NotEmptyError, StoreError, ImproperlyConfigured) as problem:
        return _refuse(f"cannot copy: {problem}")
    print(f"{copied:,} rows copied. Set LISTENING_URL to the new address, then start Backline.")
    return 0


def run_ddl(cluster: str) -> int:
    """Prints what makes the tables of a ClickHouse store. Returns the exit status."""
    for statement in statements(cluster):
        print(f"{statement};")
    return 0


def run_seal(month: date, *, drop: bool) -> int:
    """Writes a month's log to its file, and drops its rows when wanted. Returns the exit status."""
    try:
        count = seal_month(to_number(month), note=lambda done: print(f"{done:,} listens written", flush=True))
        if drop:
            drop_month(to_number(month))
    except SealError as problem:
        return _refuse(problem)
    print(f"{count:,} listens are in {path_of(to_number(month))}{' and nowhere else' if drop else ''}.")
    return 0


def run_restore(month: date) -> int:
    """Brings a dropped month's rows back from its file. Returns the exit status."""
    try:
        restore_month(to_number(month))
    except SealError as problem:
        return _refuse(problem)
    return 0


def _refuse(problem: object) -> int:
    print(f"backline: {problem}", file=sys.stderr)
    return 1
