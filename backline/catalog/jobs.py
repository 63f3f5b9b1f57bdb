"""What the worker runs for the catalogue: processing steps of recordings, and sweeping what nobody owns."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from backline.catalog import actions
from backline.catalog.models import Step
from backline.catalog.queries.defaults import voice_tag_key
from backline.catalog.queries.originality import alike
from backline.catalog.queries.orphans import orphan_folders
from backline.core import clock, files
from backline.integrations import audio

log = logging.getLogger("backline.catalog")
DRAFTS_LAST = timedelta(hours=6)


def release_claims() -> None:
    """Before the lanes start: what the last worker had in hand when it was stopped waits no longer."""
    if released := actions.release_steps():
        log.info("taking up %d interrupted steps", released)


def process_oldest() -> bool:
    """Works on the step that has waited longest; says whether there was one."""
    return _process(newest_first=False)


def process_newest() -> bool:
    """Works on the step that came last, for somebody may be looking at it; says whether there was one."""
    return _process(newest_first=True)


def publish_scheduled() -> bool:
    """Publishes the beat whose time has come; says whether there was one."""
    return actions.publish_next(now=clock.now())


def empty_trash() -> bool:
    """Lets go of what was in the trash for 30 days, one beat; says whether there was one."""
    return actions.purge_next(now=clock.now())


def release_collections() -> bool:
    """Publishes the collection whose time has come; says whether there was one."""
    return actions.release_next(now=clock.now()) is not None


def empty_collections_trash() -> bool:
    """Removes what was in the trash for 30 days, one collection; says whether there was one."""
    return actions.purge_next_collection(now=clock.now())


def index_search() -> bool:
    """Takes changed names into the index of search; says whether there were any."""
    return actions.index_changes() > 0


def recommend() -> bool:
    """Looks for artists close to each other, where a day has passed; says whether there were any."""
    return actions.recommend_next(now=clock.now())


def sweep() -> bool:
    """Removes uploads and drafts that broke off, and folders without a row. Never more to do at once."""
    now = clock.now()
    actions.forget_uploads(now=now)
    actions.remove_unknown_pieces(before=now - DRAFTS_LAST)
    files.remove_old_drafts(before=now - DRAFTS_LAST)
    for folder in orphan_folders(before=now - DRAFTS_LAST):
        log.info("removing %s, which belongs to nothing", folder)
        files.remove_folder(folder)
    return False


def _process(*, newest_first: bool) -> bool:
    claim = actions.claim_step(now=clock.now(), newest_first=newest_first)
    if claim is None:
        return False
    try:
        _run(claim)
    except Exception as error:
        # What the audio library refuses is said to the producer; anything else is ours and goes to the log.
        known = isinstance(error, audio.Refused)
        if not known:
            log.exception("the %s of recording %d failed", claim.kind, claim.recording.pk)
        reason = str(error) if known else "This step failed for a reason on our side. Try again later."
        actions.fail_step(claim, reason=reason, now=clock.now())
    return True


def _run(claim: actions.Claim) -> None:
    original = files.path(claim.recording.original_key)
    if claim.kind == Step.Kind.ANALYSIS:
        _analyse(claim, original)
        return
    with files.draft(suffix=".mp3") as draft:
        if claim.kind == Step.Kind.PREVIEW:
            _preview(claim, original, draft)
            return
        audio.encode_stream(original, draft)
        actions.finish_stream(claim, draft=draft, now=clock.now())


def _preview(claim: actions.Claim, original: Path, draft: Path) -> None:
    stream, tag = files.path(claim.recording.stream_key), voice_tag_key(claim.recording.artist_id)
    every_s = settings.VOICE_TAG_EVERY_S
    audio.encode_preview(original, stream, draft, every_s=every_s, tag=files.path(tag) if tag else None)
    actions.finish_preview(claim, draft=draft, now=clock.now())


def _analyse(claim: actions.Claim, original: Path) -> None:
    """A crash between two of these lines is made good by the next try: each of them may be repeated."""
    analysis = audio.analyse(original)
    actions.keep_fingerprint(claim.recording, words=analysis.words, terms=analysis.terms)
    actions.mark_copies(claim.recording, alike=alike(claim.recording), now=clock.now())
    actions.finish_analysis(claim, analysis=analysis, now=clock.now())
