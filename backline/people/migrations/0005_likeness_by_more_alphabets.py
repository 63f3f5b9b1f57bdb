"""What names look like, worked out anew: Armenian, Greek, Cyrillic and small capital letters count as well."""

from django.db import migrations

from backline.domain.likeness import likeness

AT_ONCE = 500


def work_out(apps, schema_editor):
    Artist = apps.get_model("people", "Artist")
    changed = []
    for artist in Artist.objects.only("name", "likeness").iterator(chunk_size=AT_ONCE):
        if (looks := likeness(artist.name)) != artist.likeness:
            artist.likeness = looks
            changed.append(artist)
    Artist.objects.bulk_update(changed, ["likeness"], batch_size=AT_ONCE)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_a_cover_of_the_profile'),
    ]

    operations = [migrations.RunPython(work_out, migrations.RunPython.noop, elidable=True)]
