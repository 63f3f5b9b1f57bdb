"""Reading the front page's address."""

from __future__ import annotations

from django import forms

from backline.web.discover.queries import Search

ORDERS = [("newest", "Newest"), ("trending", "Trending")]


class SearchForm(forms.Form):
    """What a visitor looks for. A part that makes no sense counts as not given: an old link still shows a page."""

    q = forms.CharField(max_length=80, required=False)
    genre = forms.SlugField(max_length=40, required=False)
    sort = forms.ChoiceField(choices=ORDERS, required=False)
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def search(self) -> Search:
        """The valid parts, with defaults for the rest."""
        self.full_clean()
        given = self.cleaned_data
        return Search(
            words=given.get("q") or "",
            genre=given.get("genre") or "",
            order=given.get("sort") or "newest",
            page=given.get("page") or 1,
        )
