"""The platform's list of genres, as staff change it. Each change is in the audit log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from backline.catalog.models import Genre
from backline.domain.names import plain, slug
from backline.outbox.actions import record_audit
from backline.people.models import Account

TOPIC = "genres"
LONGEST = 40


class GenreRefused(Exception):
    """The list cannot be changed so; the text says why."""


def add_genre(name: str, *, by: Account, now: datetime) -> Genre:
    """Adds a genre; its slug is made from the name and stays.

    Raises:
        GenreRefused: no name, too long, or there is one like it.
    """
    name = _checked(name)
    made = slug(name, otherwise="")[:LONGEST].strip("-")
    if not made:
        raise GenreRefused("The name needs a letter or a digit that can stand in an address.")
    with transaction.atomic():
        _demand_new(name)
        if Genre.objects.filter(slug=made).exists():
            raise GenreRefused("There is a genre whose address this name would get.")
        genre = Genre.objects.create(slug=made, name=name)
        record_audit(f"added the genre {name}", account_id=by.pk, topic=TOPIC, now=now)
    return genre


def rename_genre(genre: Genre, *, name: str, by: Account, now: datetime) -> Genre:
    """Calls a genre otherwise; its slug stays, so that addresses and exports still find it.

    Raises:
        GenreRefused: as for a new one.
    """
    before, name = genre.name, _checked(name)
    with transaction.atomic():
        _demand_new(name, but=genre)
        genre.name = name
        genre.save(update_fields=["name"])
        if name != before:
            record_audit(f"renamed the genre {before} to {name}", account_id=by.pk, topic=TOPIC, now=now)
    return genre


def remove_genre(genre: Genre, *, by: Account, now: datetime) -> None:
    """Takes a genre off the list.

    Raises:
        GenreRefused: beats or collections have it.
    """
    with transaction.atomic():
        beats, collections = genre.beats.count(), genre.collections.count()
        if beats or collections:
            raise GenreRefused(f"{genre.name} stays: {_has_it(beats, collections)}.")
        genre.delete()
        record_audit(f"removed the genre {genre.name}", account_id=by.pk, topic=TOPIC, now=now)


def _has_it(beats: int, collections: int) -> str:
    counts = ((beats, "beat"), (collections, "collection"))
    said = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count]
    return f"{' and '.join(said)} {'has' if beats + collections == 1 else 'have'} it"


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise GenreRefused(f"A name has 1 to {LONGEST} characters.")
    return name


def _demand_new(name: str, *, but: Genre | None = None) -> None:
    others = Genre.objects.exclude(pk=but.pk) if but else Genre.objects.all()
    if plain(name) in {plain(each) for each in others.values_list("name", flat=True)}:
        raise GenreRefused("There is a genre of that name.")
