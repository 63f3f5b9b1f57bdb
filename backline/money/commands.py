"""What operators ask about money: `backline explain`, `check` and `simulate`. Each answers an exit status."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from datetime import date

from backline.catalog.models import Beat
from backline.domain.accrual import MICRO
from backline.domain.currencies import format_amount
from backline.domain.pool_rules import RULES
from backline.money import queries
from backline.money.checks import INVARIANTS, check
from backline.money.models import Statement
from backline.money.queries.explain import BeatPart, CorrectionPart, DayPart, Explanation


def run_explain(statement_id: int) -> int:
    """Prints how a statement came about; 1 when something does not recompute, 2 when there is none."""
    try:
        found = queries.explanation(statement_id)
    except Statement.DoesNotExist:
        print(f"backline: there is no statement {statement_id}.", file=sys.stderr)
        return 2
    for line in _explained(found):
        print(line)
    for problem in found.problems:
        print(f"DOES NOT HOLD: {problem}", file=sys.stderr)
    return 1 if found.problems else 0


def run_check(*, as_json: bool) -> int:
    """Prints what does not hold; 1 when there is anything."""
    found = check()
    if as_json:
        print(json.dumps({"holds": not found, "findings": [asdict(each) for each in found]}, indent=2))
        return 1 if found else 0
    for name in INVARIANTS:
        broken = [each for each in found if each.invariant == name]
        print(f"{'BROKEN' if broken else 'holds ':6}  {name}")
        for each in broken:
            print(f"        {each.subject}: {each.sentence}")
    return 1 if found else 0


def run_simulate(month: date) -> int:
    """Prints a closed month under each rule as CSV; 2 when the month has not closed."""
    try:
        found = queries.simulation(month)
    except queries.NotWeighed as problem:
        print(f"backline: {problem}.", file=sys.stderr)
        return 2
    table = csv.writer(sys.stdout)
    table.writerow(["currency", "artist", *RULES, *(f"{rule}_gain" for rule in RULES if rule != found.rule)])
    for money in found.currencies:
        for row in money.artists:
            amounts = [row.amounts[rule] for rule in RULES]
            gains = [row.gain(rule, over=found.rule) for rule in RULES if rule != found.rule]
            shown = [format_amount(amount, money.currency) for amount in (*amounts, *gains)]
            table.writerow([money.currency, row.handle, *shown])
    return 0


def _explained(found: Explanation) -> list[str]:
    row = found.statement
    names = Beat.objects.in_bulk(
        {line.beat_id for line in found.lines} | {beat.beat_id for day in found.days for beat in day.beats}
    )
    text = [f"Statement {row.id}: {row.artist_name}, {found.reference}", ""]
    text.append("Day by day: bucket x own points / platform points = micro-units")
    for day in found.days:
        text += _day(day, row.currency, names)
    for part in (*found.monthly, *found.corrections):
        text += _correction(part, row.currency, names)
    total = found.micro_units
    text += [
        "",
        f"All days: {total:,} micro-units, rounded once to {format_amount(row.earned_minor, row.currency)}",
    ]
    text.append(
        f"  ({total / MICRO:,.6f} minor units; the rounding gave {'one more' if found.cent else 'none'})"
    )
    text += _went(found)
    count = f"{len(found.problems)} things do not" if found.problems else "everything does"
    return [*text, "", f"Recomputed from invoices, closed days and stored weights: {count} hold."]


def _day(day: DayPart, currency: str, names: dict[int, Beat]) -> list[str]:
    head = (
        f"{day.day}  {format_amount(day.bucket_minor, currency)} x {day.own_points / MICRO:.6f}"
        f" / {day.all_points / MICRO:.6f} = {day.micro_units:,}"
    )
    return [head, *(_beat(beat, names) for beat in day.beats)]


def _beat(beat: BeatPart, names: dict[int, Beat]) -> str:
    name = names[beat.beat_id].name if beat.beat_id in names else f"beat {beat.beat_id}"
    points = f"{beat.plays:,} plays, {beat.points / MICRO:.6f} points, " if beat.points else ""
    return f"            {name}: {points}{beat.micro_units:,}"


def _correction(part: CorrectionPart, currency: str, names: dict[int, Beat]) -> list[str]:
    head = (
        f"{part.day}  Correction of {part.of_month:%B %Y}"
        if part.late
        else f"{part.of_month:%B %Y} as a whole"
    )
    late = [f"            {each.of_day}: {format_amount(each.amount_minor, currency)}" for each in part.late]
    return [
        f"{head}: {format_amount(part.bucket_minor, currency)} in all, own part {part.micro_units:,}",
        *late,
        *(_beat(beat, names) for beat in part.beats),
    ]


def _went(found: Explanation) -> list[str]:
    row = found.statement
    parts = {
        "earned": row.earned_minor,
        "bonus": row.bonus_minor,
        "carried from before": row.carried_in_minor,
        "released": row.released_minor,
        "taken over by the platform": row.written_off_minor,
        "available": -row.payable_minor,
        "held": -row.held_minor,
        "carried on": -row.carried_out_minor,
        "excluded": -row.excluded_minor,
    }
    return [f"  {name}: {format_amount(amount, row.currency)}" for name, amount in parts.items() if amount]
