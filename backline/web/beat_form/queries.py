"""What the beat form shows beside its fields."""

from __future__ import annotations

from dataclasses import dataclass

from backline.catalog import queries as catalog
from backline.catalog.covers import Cover, beat_cover
from backline.catalog.fields import BeatFields, fields_of
from backline.catalog.models import Beat, Credit, Recording, Step
from backline.domain import beat_names, file_names, music, quality, suggestions, waveform
from backline.web.cover_choice import Style, chosen_style, styles
from backline.web.formats import number
from backline.web.version_field import Difference

WAVE_BARS = 200
WAVE_HEIGHT = 64
WAVE_PITCH = 4
LABELS = {
    "name": "Name",
    "description": "Description",
    "genres": "Genres",
    "tags": "Tags",
    "bpm": "BPM",
    "key": "Key",
    "scale": "Scale",
    "sample_status": "Sample status",
    "sample_note": "Note for buyers",
    "ai_declaration": "AI declaration",
    "ai_note": "AI note",
}


@dataclass(frozen=True)
class Readiness:
    """How far the form is: what publishing waits for, and the five fields of completeness (name, whether filled)."""

    missing: tuple[quality.Missing, ...]
    percent: int
    ticks: tuple[tuple[str, bool], ...]
    camelot: str


@dataclass(frozen=True)
class Sheet:
    """Everything but the fields. `wave` is an SVG path in a box of 800 by 64."""

    cover: Cover
    styles: tuple[Style, ...]
    style: str
    flags: tuple[beat_names.Flag, ...]
    credits: tuple[Credit, ...]
    steps: list[catalog.StepState]
    wave: str
    offers: suggestions.Offers
    loudness: str
    copy: catalog.Copy | None

    @property
    def is_processing(self) -> bool:
        """The worker has something left to do."""
        return not all(step.is_over for step in self.steps)

    @property
    def is_listening(self) -> bool:
        """Tempo and key are still being measured."""
        return not all(step.is_over for step in self.steps if step.kind == Step.Kind.ANALYSIS)


def sheet(beat: Beat) -> Sheet:
    """The form's surroundings for a beat with artist and recording. Three queries, two more for a copy."""
    peaks = bytes(beat.recording.peaks or b"")
    return Sheet(
        cover=beat_cover(beat),
        styles=styles(beat.cover_seed),
        style=chosen_style(beat),
        flags=beat_names.flags(beat.name, artist=beat.artist.name),
        credits=tuple(beat.credits.select_related("artist")),
        steps=catalog.processing(beat.recording_id),
        wave=waveform.path(peaks, count=WAVE_BARS, height=WAVE_HEIGHT, pitch=WAVE_PITCH) if peaks else "",
        offers=suggestions.offers(
            tempi=[(bpm, sure) for bpm, sure in beat.recording.tempi],
            keys=[(key, scale, sure) for key, scale, sure in beat.recording.keys],
            named=file_names.figures(beat.recording.file_name),
        ),
        loudness=_loudness(beat.recording),
        copy=catalog.copy_of(beat.recording),
    )


def readiness(fields: BeatFields, beat: Beat) -> Readiness:
    """What fields lack, saved or not, and what the beat's audio waits for."""
    ticks = (
        ("BPM", fields.bpm is not None),
        ("Key", fields.key is not None),
        ("Scale", bool(fields.scale)),
        ("Description", bool(fields.description.strip())),
        (f"Tags, {len(fields.tags)} of {quality.ENOUGH_TAGS}", len(fields.tags) >= quality.ENOUGH_TAGS),
    )
    knows_key = fields.key is not None and fields.scale
    return Readiness(
        missing=fields.missing() + catalog.hindrances(beat),
        percent=quality.completeness(fields.details()),
        ticks=ticks,
        camelot=music.camelot(fields.key, fields.scale) if fields.key is not None and knows_key else "",
    )


def differences(beat: Beat, mine: BeatFields) -> list[Difference]:
    """Where the beat as somebody else saved it differs from this form."""
    theirs = fields_of(beat)
    return [
        Difference(label, _shown(getattr(theirs, field)))
        for field, label in LABELS.items()
        if getattr(theirs, field) != getattr(mine, field)
    ]


def _loudness(recording: Recording) -> str:
    """A sentence with what was measured, empty while nothing was."""
    if recording.loudness_lufs is None:
        return ""
    peak = recording.true_peak_dbtp
    clips = " Above 0 dBTP it may clip when it is encoded." if peak is not None and peak > 0 else ""
    return (
        f"Loudness {number(recording.loudness_lufs, 1)} LUFS, true peak {number(peak or 0.0, 1)} dBTP.{clips}"
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)
