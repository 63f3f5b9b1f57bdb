"""People in the staff's data browser; figures and money are not edited here."""

from __future__ import annotations

from django.contrib import admin

from backline.people.models import Account, Artist, Member


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("email", "name", "is_staff", "is_active", "joined_at")
    search_fields = ("email", "name")
    exclude = ("password",)
    readonly_fields = ("joined_at", "last_login")


@admin.register(Artist)
class ArtistAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "handle", "can_upload", "verified_at", "revoked_at")
    search_fields = ("name", "handle")


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("artist", "account", "role", "joined_at")
    list_select_related = ("artist", "account")
    autocomplete_fields = ("artist", "account")
