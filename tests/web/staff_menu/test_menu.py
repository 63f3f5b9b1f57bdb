"""Staff change the menu."""

from __future__ import annotations

import pytest

from backline.outbox.models import AuditEntry
from backline.web.models import MenuItem
from backline.web.staff_menu import actions
from backline.web.staff_menu.icons import icon_names
from tests.conftest import Cast

PATH = "/staff/menu/"
FIELDS = {"label": "Shop", "icon": "globe", "address": "https://example.com/shop", "audience": "producers"}


def labels() -> list[str]:
    return list(MenuItem.objects.order_by("position", "pk").values_list("label", flat=True))


def noted() -> list[str]:
    return list(AuditEntry.objects.filter(topic="menu").order_by("pk").values_list("text", flat=True))


def test_an_item_is_added_last_and_stands_in_the_sidebar(cast: Cast):
    answer = cast.client("dana").post(f"{PATH}new/", FIELDS | {"new_tab": "on"})
    assert answer.headers["Location"] == PATH
    assert labels()[-1] == "Shop"
    assert (
        'href="https://example.com/shop" target="_blank"'
        in cast.client("alice").get("/dashboard/").content.decode()
    )
    assert "https://example.com/shop" not in cast.client("lee").get("/dashboard/").content.decode()
    assert noted() == ["added the menu item Shop (https://example.com/shop)"]


def test_an_item_is_changed_and_removed(cast: Cast):
    dana, item = cast.client("dana"), MenuItem.objects.get(label="Progress")
    dana.post(f"{PATH}{item.pk}/", FIELDS | {"label": "My way", "address": "/dashboard/progress/"})
    item.refresh_from_db()
    assert (item.label, item.audience, item.position) == ("My way", "producers", 4)
    dana.post(f"{PATH}{item.pk}/remove/")
    assert "My way" not in labels()
    assert noted()[-1] == "removed the menu item My way"


def test_order_goes_by_buttons_and_stops_at_the_ends(cast: Cast):
    dana, items = cast.client("dana"), list(MenuItem.objects.order_by("position"))
    MenuItem.objects.update(position=1)  # as an import may leave them
    dana.post(f"{PATH}{items[1].pk}/move/", {"to": "up"})
    assert labels()[:2] == ["Finances", "Dashboard"]
    dana.post(f"{PATH}{items[1].pk}/move/", {"to": "up"})
    dana.post(f"{PATH}{items[-1].pk}/move/", {"to": "down"})
    dana.post(f"{PATH}{items[0].pk}/move/", {"to": "sideways"})
    assert labels()[:2] == ["Finances", "Dashboard"]
    assert noted() == ["moved the menu item Finances up"]


def test_an_empty_menu_says_so_and_is_reset(cast: Cast):
    before = labels()
    MenuItem.objects.all().delete()
    dana = cast.client("dana")
    assert "No menu items configured" in dana.get(PATH).content.decode()
    dana.post(f"{PATH}reset/")
    assert labels() == before
    assert noted() == ["reset the menu to the seven pages"]


@pytest.mark.parametrize(
    "bad",
    [
        {"address": "javascript:alert(1)"}, {"address": "//evil.example"}, {"address": "/\\evil.example"},
        {"address": "http://example.com"}, {"address": "https://"}, {"address": "https://[x/"},
        {"address": "/a b"}, {"address": '/"><script>'}, {"address": "/" + "x" * 300}, {"address": ""},
        {"label": ""}, {"label": "x" * 41}, {"icon": "no-such-icon"}, {"audience": "ghosts"},
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_refused(cast: Cast, bad: dict[str, str]):
    before = labels()
    assert cast.client("dana").post(f"{PATH}new/", FIELDS | bad).status_code == 422
    assert labels() == before and noted() == []


def test_there_are_never_more_than_a_sidebar_holds(cast: Cast):
    MenuItem.objects.bulk_create(
        MenuItem(label=str(n), icon="globe", address="/", position=n) for n in range(23)
    )
    answer = cast.client("dana").post(f"{PATH}new/", FIELDS)
    assert answer.status_code == 422 and f"at most {actions.MOST} items" in answer.content.decode()


def test_nobody_else_changes_it(cast: Cast):
    item, before = MenuItem.objects.all()[0], labels()
    for path in (f"{PATH}new/", f"{PATH}{item.pk}/", f"{PATH}{item.pk}/remove/", f"{PATH}reset/"):
        assert cast.client("alice").post(path, FIELDS).status_code == 404
    assert labels() == before


def test_the_default_names_icons_there_are():
    assert {icon for _, icon, _ in actions.DEFAULT} <= set(icon_names())
