"""An entry of the menu as staff write it."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django import forms

from backline.web.models import MenuItem
from backline.web.staff_menu.icons import icon_names


def _icons() -> list[tuple[str, str]]:
    return [(name, name.replace("-", " ")) for name in icon_names()]


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs makes it generic, Django does not
    """Label, icon, address, who sees it, whether it opens a new tab."""

    icon = forms.ChoiceField(choices=_icons)

    class Meta:
        model = MenuItem
        fields = ("label", "icon", "address", "audience", "new_tab")
        labels: ClassVar[dict[str, str]] = {"audience": "Who sees it", "new_tab": "Opens a new tab"}
        help_texts: ClassVar[dict[str, str]] = {
            "address": "A path of this site such as /dashboard/, or a full address that begins with https://."
        }

    def clean_address(self) -> str:
        """A path of this site, or https: nothing that runs, nothing that only looks like a path."""
        address: str = self.cleaned_data["address"]
        wrong = any(mark in address for mark in '\\<>"') or not address.isprintable() or " " in address
        is_path = address.startswith("/") and not address.startswith("//")
        try:
            parts = urlsplit(address)
            is_site = parts.scheme == "https" and bool(parts.hostname)
        except ValueError:
            is_site = False
        if wrong or not (is_path or is_site):
            raise forms.ValidationError("Write a path that begins with one slash, or an https:// address.")
        return address
