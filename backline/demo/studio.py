"""Makes the demo world's audio and stores it as an upload would be. One child renders and decodes all of it: to start
another for each file took three times as long as the rest."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from types import TracebackType

from django.db import connection

from backline.catalog.actions import store_recording
from backline.catalog.models import Recording
from backline.core import files
from backline.demo.plan import PlannedBeat
from backline.demo.synthesiser import Synthesiser
from backline.demo.titles import KEYS
from backline.people.models import Artist

UPLOAD_TAKES = timedelta(seconds=40)


def file_name(beat: PlannedBeat) -> str:
    """What the producer called the file; no two beats of an artist share it."""
    slug = beat.name.lower().replace(" & ", "-").replace(" ", "-")
    key = KEYS[beat.key].replace("♯", "s").replace("♭", "b")
    return f"{slug}_{beat.bpm}_{key}{'m' if beat.scale == 'minor' else ''}.wav"


class Studio:
    """Stores a recording for every beat that has none yet, in order, ahead of those who ask for them.

    With more than one worker that many threads work in the background, each with a synthesiser of its own; with one,
    a recording is made in the calling thread when it is asked for.
    """

    def __init__(
        self, beats: Sequence[PlannedBeat], *, artists: dict[str, Artist], seed: int, workers: int
    ) -> None:
        self._artists, self._seed = artists, seed
        stored = {(r.artist_id, r.file_name): r for r in Recording.objects.defer("peaks")}
        self._kept = {b.name: stored.get((artists[b.handle].pk, file_name(b))) for b in beats}
        self._missing = [(n, beat) for n, beat in enumerate(beats) if self._kept[beat.name] is None]
        self._numbers = {beat.name: number for number, beat in self._missing}
        self._own = threading.local()
        self._children: list[Synthesiser] = []
        self._pool = ThreadPoolExecutor(workers) if workers > 1 else None
        self._coming: dict[str, Future[Recording]] = {}

    def __enter__(self) -> Studio:
        if self._pool is not None:
            for number, beat in self._missing:
                self._coming[beat.name] = self._pool.submit(self._store_and_disconnect, number, beat)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the children; what was not begun stays undone."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.close()

    def recording_of(self, beat: PlannedBeat) -> Recording:
        """The beat's recording, as soon as there is one.

        Raises:
            RuntimeError, UploadRefused: it could not be made.
        """
        kept = self._kept[beat.name]
        if kept is not None:
            return kept
        if beat.name in self._coming:
            return self._coming[beat.name].result()
        return self._store(self._numbers[beat.name], beat)

    def _store_and_disconnect(self, number: int, beat: PlannedBeat) -> Recording:
        try:
            return self._store(number, beat)
        finally:
            connection.close()

    def _store(self, number: int, beat: PlannedBeat) -> Recording:
        with files.draft(suffix=".wav") as draft:
            decoded = self._synthesiser().render(beat, seed=self._seed * 1000 + number, path=draft)
            return store_recording(
                self._artists[beat.handle],
                draft=draft,
                file_name=file_name(beat),
                now=beat.created_at - UPLOAD_TAKES,
                decoded=decoded,
            )

    def _synthesiser(self) -> Synthesiser:
        """The calling thread's own child."""
        if not hasattr(self._own, "child"):
            self._own.child = Synthesiser()
            self._children.append(self._own.child)
        child: Synthesiser = self._own.child
        return child
