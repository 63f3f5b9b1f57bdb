"""The table's rows: shown as they are saved, and saved one by one, each with what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.catalog.fields import fields_of
from backline.catalog.models import Beat
from backline.people.models import Account
from backline.web.batch.forms import RowForm, prefix
from backline.web.beat_form.queries import differences
from backline.web.version_field import Difference


@dataclass
class Row:
    """One beat of the table. `state` is empty, "saved", "same", "refused" or "conflict"; `refusal` a sentence."""

    beat: Beat
    form: RowForm
    state: str = ""
    refusal: str = ""
    theirs: list[Difference] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Something of it was not saved."""
        return self.state in ("refused", "conflict")


def shown(beats: Sequence[Beat], data: QueryDict | None = None) -> list[Row]:
    """The rows with the values that are saved, or with those of `data`. Two queries."""
    values = _values(beats)
    return [Row(beat, RowForm(data, prefix=prefix(beat), initial=values[beat.pk])) for beat in beats]


def save(rows: Sequence[Row], *, by: Account, now: datetime) -> None:
    """Saves each row for itself: what is wrong with one does not keep the others."""
    for row in rows:
        if row.form.is_valid():
            _save(row, by, now)
        else:
            row.state, row.refusal = "refused", " ".join(map(str, row.form.errors.get("version", [])))


def _save(row: Row, by: Account, now: datetime) -> None:
    present = fields_of(row.beat)
    wanted = row.form.over(present)
    if wanted.tidied(name=present.name) == present:
        row.state = "same"
        return
    try:
        seen_at = row.form.cleaned_data["version"]
        row.beat = actions.update_beat(row.beat, fields=wanted, seen_at=seen_at, by=by, now=now)
        row.state = "saved"
    except actions.EditedMeanwhile:
        row.state, row.theirs = "conflict", differences(row.beat, wanted)
    except actions.InvalidFields as refusal:
        row.state, row.refusal = "refused", " ".join(refusal.problems.values())
    except (actions.Incomplete, actions.NotPossible) as refusal:
        row.state, row.refusal = "refused", str(refusal)


def renewed(rows: Sequence[Row], data: QueryDict) -> list[Row]:
    """The rows again with the versions of now, so that the next press saves knowingly over what was said here."""
    fresh = data.copy()
    for row in rows:
        row.beat.refresh_from_db(fields=["updated_at"])
        fresh[f"{prefix(row.beat)}-version"] = row.beat.updated_at.isoformat()
    for row in rows:
        row.form = RowForm(fresh, prefix=prefix(row.beat))
        row.form.is_valid()
    return list(rows)


def _values(beats: Sequence[Beat]) -> dict[int, dict[str, Any]]:
    names = dict(catalog.genre_choices())
    ids = [beat.pk for beat in beats]
    genres: dict[int, list[str]] = defaultdict(list)
    tags: dict[int, list[str]] = defaultdict(list)
    for beat_id, slug in catalog.genres_of(ids):
        genres[beat_id].append(names[slug])
    for beat_id, name in catalog.tags_of(ids):
        tags[beat_id].append(name)
    return {
        beat.pk: {
            "version": beat.updated_at.isoformat(),
            "name": beat.name,
            "genres": ", ".join(genres[beat.pk]),
            "tags": ", ".join(tags[beat.pk]),
            "bpm": beat.bpm,
            "key": beat.key,
            "scale": beat.scale,
            "sample_status": beat.sample_status,
            "ai_declaration": beat.ai_declaration,
        }
        for beat in beats
    }
