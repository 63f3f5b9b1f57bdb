"""What a selection would change, for staff before they open a case."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from backline.catalog import queries as catalog
from backline.catalog.queries import BeatLabel
from backline.listening.selection import Selected, Selection, selected
from backline.web.cases.forms import SelectionForm


@dataclass(frozen=True)
class Preview:
    """A selection of a beat that exists, its plays as of now, and the addresses with the most of them.

    `addresses` (number, plays, the page with that address alone) is empty unless the selection lies in one day.
    """

    selection: Selection
    beat: BeatLabel
    selected: Selected
    addresses: list[tuple[int, int, str]]


def preview(form: SelectionForm) -> Preview | None:
    """The preview of a form; None while it is empty or invalid. A beat that is not there is said at its field."""
    if not form.is_bound or not form.is_valid():
        return None
    selection: Selection = form.cleaned_data["selection"]
    beat = catalog.beat_labels([selection.beat_id]).get(selection.beat_id)
    if beat is None:
        form.add_error("beat", "There is no beat with this number.")
        return None
    found = selected(selection)
    one_day = selection.days[0] == selection.days[1]
    addresses = found.by_address if one_day and selection.address is None else []
    return Preview(selection, beat, found, [(no, plays, _address(form, no)) for no, plays in addresses])


def _address(form: SelectionForm, number: int) -> str:
    kept = {name: form.data.get(name, "") for name in form.fields}
    return f"/staff/cases/new/?{urlencode(kept | {'address': number})}"
