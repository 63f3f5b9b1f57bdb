"""Which boards an artist wants to be on."""

from __future__ import annotations

from django import forms

from backline.domain.boards import Board


class BoardsForm(forms.Form):
    """The boards that are ticked are those the artist is ranked on."""

    boards = forms.MultipleChoiceField(
        choices=[(board.value, board.label) for board in Board],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Ranked on",
    )
