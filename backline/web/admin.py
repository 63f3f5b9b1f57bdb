"""The sidebar's menu."""

from __future__ import annotations

from django.contrib import admin

from backline.web.models import MenuItem


@admin.register(MenuItem)
class MenuItemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("position", "label", "address", "audience", "new_tab")
    list_display_links = ("label",)
