"""Sealing: the log of a published month as a Parquet file, after which its rows may be dropped from the store.

The file is written beside its place, synchronised, read back, and only then given its name; a seal that dies leaves
nothing that counts. Whoever needs dropped rows again, a rebuild or a case, has them restored first. Needs `pyarrow`,
which is loaded here alone, in the process of the command.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from backline.core import files
from backline.domain.months import next_month
from backline.listening.calendar import to_date
from backline.listening.store import open_store
from backline.listening.store.closes import Seal
from backline.listening.store.finals import LOG_FIELDS

PORTION = 20_000
DROPPED = 2_000
_WIDTHS = {"seq": "int64", "started_ms": "int64", "logged_ms": "int64", "hour": "int8", "flags": "int16"}
Row = tuple[Any, ...]


class SealError(Exception):
    """The month cannot be sealed or restored; the message is a sentence for the operator."""


def path_of(month: int) -> Path:
    """Where a month's file is."""
    return Path(settings.DATA) / "sealed" / f"listens-{to_date(month):%Y-%m}.parquet"


def seal_month(month: int, *, note: Callable[[int], None] = lambda _: None) -> int:
    """Writes the month's part of the log (named by its first day) to its file; answers how many listens.

    Doing it again writes the same file. `note` is told how many are written.

    Raises:
        SealError: the month is not published yet, or its rows were dropped already.
    """
    store = open_store()
    if month > store.horizons().months:
        raise SealError(f"{to_date(month):%Y-%m} is not over: its last day is not closed and published yet.")
    if any(seal.month == month and seal.dropped for seal in store.seals()):
        raise SealError(
            f"The rows of {to_date(month):%Y-%m} were dropped already; its file is what there is."
        )
    path = path_of(month)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    wrote = _write(unfinished, _log(month), note)
    if _read_digest(unfinished) != wrote:
        raise SealError(f"{unfinished} reads back other than it was written; nothing was sealed.")
    unfinished.rename(path)
    files.sync_folder(path.parent)
    with store.folding() as session:
        session.record_seal(Seal(month, *wrote, dropped=0))
    return wrote[0]


def drop_month(month: int) -> None:
    """Drops a sealed month's rows from the store; the log's very last row stays, as numbers go on from it.

    Raises:
        SealError: it is not sealed, or its file is not what was sealed.
    """
    seal = _checked(month)
    with open_store().folding() as session:
        session.record_seal(seal._replace(dropped=1))
    while True:
        with open_store().folding() as session:
            if not session.drop_log(month, next_month(month) - 1, DROPPED):
                return


def restore_month(month: int) -> None:
    """Brings a dropped month's rows back from its file; rows that are there stay.

    Raises:
        SealError: it is not sealed, or its file is not what was sealed.
    """
    seal = _checked(month)
    for rows in _portions(path_of(month)):
        for start in range(0, len(rows), DROPPED):
            with open_store().folding() as session:
                session.restore_log(rows[start : start + DROPPED])
    with open_store().folding() as session:
        session.record_seal(seal._replace(dropped=0))


def dropped_months(first: int) -> list[int]:
    """The months from a day number on whose rows were dropped."""
    return [seal.month for seal in open_store().seals() if seal.dropped and next_month(seal.month) > first]


def _log(month: int) -> Iterator[Sequence[Row]]:
    after = 0
    while rows := open_store().log_rows(month, next_month(month) - 1, after, PORTION):
        yield rows
        after = rows[-1][0]


def _write(path: Path, portions: Iterable[Sequence[Row]], note: Callable[[int], None]) -> tuple[int, bytes]:
    """Writes rows to a new file on the disk; answers their number and digest."""
    arrow, parquet = _pyarrow()
    kinds = {"id": arrow.binary(16), "heard": arrow.binary()}
    schema = arrow.schema([(name, kinds.get(name) or _WIDTHS.get(name, "int32")) for name in LOG_FIELDS])
    count, digest = 0, hashlib.blake2b(digest_size=16)
    with path.open("wb") as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for rows in portions:
                values = zip(zip(*rows, strict=True), schema.types, strict=True)
                columns = [arrow.array(column, kind) for column, kind in values]
                writer.write_batch(arrow.record_batch(columns, schema=schema))
                count += len(rows)
                _digest(digest, rows)
                note(count)
        file.flush()
        os.fsync(file.fileno())
    return count, digest.digest()


def _portions(path: Path) -> Iterator[list[Row]]:
    _, parquet = _pyarrow()
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=PORTION, columns=list(LOG_FIELDS)):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _read_digest(path: Path) -> tuple[int, bytes]:
    count, digest = 0, hashlib.blake2b(digest_size=16)
    for rows in _portions(path):
        count += len(rows)
        _digest(digest, rows)
    return count, digest.digest()


def _digest(digest: Any, rows: Iterable[Row]) -> None:
    for row in rows:
        digest.update(repr(row).encode())


def _checked(month: int) -> Seal:
    """The month's seal, when its file is what was sealed."""
    name, path = f"{to_date(month):%Y-%m}", path_of(month)
    seal = next((seal for seal in open_store().seals() if seal.month == month), None)
    if seal is None:
        raise SealError(f"{name} is not sealed.")
    if not path.exists() or _read_digest(path) != (seal.listens, seal.digest):
        raise SealError(f"{path} is missing or not the file that was sealed.")
    return seal


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise SealError("Parquet files need pyarrow: install Backline with its extra `parquet`.") from error
    return pyarrow, pyarrow.parquet
