"""Inviting somebody, changing a role."""

from __future__ import annotations

from django import forms

from backline.people.models import Member


class InvitationForm(forms.Form):
    """An address and a role."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        label="Role",
        choices=Member.Role.choices,
        initial=Member.Role.MANAGER,
        help_text="Owners may do everything. Managers run catalogue and profile and read finances. "
        "Analysts read, but nothing about money.",
    )


class RoleForm(forms.Form):
    """One of the roles."""

    role = forms.ChoiceField(choices=Member.Role.choices)
