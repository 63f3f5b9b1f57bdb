"""What can be done to several beats at once, and how it is undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backline.catalog import actions
from backline.catalog.actions import Outcome
from backline.catalog.models import Beat, Collection
from backline.people.models import Account, Artist
from backline.web.numbers import number_in


@dataclass(frozen=True)
class Done:
    """What was done: to which beats, what was refused and why, and what undoing it needs to know."""

    outcome: Outcome
    before: dict[str, Any]


@dataclass(frozen=True)
class Task:
    """One thing to do to chosen beats: its words, its icon, and whether it asks for something to choose."""

    verb: str
    done: str
    picture: str
    asks: str = ""


TASKS = {
    "collect": Task("Add to collection", "added to the collection", "library", asks="collection"),
    "license": Task("Licensing", "licensed as chosen", "file-text", asks="licensing"),
    "archive": Task("Archive", "archived", "inbox"),
    "unarchive": Task("Take out of the archive", "out of the archive", "inbox"),
    "delete": Task("Delete", "in the trash for 30 days", "trash-2"),
}
Act = Callable[..., Outcome]
_PLAIN: dict[str, tuple[Act, Act]] = {
    "archive": (actions.archive_beats, actions.unarchive_beats),
    "unarchive": (actions.unarchive_beats, actions.archive_beats),
    "delete": (actions.delete_beats, actions.restore_beats),
}


def carry_out(
    name: str, artist: Artist, *, beat_ids: Sequence[int], choice: str, by: Account, now: datetime
) -> Done:
    """Does it to the artist's own beats among these.

    Raises:
        ValueError: what is chosen is none of the artist's collections, or no licensing.
    """
    if name == "collect":
        return _collect(artist, beat_ids, choice, now)
    if name == "license":
        return _license(artist, beat_ids, choice, by, now)
    return Done(_PLAIN[name][0](artist, beat_ids=beat_ids, now=now, by=by), {})


def undo(
    name: str, artist: Artist, *, beat_ids: Sequence[int], before: dict[str, Any], by: Account, now: datetime
) -> int:
    """Makes it as it was `before`; returns for how many beats.

    Raises:
        ValueError: the collection is gone.
    """
    if name == "collect":
        collection = _own_collection(artist, str(before["collection"]))
        return actions.remove_beats(collection, beat_ids=beat_ids, now=now)
    if name == "license":
        back = [
            actions.set_licensing_of(artist, beat_ids=some, licensing=model, now=now, by=by)
            for model, some in before["models"].items()
        ]
        return sum(len(one.done) for one in back)
    return len(_PLAIN[name][1](artist, beat_ids=beat_ids, now=now, by=by).done)


def _collect(artist: Artist, beat_ids: Sequence[int], choice: str, now: datetime) -> Done:
    collection = _own_collection(artist, choice)
    added = actions.add_beats(collection, beat_ids=beat_ids, now=now)
    held = Beat.objects.filter(pk__in=set(beat_ids).difference(added)).values_list("pk", "name")
    refused = {number: f"{name} is in {collection.name} already." for number, name in held}
    return Done(Outcome(tuple(added), refused), {"collection": collection.pk})


def _license(artist: Artist, beat_ids: Sequence[int], choice: str, by: Account, now: datetime) -> Done:
    models: defaultdict[str, list[int]] = defaultdict(list)
    for number, model in Beat.objects.filter(artist=artist, pk__in=beat_ids).values_list("pk", "licensing"):
        models[model].append(number)
    outcome = actions.set_licensing_of(artist, beat_ids=beat_ids, licensing=choice, now=now, by=by)
    done = set(outcome.done)
    return Done(
        outcome, {"models": {model: [n for n in some if n in done] for model, some in models.items()}}
    )


def _own_collection(artist: Artist, choice: str) -> Collection:
    found = Collection.objects.kept().filter(artist=artist, pk=number_in(choice) or 0).first()
    if found is None:
        raise ValueError("Choose one of the artist's collections.")
    return found
