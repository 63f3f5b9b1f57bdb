import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ladders", models.JSONField(default=dict)),
                ("plays_through", models.DateField(blank=True, null=True)),
                ("changes_through", models.BigIntegerField(default=0)),
                ("computed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("upload", "Upload Tracks"),
                            ("plays", "Get Plays"),
                            ("metadata", "Complete Metadata"),
                            ("collaborate", "Collaborate"),
                            ("achievement", "Achievements"),
                        ],
                        max_length=16,
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=40)),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                ("amount", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "artist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="awards", to="people.artist"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reversal",
                        to="standing.award",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shown", to="standing.award"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "artist",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="people.artist",
                    ),
                ),
                ("xp", models.IntegerField(default=0)),
                ("achievements", models.PositiveIntegerField(default=0)),
                ("unlocked", models.JSONField(default=list)),
                ("digest", models.CharField(blank=True, max_length=500)),
                ("measures", models.JSONField(default=dict)),
                ("cohort", models.JSONField(default=dict)),
                ("computed_at", models.DateTimeField(blank=True, null=True)),
                ("wanted_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("wanted_at__isnull", False)),
                        fields=["wanted_at"],
                        name="tally_wanted",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["artist", "-at", "-id"], name="award_by_artist"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["source", "subject"], name="award_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("artist", "rule", "subject", "generation"),
                name="award_once_per_fact",
            ),
        ),
        migrations.AddConstraint(
            model_name="shown",
            constraint=models.UniqueConstraint(fields=("account", "award"), name="unlock_shown_once"),
        ),
    ]
