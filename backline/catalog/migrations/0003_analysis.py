from django.db import migrations, models


def let_recordings_be_analysed(apps, schema_editor):
    """Recordings stored before there was an analysis get their step."""
    step = apps.get_model("catalog", "Step")
    recordings = apps.get_model("catalog", "Recording").objects.values_list("id", flat=True)
    step.objects.bulk_create(
        [step(recording_id=recording, kind="analysis") for recording in recordings], ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0002_genres"),
    ]

    operations = [
        migrations.AddField(
            model_name="recording",
            name="tempi",
            field=models.JSONField(default=list, help_text="[BPM, how sure from 0 to 1], likeliest first."),
        ),
        migrations.AddField(
            model_name="recording",
            name="keys",
            field=models.JSONField(
                default=list, help_text="[semitones above C, scale, how sure], likeliest first."
            ),
        ),
        migrations.AddField(
            model_name="recording",
            name="loudness_lufs",
            field=models.FloatField(blank=True, help_text="Integrated, ITU-R BS.1770.", null=True),
        ),
        migrations.AddField(
            model_name="recording",
            name="true_peak_dbtp",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="step",
            name="kind",
            field=models.CharField(
                choices=[
                    ("waveform", "Waveform"),
                    ("stream", "Stream"),
                    ("analysis", "Analysis"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(let_recordings_be_analysed, migrations.RunPython.noop),
    ]
