"""A crowd's day through intake, fold and close: what of it counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from backline.listening import queries
from backline.listening.closing import close_all
from backline.listening.fold import fold_all
from backline.people.models import Artist
from bench.listening.crowds import BEAT_S, Crowd
from tests.listening.world import Player, make_beat


@dataclass(frozen=True)
class Result:
    """What became of a crowd's listens: when received, and after the day closed 72 hours after its end."""

    crowd: Crowd
    listens: int
    counted: int
    rejected: dict[str, int]
    counted_at_close: int


def live(crowd: Crowd, artist: Artist, *, midnight: datetime) -> Result:
    """Plays a crowd's day on beats of the artist, whom nobody else may have played that day."""
    beats = [
        make_beat(artist, now=midnight, name=f"{crowd.name} {n}", length_ms=BEAT_S * 1000)
        for n in range(crowd.beats)
    ]
    answers: Counter[str] = Counter()
    for heard in crowd.listens(midnight):
        player = Player(beats[heard.beat], now=heard.at, **heard.origin)
        answer = player.report(*heard.intervals, after_s=heard.took_s, final=True, **heard.more)
        answers[answer.status] += 1
    assert set(answers) == {"accepted"}, answers
    fold_all(now=midnight + timedelta(days=1))
    receipts = queries.artist_totals(artist.pk).receipts
    assert receipts.received == receipts.counted + sum(receipts.rejected.values()) == answers.total()
    close_all(now=midnight + timedelta(days=4, hours=1))
    closed = queries.artist_totals(artist.pk).receipts
    assert closed.received == receipts.received
    return Result(crowd, answers.total(), receipts.counted, dict(receipts.rejected), closed.counted)
