"""What the beat form shows beside its fields."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from backline.catalog import queries as catalog
from backline.catalog.covers import Cover, beat_cover
from backline.catalog.fields import BeatFields, fields_of
from backline.catalog.models import Beat, Credit, PrivateLink, Recording, Step
from backline.catalog.queries.catalogue import collection_choices
from backline.catalog.queries.shares import BeatShares, beat_shares
from backline.catalog.wording import LABELS, words
from backline.domain import beat_names, file_names, music, offers, quality, suggestions
from backline.web.beat_form.forms import Choices
from backline.web.cover_choice import Style, chosen_style, styles
from backline.web.formats import number
from backline.web.tracks import wave_of
from backline.web.version_field import Difference

WAVE_BARS = 200
SECTIONS = {
    "cover": ("s1", "1 Cover"),
    "audio": ("processing-title", "Audio"),
    "name": ("id_name", "2 Details"),
    "genres": ("genres", "3 Music"),
    "bpm": ("id_bpm", "3 Music"),
    "key": ("id_key", "3 Music"),
    "scale": ("id_scale", "3 Music"),
    "sample_status": ("sample_status", "4 Rights"),
    "ai_declaration": ("ai_declaration", "4 Rights"),
    "ai_tool": ("id_ai_tool", "4 Rights"),
    "ai_note": ("id_ai_note", "4 Rights"),
    "ai_rights": ("id_ai_rights", "4 Rights"),
    "licensing": ("s5", "5 Licensing"),
}
"""Field → where on the page it is, and what its section is called."""


@dataclass(frozen=True)
class Lack:
    """Something that publishing waits for, with the place on the page that mends it."""

    sentence: str
    anchor: str
    section: str


@dataclass(frozen=True)
class Readiness:
    """How far the form is: what publishing waits for, and the five fields of completeness (name, whether filled)."""

    missing: tuple[Lack, ...]
    percent: int
    ticks: tuple[tuple[str, bool], ...]
    camelot: str


@dataclass(frozen=True)
class Sheet:
    """Everything but the fields. `wave` is an SVG path in a box of 800 by 32."""

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
    shares: BeatShares
    link: PrivateLink | None

    @property
    def is_processing(self) -> bool:
        """The worker has something left to do."""
        return not all(step.is_over for step in self.steps)

    @property
    def is_listening(self) -> bool:
        """Tempo and key are still being measured."""
        return not all(step.is_over for step in self.steps if step.kind == Step.Kind.ANALYSIS)


def sheet(beat: Beat) -> Sheet:
    """The form's surroundings for a beat with artist and recording. Four queries; two more for a copy or for shares."""
    return Sheet(
        cover=beat_cover(beat),
        styles=styles(beat.cover_seed),
        style=chosen_style(beat),
        flags=beat_names.flags(beat.name, artist=beat.artist.name, words=settings.NAME_WORDS),
        credits=tuple(beat.credits.select_related("artist")),
        steps=catalog.processing(beat.recording_id),
        wave=wave_of(beat, bars=WAVE_BARS),
        offers=suggestions.offers(
            tempi=[(bpm, sure) for bpm, sure in beat.recording.tempi],
            keys=[(key, scale, sure) for key, scale, sure in beat.recording.keys],
            named=file_names.figures(beat.recording.file_name),
        ),
        loudness=_loudness(beat.recording),
        copy=catalog.copy_of(beat.recording),
        shares=beat_shares(beat),
        link=beat.links.filter(revoked_at=None).first() if beat.state == Beat.State.PRIVATE else None,
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
        missing=_lacks(fields, catalog.hindrances(beat)),
        percent=quality.completeness(fields.details()),
        ticks=ticks,
        camelot=music.camelot(fields.key, fields.scale) if fields.key is not None and knows_key else "",
    )


def differences(beat: Beat, mine: BeatFields) -> list[Difference]:
    """Where the beat as somebody else saved it differs from this form."""
    theirs, own = words(fields_of(beat)), words(mine)
    return [
        Difference(LABELS[field], text or "nothing") for field, text in theirs.items() if text != own[field]
    ]


def choices(artist_id: int) -> Choices:
    """What may be chosen on the form of an artist's beat. Two queries."""
    return {"genres": catalog.genre_choices(), "collections": collection_choices(artist_id)}


def places(beat: Beat) -> list[int]:
    """The collections that hold the beat."""
    return list(beat.collections.filter(deleted_at=None).values_list("pk", flat=True))


def scheduled_local(beat: Beat, zone: ZoneInfo) -> str:
    """When a scheduled beat comes out by the account's clock, as a field for a day and time holds it."""
    return f"{beat.scheduled_at.astimezone(zone):%Y-%m-%dT%H:%M}" if beat.scheduled_at else ""


def _lacks(fields: BeatFields, also: tuple[quality.Missing, ...]) -> tuple[Lack, ...]:
    """What publishing waits for; of an exclusive offer each thing by itself."""
    wanted = offers.missing(fields.offer) if fields.offers_exclusive else ()
    parts = [(part.field, part.sentence) for part in fields.missing() if part.field != "licensing"]
    parts += [("licensing", f"The offer wants {words}.") for words in wanted]
    parts += [(part.field, part.sentence) for part in also]
    return tuple(Lack(sentence, *SECTIONS[field]) for field, sentence in parts)


def _loudness(recording: Recording) -> str:
    """A sentence with what was measured, empty while nothing was."""
    if recording.loudness_lufs is None:
        return ""
    peak = recording.true_peak_dbtp
    clips = " Above 0 dBTP it may clip when it is encoded." if peak is not None and peak > 0 else ""
    return (
        f"Loudness {number(recording.loudness_lufs, 1)} LUFS, true peak {number(peak or 0.0, 1)} dBTP.{clips}"
    )
