"""Judging log rows and adding them up, by artist and beat and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backline.domain.downloads import Download, judge_download
from backline.domain.verdicts import Verdict, is_completed, judge
from backline.listening.history import HistoryBook, as_listen
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import CODES, Flag, LoggedDownload, LoggedListen, Mark, MarkKind, Owner
from backline.listening.store.tally import Tally

COUNTED = CODES[Verdict.COUNTED]
Key = tuple[Owner, int, int]


class Batch:
    """One portion of the logs, judged and added up in memory."""

    def __init__(self, session: FoldSession) -> None:
        self._session = session
        self.tallies: dict[Key, Tally] = {}
        self.listens: list[tuple[int, int]] = []
        self.downloads: list[tuple[int, int]] = []
        self.listed: list[tuple[int, int, int, int]] = []
        self.minutes: dict[tuple[int, int], int] = {}
        self._counted_downloads: dict[tuple[int, int], list[int]] = {}

    def add_listens(self, rows: Sequence[LoggedListen], book: HistoryBook) -> None:
        """Judges listens in log order and adds them."""
        first = rows[0].seq if rows else 0
        for row in rows:
            listen = as_listen(row)
            history = book.day(self._session, row.day, first)
            verdict = judge(listen, history)
            if verdict is Verdict.COUNTED:
                history.add(listen)
                self._add_play(row)
            else:
                code = CODES[verdict]
                for tally in self._tallies(row.beat, row.artists, row.day):
                    tally.received += 1
                    tally.rejections[code] = tally.rejections.get(code, 0) + 1
            self.listens.append((row.seq, CODES[verdict]))

    def _add_play(self, row: LoggedListen) -> None:
        completed = is_completed(
            furthest_ms=row.furthest_ms, distinct_ms=row.distinct_ms, beat_ms=row.beat_ms
        )
        terms = [term for term in (row.device, row.platform, row.browser, row.country, row.source) if term]
        for tally in self._tallies(row.beat, row.artists, row.day):
            tally.received += 1
            tally.plays += 1
            tally.heard_ms += row.played_ms
            tally.completions += completed
            tally.hours[row.hour] = tally.hours.get(row.hour, 0) + 1
            for term in terms:
                tally.terms[term] = tally.terms.get(term, 0) + 1
            if row.listener > 0:
                tally.accounts.add(row.listener)
            else:
                tally.visitors.add(-row.listener)
        for artist in self._session.artists_of(row.artists):
            minute = (artist, row.logged_ms // 60_000)
            self.minutes[minute] = self.minutes.get(minute, 0) + 1

    def add_downloads(self, rows: Sequence[LoggedDownload]) -> None:
        """Judges downloads in log order and adds them."""
        for row in rows:
            code = CODES[judge_download(_as_download(row), self._counted_before(row))]
            self.downloads.append((row.seq, code))
            if code == COUNTED:
                self._add_download(row)
                continue
            for tally in self._tallies(row.beat, row.artists, row.day):
                tally.download_rejections[code] = tally.download_rejections.get(code, 0) + 1

    def _add_download(self, row: LoggedDownload) -> None:
        self._counted_downloads.setdefault((row.listener, row.beat), []).append(row.at_ms)
        hour = 24 + row.hour
        for tally in self._tallies(row.beat, row.artists, row.day):
            tally.downloads += 1
            tally.hours[hour] = tally.hours.get(hour, 0) + 1
            if row.listener > 0:
                tally.download_accounts.add(row.listener)
        artists = self._session.artists_of(row.artists)
        self.listed += [(artist, row.at_ms, row.seq, row.day) for artist in artists]

    def _counted_before(self, row: LoggedDownload) -> list[int]:
        """When this account had counted downloads of the beat; somebody unknown had none that we can tell.

        What was judged before is in the store, what this batch judged is in memory.
        """
        if row.listener <= 0:
            return []
        stored = self._session.counted_download_times(row.listener, row.beat, row.seq)
        return stored + self._counted_downloads.get((row.listener, row.beat), [])

    def add_mark(self, mark: Mark) -> None:
        """Adds or takes back a like or follow, on the day it was given."""
        step = 1 if mark.given else -1
        if mark.kind == MarkKind.FOLLOW:
            self._tally(Owner.ARTIST, mark.target, mark.day).follows += step
            return
        for tally in self._tallies(mark.target, mark.artists, mark.day):
            tally.likes += step

    def _tallies(self, beat: int, artists: int, day: int) -> Iterator[Tally]:
        yield self._tally(Owner.BEAT, beat, day)
        for artist in self._session.artists_of(artists):
            yield self._tally(Owner.ARTIST, artist, day)

    def _tally(self, owner: Owner, owner_id: int, day: int) -> Tally:
        key = (owner, owner_id, day)
        tally = self.tallies.get(key)
        if tally is None:
            tally = self.tallies[key] = Tally()
        return tally


def _as_download(row: LoggedDownload) -> Download:
    flags = Flag(row.flags)
    return Download(
        at_ms=row.at_ms,
        unavailable=Flag.UNAVAILABLE in flags,
        own_team=Flag.OWN_TEAM in flags,
        staff=Flag.STAFF in flags,
        withdrawn=Flag.WITHDRAWN in flags,
    )
