"""What the palette offers for some words: recent things first, then what fits best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backline.catalog.queries.named import (
    NamedArtist,
    NamedBeat,
    NamedCollection,
    named_artists,
    named_beats,
    named_collections,
)
from backline.catalog.queries.search import found_artists, found_beats, found_collections
from backline.core import sql
from backline.domain.finding import asked, indexed, rank
from backline.web.formats import counted
from backline.web.models import Opened
from backline.web.palette.commands import ACTION, PAGE, Command, commands
from backline.web.shell import Shell

MOST_RECENT, MOST_RECENT_FOUND, MOST_BEATS, MOST_OTHERS = 8, 3, 6, 4
UNNAMED = 10_000  # found by something else than its name
_OPENED = "SELECT kind, number FROM web_opened WHERE account_id = %s ORDER BY at DESC, id DESC"
Things = dict[tuple[str, int], "Entry"]
Ranked = tuple[int, "Entry"]


@dataclass(frozen=True)
class Entry:
    """One line: where it leads, or for `theme` what it changes. `beat` is set for an own or credited beat."""

    name: str
    hint: str
    icon: str
    address: str
    theme: str = ""
    beat: NamedBeat | None = None


@dataclass(frozen=True)
class Found:
    """The lines under *Recent* and under `title`."""

    words: str
    recent: list[Entry]
    title: str
    others: list[Entry]

    @property
    def count(self) -> int:
        """All lines."""
        return len(self.recent) + len(self.others)


def found(shell: Shell, words: str) -> Found:
    """The palette of an account for what it typed; without words what it opened last, then pages and actions."""
    opened, offers = list(_opened(shell).values()), list(commands(shell))
    question = asked(words)
    if not question:
        return Found(
            words, opened[:MOST_RECENT], "Pages and actions", [_command(command) for command in offers]
        )
    recent = _fitting([_ranked(question, entry) for entry in opened])[:MOST_RECENT_FOUND]
    things = [entry for entry in _things(shell, words) if entry not in recent]
    asked_for = _fitting([_ranked(question, _command(each), also=each.also) for each in offers])
    ranked = [_ranked(question, entry) for entry in [*things, *asked_for[:MOST_OTHERS]]]
    others = [entry for _, entry in sorted(ranked, key=lambda each: each[0])]
    beats = [entry.beat for entry in [*recent, *others] if entry.beat]
    return Found(words, recent, "Results", [*others, *(_of_beat(beats[0]) if beats else ())])


def _opened(shell: Shell) -> Things:
    """What the account opened and may still see, the last first."""
    if shell.account is None:
        return {}
    rows = sql.rows(_OPENED, shell.account.pk)
    known = _lines(
        shell, {kind: [number for of, number in rows if of == kind] for kind in Opened.Kind.values}
    )
    return {row: known[row] for row in rows if row in known}


def _things(shell: Shell, words: str) -> Iterator[Entry]:
    """Beats and collections of the present artist, and artists, each kind by its own order."""
    artist_id = shell.member.artist_id if shell.member else None
    ids = {
        "beat": found_beats(artist_id, words, limit=MOST_BEATS) if artist_id else [],
        "collection": found_collections(artist_id, words, limit=MOST_OTHERS) if artist_id else [],
        "artist": found_artists(words, limit=MOST_OTHERS),
    }
    lines = _lines(shell, ids)
    yield from (lines[kind, number] for kind in ids for number in ids[kind] if (kind, number) in lines)


def _lines(shell: Shell, ids: dict[str, list[int]]) -> Things:
    members = shell.artist_ids
    beats = named_beats(ids["beat"], artist_ids=members)
    collections = named_collections(ids["collection"], artist_ids=members)
    artists = named_artists(ids["artist"])
    return {
        **{("beat", pk): _beat(each) for pk, each in beats.items()},
        **{("collection", pk): _collection(each) for pk, each in collections.items()},
        **{("artist", pk): _artist(each) for pk, each in artists.items()},
    }


def _fitting(ranked: list[Ranked]) -> list[Entry]:
    """Those that fit, the best first, equals as they came."""
    return [entry for place, entry in sorted(ranked, key=lambda each: each[0]) if place < UNNAMED]


def _ranked(question: list[str], entry: Entry, *, also: str = "") -> Ranked:
    place = rank(question, indexed([entry.name, also]), forgiving=True)
    return UNNAMED if place is None else place, entry


def _beat(beat: NamedBeat) -> Entry:
    facts = [
        f"{beat.bpm} BPM" if beat.bpm else "",
        beat.key_name,
        beat.state if beat.state != "public" else "",
    ]
    hint = ", ".join(["Beat", *filter(None, facts)])
    address = f"/backstage/beats/{beat.id}/" if beat.own else f"/beats/{beat.id}/"
    return Entry(beat.name, hint, "audio-lines", address, beat=beat)


def _of_beat(beat: NamedBeat) -> Sequence[Entry]:
    """What may be done with the beat that fits best."""
    edit = [Entry(f"Edit {beat.name}", ACTION, "pencil", f"/backstage/beats/{beat.id}/")] if beat.own else []
    return [
        *edit,
        Entry(f"{beat.name} insights", PAGE, "chart-no-axes-column", f"/backstage/beats/{beat.id}/insights/"),
        Entry(f"{beat.name} play receipts", PAGE, "receipt-text", f"/backstage/beats/{beat.id}/receipts/"),
    ]


def _collection(collection: NamedCollection) -> Entry:
    return Entry(
        collection.name,
        f"Collection, {counted(collection.beats, 'beat')}",
        "library",
        f"/backstage/collections/{collection.id}/",
    )


def _artist(artist: NamedArtist) -> Entry:
    return Entry(artist.name, f"Artist, {counted(artist.beats, 'beat')}", "user-round", f"/@{artist.handle}/")


def _command(command: Command) -> Entry:
    return Entry(command.name, command.hint, command.icon, command.address, theme=command.theme)
