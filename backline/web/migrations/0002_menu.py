"""The seven pages, in the sidebar's order; staff may change it."""

from django.db import migrations

ITEMS = [
    ("Dashboard", "layout-dashboard", "/dashboard/"),
    ("Finances", "wallet", "/dashboard/finances/"),
    ("Activity", "activity", "/dashboard/activity/"),
    ("Progress", "trending-up", "/dashboard/progress/"),
    ("Leaderboards", "trophy", "/dashboard/leaderboards/"),
    ("My Beats", "audio-lines", "/dashboard/beats/"),
    ("My Collections", "library", "/dashboard/collections/"),
]


def add_items(apps, schema_editor):
    item = apps.get_model("web", "MenuItem")
    item.objects.bulk_create(
        [
            item(label=label, icon=icon, address=address, position=position, audience="everyone")
            for position, (label, icon, address) in enumerate(ITEMS, start=1)
        ]
    )


def remove_items(apps, schema_editor):
    apps.get_model("web", "MenuItem").objects.filter(address__in=[address for _, _, address in ITEMS]).delete()


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]
    operations = [migrations.RunPython(add_items, remove_items)]
