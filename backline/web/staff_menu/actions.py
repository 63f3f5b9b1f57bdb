"""Changes of the menu. Each is in the audit log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from backline.domain.moving import moved
from backline.outbox.actions import record_audit
from backline.people.models import Account
from backline.web.models import MenuItem

TOPIC = "menu"
MOST = 30
DEFAULT = (
    ("Dashboard", "layout-dashboard", "/dashboard/"),
    ("Finances", "wallet", "/dashboard/finances/"),
    ("Activity", "activity", "/dashboard/activity/"),
    ("Progress", "trending-up", "/dashboard/progress/"),
    ("Leaderboards", "trophy", "/dashboard/leaderboards/"),
    ("My Beats", "audio-lines", "/dashboard/beats/"),
    ("My Collections", "library", "/dashboard/collections/"),
)


class MenuFull(Exception):
    """There are as many entries as a sidebar can show."""


def save_item(item: MenuItem, *, by: Account, now: datetime) -> MenuItem:
    """Adds an entry, last, or changes one.

    Raises:
        MenuFull: there are thirty.
    """
    with transaction.atomic():
        new = item.pk is None
        if new:
            if MenuItem.objects.count() >= MOST:
                raise MenuFull(f"A menu has at most {MOST} items.")
            last = MenuItem.objects.aggregate(last=Max("position"))["last"] or 0
            item.position = last + 1
        item.save()
        what = f"{'added' if new else 'changed'} the menu item {item.label} ({item.address})"
        record_audit(what, account_id=by.pk, topic=TOPIC, now=now)
    return item


def remove_item(item: MenuItem, *, by: Account, now: datetime) -> None:
    """Takes an entry out of the menu."""
    with transaction.atomic():
        item.delete()
        record_audit(f"removed the menu item {item.label}", account_id=by.pk, topic=TOPIC, now=now)


def move_item(item: MenuItem, *, step: int, by: Account, now: datetime) -> bool:
    """Moves an entry up (-1) or down (1) by one place. Says whether there was one."""
    with transaction.atomic():
        items = MenuItem.objects.in_bulk()
        order = [each.pk for each in sorted(items.values(), key=lambda each: (each.position, each.pk))]
        after = moved(order, item.pk, step=step)
        if after == order:
            return False
        for position, number in enumerate(after, start=1):
            items[number].position = position
        MenuItem.objects.bulk_update(items.values(), ["position"])
        where = "up" if step < 0 else "down"
        record_audit(f"moved the menu item {item.label} {where}", account_id=by.pk, topic=TOPIC, now=now)
    return True


def reset_menu(*, by: Account, now: datetime) -> None:
    """The seven pages in their order, and nothing else."""
    with transaction.atomic():
        MenuItem.objects.all().delete()
        MenuItem.objects.bulk_create(
            MenuItem(label=label, icon=icon, address=address, position=position)
            for position, (label, icon, address) in enumerate(DEFAULT, start=1)
        )
        record_audit("reset the menu to the seven pages", account_id=by.pk, topic=TOPIC, now=now)
