"""The platform's first list of genres; staff may change it."""

from django.db import migrations

GENRES = [
    ("afrobeats", "Afrobeats"),
    ("amapiano", "Amapiano"),
    ("ambient", "Ambient"),
    ("baile-funk", "Baile funk"),
    ("boom-bap", "Boom bap"),
    ("cloud-rap", "Cloud rap"),
    ("dancehall", "Dancehall"),
    ("drill", "Drill"),
    ("drum-and-bass", "Drum and bass"),
    ("dubstep", "Dubstep"),
    ("electro", "Electro"),
    ("experimental", "Experimental"),
    ("footwork", "Footwork"),
    ("funk", "Funk"),
    ("garage", "Garage"),
    ("grime", "Grime"),
    ("hip-hop", "Hip-hop"),
    ("house", "House"),
    ("jazz-rap", "Jazz rap"),
    ("jersey-club", "Jersey club"),
    ("lo-fi", "Lo-fi"),
    ("neo-soul", "Neo soul"),
    ("pop", "Pop"),
    ("r-and-b", "R&B"),
    ("reggaeton", "Reggaeton"),
    ("rock", "Rock"),
    ("soul", "Soul"),
    ("synthwave", "Synthwave"),
    ("techno", "Techno"),
    ("trap", "Trap"),
]


def add_genres(apps, schema_editor):
    genre = apps.get_model("catalog", "Genre")
    genre.objects.bulk_create([genre(slug=slug, name=name) for slug, name in GENRES])


def remove_genres(apps, schema_editor):
    apps.get_model("catalog", "Genre").objects.filter(slug__in=[slug for slug, _ in GENRES]).delete()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunPython(add_genres, remove_genres)]
