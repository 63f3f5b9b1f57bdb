"""What was one note on an AI-assisted beat, "which tool, and how", becomes the tool, how, and the rights.

Choosing *AI-assisted* said that the commercial rights are held; the note began with the tool.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models.functions import Left


def name_tools(apps: Any, _editor: Any) -> None:
    beats = apps.get_model("catalog", "Beat").objects.filter(ai_declaration="assisted")
    beats.exclude(ai_note="").update(ai_tool=Left("ai_note", 120), ai_rights=True)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_a_beats_life")]
    operations = [migrations.RunPython(name_tools, migrations.RunPython.noop)]
