"""What a beat says about itself: the fields of the beat form as one value, with the rules each must keep."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backline.catalog.models import Beat
from backline.catalog.queries.offers import offer_of
from backline.domain import beat_names, offers, quality, tags
from backline.domain.offers import Offer

LONGEST = {
    "name": beat_names.LONGEST_NAME,
    "description": 2000,
    "sample_note": 500,
    "ai_tool": 120,
    "ai_note": 500,
}


class InvalidFields(Exception):
    """Values that cannot be kept: field → sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in problems.items()))
        self.problems = problems


class Incomplete(Exception):
    """What publishing waits for."""

    def __init__(self, missing: tuple[quality.Missing, ...]) -> None:
        super().__init__(" ".join(part.sentence for part in missing))
        self.missing = missing


@dataclass(frozen=True)
class BeatFields:
    """Values of the beat form. Empty text and None mean not said yet. `genres` are slugs, `key` semitones above C."""

    name: str = ""
    description: str = ""
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    bpm: int | None = None
    key: int | None = None
    scale: str = ""
    sample_status: str = ""
    sample_note: str = ""
    ai_declaration: str = ""
    ai_tool: str = ""
    ai_note: str = ""
    ai_rights: bool = False
    licensing: str = "standard"
    offer: Offer = field(default_factory=Offer)

    def tidied(self, *, name: str) -> BeatFields:
        """The same without needless blanks, with tags made alike; `name` stands in for an empty one."""
        return replace(
            self,
            name=" ".join(self.name.split()) or name,
            description=self.description.replace("\r\n", "\n").strip(),
            genres=tuple(dict.fromkeys(self.genres)),
            tags=tags.distinct(self.tags),
            sample_note=" ".join(self.sample_note.split()),
            ai_tool=" ".join(self.ai_tool.split()),
            ai_note=" ".join(self.ai_note.split()),
            licensing=self.licensing or Beat.Licensing.STANDARD,
            offer=self.offer if self.offers_exclusive else Offer(),
        )

    @property
    def offers_exclusive(self) -> bool:
        """Whether the beat may be bought by one buyer alone."""
        return self.licensing in (Beat.Licensing.BOTH, Beat.Licensing.EXCLUSIVE)

    def problems(self) -> dict[str, str]:
        """For each field that cannot be kept as it is, a sentence. What is only missing is no problem for a draft."""
        found = {
            field: f"At most {most:,} characters; this has {len(getattr(self, field)):,}."
            for field, most in LONGEST.items()
            if len(getattr(self, field)) > most
        }
        if len(self.genres) > quality.MOST_GENRES:
            found["genres"] = f"Choose at most {quality.MOST_GENRES} genres."
        if len(self.tags) > tags.MOST_TAGS:
            found["tags"] = f"At most {tags.MOST_TAGS} tags; this has {len(self.tags)}."
        if self.bpm is not None and not quality.SLOWEST_BPM <= self.bpm <= quality.FASTEST_BPM:
            found["bpm"] = f"A whole number from {quality.SLOWEST_BPM} to {quality.FASTEST_BPM}."
        if self.key is not None and not 0 <= self.key <= 11:
            found["key"] = "A key from 0 (C) to 11 (B)."
        wrong = offers.problems(self.offer) if self.offers_exclusive else {}
        return found | wrong | self._unknown_choices()

    def details(self) -> quality.Details:
        """What the rules of quality look at. Every beat has a cover: an uploaded or a generated one."""
        return quality.Details(
            name=self.name,
            genres=len(self.genres),
            bpm=self.bpm,
            key=self.key,
            scale=self.scale,
            description=self.description,
            tags=len(self.tags),
            has_cover=True,
            sample_status=self.sample_status,
            ai_declaration=self.ai_declaration,
            ai_tool=self.ai_tool,
            ai_note=self.ai_note,
            ai_rights=self.ai_rights,
            licensing_complete=not (self.offers_exclusive and offers.missing(self.offer)),
        )

    def missing(self) -> tuple[quality.Missing, ...]:
        """What publishing waits for, in the form's order."""
        return quality.missing(self.details())

    def _unknown_choices(self) -> dict[str, str]:
        choices = {
            "scale": Beat.Scale.values,
            "sample_status": Beat.SampleStatus.values,
            "ai_declaration": Beat.AiDeclaration.values,
            "licensing": Beat.Licensing.values,
        }
        return {
            field: f"Choose one of {', '.join(known)}."
            for field, known in choices.items()
            if getattr(self, field) and getattr(self, field) not in known
        }


def fields_of(beat: Beat) -> BeatFields:
    """The beat's present values. Two queries, for genres and tags, and a third for an exclusive offer."""
    return BeatFields(
        name=beat.name,
        description=beat.description,
        genres=tuple(beat.genres.values_list("slug", flat=True)),
        tags=tuple(beat.tags.values_list("name", flat=True)),
        bpm=beat.bpm,
        key=beat.key,
        scale=beat.scale,
        sample_status=beat.sample_status,
        sample_note=beat.sample_note,
        ai_declaration=beat.ai_declaration,
        ai_tool=beat.ai_tool,
        ai_note=beat.ai_note,
        ai_rights=beat.ai_rights,
        licensing=beat.licensing,
        offer=offer_of(beat) or Offer(),
    )
