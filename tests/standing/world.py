"""What tests of the awards share: reading them, and many artists at once."""

from __future__ import annotations

from datetime import datetime

from backline.core import clock
from backline.people import actions as people
from backline.people.models import Artist
from backline.standing import queries
from backline.standing.models import Award, Tally


def xp(artist: Artist) -> int:
    """The artist's XP, which is also the sum of its awards and what every reader says."""
    tally = Tally.objects.filter(pk=artist.pk).first()
    found = tally.xp if tally else 0
    assert found == sum(Award.objects.filter(artist=artist).values_list("amount", flat=True))
    progress = queries.progress(queries.counted(artist.pk, now=clock.now()))
    assert found == progress.xp == sum(each.xp for each in progress.sums)
    return found


def of_source(artist: Artist, source: str) -> list[tuple[str, int]]:
    """Subject and amount of every row of a source, reversals too, in the order they were written."""
    return list(
        Award.objects.filter(artist=artist, source=source).order_by("id").values_list("subject", "amount")
    )


def unlocked(artist: Artist) -> set[str]:
    """The keys of the unlocked achievements."""
    tally = Tally.objects.get(pk=artist.pk)
    assert tally.achievements == len(tally.unlocked)
    return set(tally.unlocked)


def many_artists(count: int, *, now: datetime) -> list[Artist]:
    """Artists with an owner each."""
    return [
        people.create_artist(
            people.create_account(f"p{number}@example.com", name=f"P{number}", password=None, now=now),
            name=f"Artist {number}",
            handle=f"artist-{number}",
            now=now,
        )
        for number in range(count)
    ]
