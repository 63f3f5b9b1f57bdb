"""`Award.reverses` as a partial unique index: the full one made SQLite walk everybody's awards to find one artist's."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("standing", "0002_boards"),
    ]

    operations = [
        migrations.AlterField(
            model_name="award",
            name="reverses",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reversal",
                to="standing.award",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("reverses",),
                name="award_reversed_once",
            ),
        ),
    ]
