"""What every read of a store answers, to compare one store with another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from backline.listening.store.interface import Store
from backline.listening.store.rows import Owner


# long: each read once
def answers(
    store: Store, *, beats: Sequence[int], artists: Sequence[int], first: int, last: int
) -> dict[str, Any]:
    """The answers by read and arguments."""
    middle = (first + last) // 2
    spans = [(first, last), (middle, last), (middle, middle), (last + 1, last + 9)]
    ids = {Owner.BEAT: beats, Owner.ARTIST: artists}
    found: dict[str, Any] = {
        "last closed": store.last_closed(),
        "horizons": store.horizons(),
        "waits": store.freshness()[1],
        "rebuild": store.needs_rebuild(),
        "changes": store.changes(0, 1_000),
        "later changes": store.changes(3, 2),
        "of case": store.changes_of_case(1),
        "account keys": store.account_keys(range(40)),
        "term texts": store.term_texts(range(40)),
        "named terms": store.named_terms({number: number for number in range(40)}),
        "live": [store.live(artist, 0) for artist in artists],
        "totals": {owner: store.totals(owner, [*some, 999]) for owner, some in ids.items()},
        "all totals": {owner: list(store.all_totals(owner)) for owner in Owner},
    }
    by_span: dict[str, Callable[[int, int], Any]] = {
        "closed": store.closed,
        "beat sums": lambda a, b: store.beat_sums(beats, a, b),
        "beat moves": lambda a, b: store.beat_moves(beats, a, (a + b) // 2, b),
        "received": lambda a, b: store.beat_received(beats, a, b),
        "beat countries": lambda a, b: store.beat_countries(beats, a, b),
        "impressions": lambda a, b: store.impressions(beats, a, b),
        "day listeners": lambda a, b: list(store.day_listeners(a, b, None)),
        "some day listeners": lambda a, b: list(store.day_listeners(a, b, beats[:2])),
        "downloads": lambda a, b: [
            store.downloads(artist, from_ms=a * 86_400_000, until_ms=b * 86_400_000, limit=9, offset=1)
            for artist in artists
        ],
        "judged": lambda a, b: [store.judged(beat, a, b, limit=50) for beat in beats],
        "judged before": lambda a, b: [store.judged(beat, a, b, limit=5, before=20) for beat in beats],
        "plays of day": lambda a, _: store.plays_of_day(a),
        "plays before changes": lambda a, _: store.plays_of_day(a, change_no=2),
    }
    by_owner: dict[str, Callable[[Owner, int, int], Any]] = {
        "account plays": lambda owner, a, b: list(store.account_plays(owner, a, b)),
        "period plays": store.period_plays,
        "days": lambda owner, a, b: [store.days(owner, one, a, b) for one in ids[owner]],
        "series": lambda owner, a, b: [store.series(owner, one, a, b) for one in ids[owner]],
        "hours": lambda owner, a, b: [store.hours(owner, one, a, b) for one in ids[owner]],
        "months": lambda owner, a, b: [store.months(owner, one, a, b) for one in ids[owner]],
    }
    for a, b in spans:
        found |= {f"{name} {a} {b}": read(a, b) for name, read in by_span.items()}
        found |= {
            f"{name} {a} {b} {owner}": read(owner, a, b) for name, read in by_owner.items() for owner in Owner
        }
        found |= {f"seconds {a} {b} {beat}": store.seconds(beat, a, b) for beat in beats}
    found["countries"] = [store.countries(row) for row in store.totals(Owner.ARTIST, artists).values()]
    return found
