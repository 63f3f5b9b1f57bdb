"""The database itself refuses to change or remove what the ledger says, to mix currencies, and to reverse too much.

What is refused, on both databases:
- to update or delete an account, an entry or a posting;
- a posting whose currency is not that of both its accounts;
- a posting added to any entry but the newest one: an entry is complete when the next is written;
- a posting of a reversal that, with the other reversals, moves back more than the original moved.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("ledger_ledgeraccount", "ledger_entry", "ledger_posting")
APPEND_ONLY = "the ledger is append-only"
WRONG_CURRENCY = "a posting has the currency of both its accounts"
CLOSED_ENTRY = "postings are added to the newest entry only"
TOO_MUCH = "more would be reversed than was moved"

CURRENCY_DIFFERS = """
  (SELECT currency FROM ledger_ledgeraccount WHERE id = NEW.source_id) <> NEW.currency
  OR (SELECT currency FROM ledger_ledgeraccount WHERE id = NEW.destination_id) <> NEW.currency"""
NOT_NEWEST = "NEW.entry_id <> (SELECT max(id) FROM ledger_entry)"
REVERSES = "(SELECT reverses_id FROM ledger_entry WHERE id = NEW.entry_id)"
REVERSES_TOO_MUCH = f"""
  {REVERSES} IS NOT NULL
  AND (SELECT coalesce(sum(p.amount_minor), 0) FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
       WHERE e.reverses_id = {REVERSES} AND p.source_id = NEW.source_id AND p.destination_id = NEW.destination_id)
    > (SELECT coalesce(sum(p.amount_minor), 0) FROM ledger_posting p
       WHERE p.entry_id = {REVERSES} AND p.source_id = NEW.destination_id AND p.destination_id = NEW.source_id)"""
REFUSALS = (
    ("currency", "BEFORE", CURRENCY_DIFFERS, WRONG_CURRENCY),
    ("newest", "BEFORE", NOT_NEWEST, CLOSED_ENTRY),
    ("reversal", "AFTER", REVERSES_TOO_MUCH, TOO_MUCH),
)


def _sqlite() -> list[str]:
    kept = [
        f"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        for table in TABLES
        for change in ("update", "delete")
    ]
    checked = [
        f"CREATE TRIGGER ledger_posting_{name} {when} INSERT ON ledger_posting BEGIN "
        f"SELECT RAISE(ABORT, '{text}') WHERE {condition}; END"
        for name, when, condition, text in REFUSALS
    ]
    return kept + checked


def _postgresql() -> list[str]:
    def refusing(function: str, condition: str, text: str) -> str:
        return (
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )

    statements = [refusing("ledger_append_only", "true", APPEND_ONLY)]
    statements += [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
        for table in TABLES
    ]
    for name, when, condition, text in REFUSALS:
        function = f"ledger_posting_{name}"
        statements.append(refusing(function, condition, text))
        statements.append(
            f"CREATE TRIGGER {function} {when} INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
    return statements


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def create(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in STATEMENTS[editor.connection.vendor]():
        editor.execute(statement)


class Migration(migrations.Migration):
    """There is no way back: a ledger that can be changed is none."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create)]
