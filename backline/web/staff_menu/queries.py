"""The menu as staff see it."""

from __future__ import annotations

from backline.web.models import MenuItem


def all_items() -> list[MenuItem]:
    """Every entry in order, for whomever it is. One query."""
    return list(MenuItem.objects.order_by("position", "pk"))
