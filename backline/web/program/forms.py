"""Becoming a producer."""

from __future__ import annotations

from django import forms

from backline.domain.names import handle_problem, suggest_handle
from backline.people.models import Artist


class BecomeForm(forms.Form):
    """The new artist's name and address; the address is suggested from the name when left empty."""

    name = forms.CharField(max_length=80, label="Producer name", help_text="As listeners will read it.")
    handle = forms.CharField(
        max_length=40,
        required=False,
        label="Address",
        help_text="Letters, digits and hyphens, shown as @address. Leave it empty to take it from the name.",
    )

    def clean(self) -> dict[str, object]:
        """Fills an empty handle and says what is wrong with a given one."""
        data: dict[str, object] = super().clean() or {}
        if "name" in data and "handle" in data:
            handle = str(data["handle"] or suggest_handle(str(data["name"])))
            if problem := handle_problem(handle):
                self.add_error("handle", problem)
            elif Artist.objects.filter(handle__iexact=handle).exists():
                self.add_error("handle", f"@{handle} is taken. Choose another address.")
            data["handle"] = handle
        return data
