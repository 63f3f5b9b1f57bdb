"""Files that come in pieces, what new drafts start with, and a preview step for every recording there is."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def let_previews_be_made(apps, schema_editor):
    """The worker makes the preview of what was uploaded before; until then the stream is played as it was."""
    step = apps.get_model("catalog", "Step")
    recordings = apps.get_model("catalog", "Recording").objects.values_list("id", flat=True)
    step.objects.bulk_create(
        [step(recording_id=recording, kind="preview") for recording in recordings], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_tools_named"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UploadDefaults",
            fields=[
                (
                    "artist",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="upload_defaults",
                        serialize=False,
                        to="people.artist",
                    ),
                ),
                ("genres", models.JSONField(default=list, help_text="Slugs.")),
                ("tags", models.JSONField(default=list)),
                ("credits", models.JSONField(default=list, help_text="Handles of artists to invite.")),
                (
                    "licensing",
                    models.CharField(
                        choices=[
                            ("standard", "Standard"),
                            ("both", "Standard + Exclusive"),
                            ("exclusive", "Exclusive only"),
                        ],
                        default="standard",
                        max_length=9,
                    ),
                ),
                ("cover_style", models.CharField(blank=True, max_length=24)),
                (
                    "sample_status",
                    models.CharField(
                        blank=True,
                        choices=[("cleared", "Cleared"), ("needs_clearance", "Needs clearance")],
                        max_length=16,
                    ),
                ),
                (
                    "ai_declaration",
                    models.CharField(
                        blank=True,
                        choices=[("human", "Human-made"), ("assisted", "AI-assisted")],
                        max_length=8,
                    ),
                ),
                (
                    "tag_key",
                    models.CharField(blank=True, help_text="The artist's own voice tag.", max_length=120),
                ),
                ("tag_name", models.CharField(blank=True, max_length=255)),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="recording",
            name="preview_key",
            field=models.CharField(blank=True, help_text="The stream with the voice tag.", max_length=120),
        ),
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("waveform", "Waveform"),
                    ("stream", "Stream"),
                    ("analysis", "Analysis"),
                    ("preview", "Tagged preview"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=255)),
                ("size_bytes", models.BigIntegerField()),
                ("received", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("growing", "Growing"), ("done", "Done"), ("refused", "Refused")],
                        default="growing",
                        max_length=8,
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        blank=True, help_text="What the sender knows the file by.", max_length=200
                    ),
                ),
                ("batch", models.UUIDField(blank=True, null=True)),
                (
                    "position",
                    models.PositiveIntegerField(default=0, help_text="Place among the files of the batch."),
                ),
                ("collection_name", models.CharField(blank=True, max_length=255)),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Why it was refused, for programs.", max_length=40
                    ),
                ),
                ("sentence", models.TextField(blank=True, help_text="Why it was refused, for people.")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "artist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="people.artist",
                    ),
                ),
                (
                    "beat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.beat",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.collection",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["artist", "state"], name="upload_by_artist"),
                    models.Index(fields=["expires_at"], name="upload_by_expiry"),
                    models.Index(fields=["batch"], name="upload_by_batch"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "growing"), models.Q(("mark", ""), _negated=True)),
                        fields=("account", "artist", "mark"),
                        name="one_growing_upload_of_a_mark",
                    )
                ],
            },
        ),
        migrations.RunPython(let_previews_be_made, migrations.RunPython.noop),
    ]
