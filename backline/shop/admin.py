"""Plans are the platform's own; staff keep them here. What was paid is not edited."""

from __future__ import annotations

from django.contrib import admin

from backline.shop.models import Plan, PlanPrice


class PriceInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = PlanPrice
    extra = 1


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "licences_a_month", "created_at")
    inlines = (PriceInline,)
