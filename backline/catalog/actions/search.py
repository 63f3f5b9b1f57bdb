"""The index of search: takes in what has changed."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from backline.catalog.models import Credit, Found, SearchMark, SearchText
from backline.catalog.queries.texts import texts
from backline.catalog.triggers import mark_everything

AT_ONCE = 500


def index_changes() -> int:
    """Takes in the oldest changes that are noted, at most 500; says how many. The texts are those of the rows now.

    A mark is taken away with the text it asked for, so a change that comes meanwhile has a mark of its own.
    """
    with transaction.atomic():
        marks = list(SearchMark.objects.order_by("pk").values_list("pk", "kind", "number")[:AT_ONCE])
        changed: defaultdict[str, set[int]] = defaultdict(set)
        for _, kind, number in marks:
            changed[kind].add(number)
        if artists := changed[Found.ARTIST]:
            changed[Found.BEAT] |= set(
                Credit.objects.filter(artist__in=artists).values_list("beat", flat=True)
            )
        for kind, numbers in changed.items():
            _keep(kind, sorted(numbers))
        SearchMark.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()
    return len(marks)


def index_everything() -> int:
    """Makes the index anew from the rows; says how many texts it holds."""
    mark_everything()
    while index_changes():
        pass
    return SearchText.objects.count()


def _keep(kind: str, numbers: list[int]) -> None:
    found = texts(kind, numbers)
    SearchText.objects.filter(kind=kind, number__in=set(numbers) - found.keys()).delete()
    SearchText.objects.bulk_create(
        [SearchText(kind=kind, number=number, text=text) for number, text in found.items()],
        update_conflicts=True,
        unique_fields=["kind", "number"],
        update_fields=["text"],
    )
