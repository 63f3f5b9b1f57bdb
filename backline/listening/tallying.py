"""Judging log rows and adding them up, by artist and beat and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backline.domain.downloads import Download, judge_download
from backline.domain.verdicts import Verdict, judge
from backline.listening.counting import add_listen
from backline.listening.history import HistoryBook, as_listen
from backline.listening.store.closes import MarkStep
from backline.listening.store.interface import FoldSession
from backline.listening.store.rows import (
    CODES,
    COUNTED,
    Flag,
    LoggedDownload,
    LoggedListen,
    MarkKind,
    Owner,
)
from backline.listening.store.tally import Tally

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

    def add_listens(
        self, rows: Sequence[LoggedListen], book: HistoryBook, changed: Mapping[int, int] | None = None
    ) -> None:
        """Judges listens in log order and adds them; those in `changed` (seq → code) with the verdict they have now.

        What was changed later is judged, and compared with, as the rules found it.
        """
        first = rows[0].seq if rows else 0
        for row in rows:
            listen = as_listen(row)
            history = book.day(self._session, row.day, first)
            verdict = judge(listen, history)
            code = CODES[verdict]
            if verdict is Verdict.COUNTED:
                history.add(listen)
            self.listens.append((row.seq, code))
            current = changed.get(row.seq, code) if changed else code
            artists = self._session.artists_of(row.artists)
            add_listen(
                row,
                current,
                self._tally(Owner.BEAT, row.beat, row.day),
                [self._tally(Owner.ARTIST, artist, row.day) for artist in artists],
            )
            if current == COUNTED:
                for artist in artists:
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

    def add_mark(self, mark: MarkStep) -> None:
        """Adds or takes back a like, follow, licence or sale on its day."""
        if mark.kind == MarkKind.FOLLOW:
            self._tally(Owner.ARTIST, mark.target, mark.day).follows += mark.step
            return
        for tally in self._tallies(mark.target, mark.artists, mark.day):
            if mark.kind == MarkKind.LIKE:
                tally.likes += mark.step
            elif mark.kind == MarkKind.LICENCE:
                tally.licences += mark.step
            else:
                tally.sales += mark.step

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
