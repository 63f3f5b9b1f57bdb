"""Who made beats with whom. Artists that share a member, directly or through others, are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Collaboration:
    """An artist's beats with others and how many different others those were."""

    beats: frozenset[int]
    partners: int


def same_people(memberships: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each artist the lowest number among the artists that are one with it, from (artist, account) pairs.

    >>> same_people([(1, 10), (2, 10), (2, 11), (3, 11), (4, 12)])
    {1: 1, 2: 1, 3: 1, 4: 4}
    """
    root: dict[int, int] = {}
    of_account: dict[int, int] = {}

    def find(artist: int) -> int:
        while root[artist] != artist:
            root[artist] = root[root[artist]]
            artist = root[artist]
        return artist

    for artist, account in memberships:
        root.setdefault(artist, artist)
        one, other = find(artist), find(of_account.setdefault(account, artist))
        root[max(one, other)] = min(one, other)
    return {artist: find(artist) for artist in root}


def collaborations(credits: Mapping[int, Iterable[int]], same: Mapping[int, int]) -> dict[int, Collaboration]:
    """What each artist has, from the artists of each beat. A beat of one team alone is nobody's collaboration.

    >>> found = collaborations({7: [1, 2, 4], 8: [1, 2]}, {1: 1, 2: 1, 4: 4})
    >>> found[1].partners, sorted(found[1].beats), 8 in found[2].beats
    (1, [7], False)
    """
    beats: dict[int, set[int]] = {}
    partners: dict[int, set[int]] = {}
    for beat, artists in credits.items():
        team = {artist: same.get(artist, artist) for artist in artists}
        everybody = set(team.values())
        if len(everybody) < 2:
            continue
        for artist, own in team.items():
            beats.setdefault(artist, set()).add(beat)
            partners.setdefault(artist, set()).update(everybody - {own})
    return {artist: Collaboration(frozenset(made), len(partners[artist])) for artist, made in beats.items()}
