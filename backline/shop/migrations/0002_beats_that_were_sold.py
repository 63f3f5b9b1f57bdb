"""Marks the beats that were sold or licensed before beats knew it themselves."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Min


def mark(apps: Any, _editor: Any) -> None:
    beats = apps.get_model("catalog", "Beat").objects
    licences = apps.get_model("shop", "Licence").objects.values("beat_id").annotate(at=Min("issued_at"))
    for row in licences.iterator():
        beats.filter(pk=row["beat_id"]).update(licensed_at=row["at"])
    sales = apps.get_model("shop", "Sale").objects.filter(kind="exclusive", reversed_at=None)
    for beat_id, at in sales.values_list("beat_id", "sold_at"):
        beats.filter(pk=beat_id).update(sold_at=at)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial"), ("catalog", "0006_a_beats_life")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
