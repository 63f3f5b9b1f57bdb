"""A statement as a PDF: the same sheet as the page."""

from __future__ import annotations

from backline.domain.contribution_texts import formula
from backline.web.amounts import amount, micro_amount, money, points, signed_amount, signed_micro
from backline.web.formats import counted, day, full_day, month, number, percent
from backline.web.pdf.document import Document
from backline.web.statement.sheet import BeatLine, Sheet


def statement_pdf(sheet: Sheet, *, platform: str, way: list[str]) -> bytes:
    """The file. The same statement makes the same bytes."""
    row = sheet.row
    assert row.at is not None  # a statement that exists was made at some time
    document = Document(f"Statement {sheet.reference}", at=row.at, foot=f"{sheet.reference}, {platform}")
    document.heading(f"Statement {sheet.reference}", size=17)
    document.text_block(
        f"{row.artist_name} (@{row.handle}), {month(row.month)}, settled on {full_day(row.at)} by {platform}. "
        + " ".join(f"{line}." for line in way)
    )
    document.heading("Summary")
    document.sums(_summary(sheet), bold=(len(sheet.came), len(sheet.came) + len(sheet.went)))
    document.heading("By beat")
    document.grid(
        ["Beat", "Months", "Plays", "Share", "Pool points", "Micro-units", "Amount"],
        [*(_beat(document, line, row.currency) for line in sheet.beats), _beats_sum(sheet)],
        widths=(58, 16, 18, 16, 24, 30, 20),
    )
    _computed(document, sheet)
    return document.bytes()


def _summary(sheet: Sheet) -> list[tuple[str, str, str]]:
    code = sheet.row.currency
    lines = [(line.words, line.why, amount(line.minor, code)) for line in (*sheet.came, *sheet.went)]
    together = ("Together", "", amount(sum(line.minor for line in sheet.came), code))
    paid = sheet.went[0]
    rest = lines[len(sheet.came) + 1 :]
    return [*lines[: len(sheet.came)], together, *rest, (paid.words, paid.why, money(paid.minor, code))]


def _beat(document: Document, line: BeatLine, currency: str) -> list[str]:
    # A name that cannot be written whole is told by its number as well.
    name = f"{line.name} (beat {line.beat_id})" if document.lacks(line.name) else line.name
    about = f", correction of {month(line.correction_of)}" if line.correction_of else ""
    return [
        *(f"{name}{about}", number(line.age_months, 1), number(line.plays), percent(line.share_bp, 0)),
        *(points(line.points, 6), number(line.micro_units), amount(line.minor, currency)),
    ]


def _beats_sum(sheet: Sheet) -> list[str]:
    total = [number(sheet.found.micro_units), amount(sheet.row.earned_minor, sheet.row.currency)]
    return [counted(len(sheet.beats), "line"), "", "", "", "", *total]


def _computed(document: Document, sheet: Sheet) -> None:
    document.heading("How was this computed?")
    document.text_block(
        "Each day's subscription money, the bucket, is split by that day's pool points. Points of a beat ="
        f" {formula()}. Days add up in micro-units, a millionth of the smallest coin each; the month is rounded once."
    )
    if sheet.found.days:
        _days(document, sheet)
    _parts(document, sheet)
    _rounding(document, sheet)
    document.text_block(
        f"Digest of the settlement: {sheet.settlement.digest}. Recompute it: backline explain {sheet.reference}."
    )


def _days(document: Document, sheet: Sheet) -> None:
    code = sheet.row.currency
    rows = [
        [
            *(day(each.day), amount(each.bucket_minor, code), points(each.own_points, 6)),
            *(points(each.all_points, 6), number(each.micro_units)),
        ]
        for each in sheet.found.days
    ]
    total = [counted(len(rows), "day"), amount(sheet.bucket_minor, code), "", "", number(sheet.days_micro)]
    document.grid(
        ["Day", "Bucket", "Your pool points", "All pool points", "Micro-units"],
        [*rows, total],
        widths=(30, 34, 36, 40, 40),
    )


def _parts(document: Document, sheet: Sheet) -> None:
    """Months that were divided as a whole, and corrections."""
    code = sheet.row.currency
    for part in sheet.found.monthly:
        document.text_block(
            f"{month(part.of_month)} was divided as a whole: {amount(part.bucket_minor, code)} {code} in all,"
            f" {number(part.micro_units)} micro-units of it here."
        )
    for part in sheet.found.corrections:
        document.text_block(
            f"Correction of {month(part.of_month)}, learned on {full_day(part.day)}:"
            f" {signed_amount(part.bucket_minor, code)} in all, {number(part.micro_units)} micro-units of it here."
        )


def _rounding(document: Document, sheet: Sheet) -> None:
    code, micro = sheet.row.currency, sheet.found.micro_units
    document.sums(
        [
            (f"{number(micro)} micro-units", "", micro_amount(micro, code)),
            ("Rounded once", "by largest remainder", signed_micro(sheet.step_micro, code)),
            (month(sheet.row.month), "", money(sheet.row.earned_minor, code)),
        ],
        bold=(2,),
    )
