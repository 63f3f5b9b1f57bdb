"""Staff keep the genres."""

from __future__ import annotations

from datetime import datetime

import pytest

from backline.catalog import actions
from backline.catalog.models import Beat, Genre
from backline.outbox.models import AuditEntry
from tests.catalog.makers import make_draft
from tests.conftest import Cast

PATH = "/staff/genres/"


def noted() -> list[str]:
    return list(AuditEntry.objects.filter(topic="genres").order_by("pk").values_list("text", flat=True))


def test_a_genre_is_added_renamed_and_keeps_its_address(cast: Cast):
    dana = cast.client("dana")
    dana.post(PATH, {"name": "  Kuduro   Novo "})
    genre = Genre.objects.get(slug="kuduro-novo")
    assert genre.name == "Kuduro Novo"
    dana.post(f"{PATH}{genre.pk}/rename/", {"name": "Kuduro"})
    genre.refresh_from_db()
    assert (genre.name, genre.slug) == ("Kuduro", "kuduro-novo")
    dana.post(f"{PATH}{genre.pk}/rename/", {"name": "Kuduro"})
    dana.post(f"{PATH}{genre.pk}/remove/")
    assert not Genre.objects.filter(pk=genre.pk).exists()
    assert noted() == [
        "added the genre Kuduro Novo", "renamed the genre Kuduro Novo to Kuduro", "removed the genre Kuduro",
    ]  # fmt: skip


def test_one_that_is_used_stays_and_says_by_how_many(cast: Cast, now: datetime):
    make_draft(cast.marlo, account=cast.alice, now=now)
    trap, dana = Genre.objects.get(slug="trap"), cast.client("dana")
    answer = dana.post(f"{PATH}{trap.pk}/remove/", follow=True)
    assert "Trap stays: 1 beat has it." in answer.content.decode()
    assert Beat.objects.get().genres.get() == trap and noted() == []
    make_draft(cast.marlo, account=cast.alice, now=now)
    with pytest.raises(actions.GenreRefused, match="2 beats have it"):
        actions.remove_genre(trap, by=cast.dana, now=now)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "TRAP", "Träp", "夜行", "a\u202eb", "!!!"])
def test_a_name_that_cannot_be_is_refused(cast: Cast, name: str):
    before = Genre.objects.count()
    assert cast.client("dana").post(PATH, {"name": name}).status_code == 422
    assert Genre.objects.count() == before and noted() == []


def test_renaming_to_another_ones_name_is_refused(cast: Cast):
    drill, dana = Genre.objects.get(slug="drill"), cast.client("dana")
    answer = dana.post(f"{PATH}{drill.pk}/rename/", {"name": "trap"}, follow=True)
    assert "There is a genre of that name." in answer.content.decode()
    drill.refresh_from_db()
    assert drill.name == "Drill"


def test_an_empty_list_says_so_and_nobody_else_changes_it(cast: Cast):
    trap = Genre.objects.get(slug="trap")
    for path in (PATH, f"{PATH}{trap.pk}/rename/", f"{PATH}{trap.pk}/remove/"):
        assert cast.client("bob").post(path, {"name": "Mine"}).status_code == 404
    Genre.objects.all().delete()
    assert "There is no genre" in cast.client("dana").get(PATH).content.decode()
