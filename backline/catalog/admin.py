"""Genres are the platform's list; staff keep it here."""

from __future__ import annotations

from django.contrib import admin

from backline.catalog.models import Genre


@admin.register(Genre)
class GenreAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "slug")
    search_fields = ("name",)
