"""The tables of a new SQLite file, made at once as the last migration leaves them.

Migrating step by step costs a new file a dozen processor seconds, nearly all of them for picturing the tables as they
were between two steps. A file with nothing in it needs none of that: the tables are made in their last form, the code
that migrations carry (first rows, triggers) runs on them in its order, and every migration is noted as applied.
`tests/core/test_schema.py` compares both ways.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether this is a SQLite file without any tables."""
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


def make_at_once(connection: BaseDatabaseWrapper) -> None:
    """Makes all tables and what migrations put into them, in one transaction."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    last = executor.loader.project_state()
    with connection.schema_editor() as editor:
        editor.create_model(executor.recorder.Migration)
        for model in last.apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _ in plan:
            for operation in migration.operations:
                if isinstance(operation, migrations.RunPython | migrations.RunSQL):
                    operation.database_forwards(migration.app_label, editor, last, last)
            for app, name in migration.replaces or [(migration.app_label, migration.name)]:
                executor.recorder.record_applied(app, name)
