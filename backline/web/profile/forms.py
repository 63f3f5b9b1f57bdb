"""What a profile says."""

from __future__ import annotations

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError

from backline.domain.names import handle_problem
from backline.domain.profiles import LONGEST_BIO, MOST_LINKS, bio_problem, links_of
from backline.people.actions import ProfileFields
from backline.people.models import Artist


def _countries() -> list[tuple[str, str]]:
    names = Locale("en").territories
    found = [
        (code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code != "ZZ"
    ]
    return [("", "Not said"), *sorted(found, key=lambda pair: pair[1])]


class ProfileForm(forms.Form):
    """Name, text, place and links."""

    name = forms.CharField(max_length=80, label="Producer name")
    bio = forms.CharField(
        required=False,
        label="About",
        max_length=LONGEST_BIO,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Up to {LONGEST_BIO:,} characters, without links.",
    )
    city = forms.CharField(required=False, max_length=80)
    country = forms.ChoiceField(required=False, choices=_countries)
    links = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "https://example.com/me"}),
        help_text=f"One a line, up to {MOST_LINKS}, in the order they are shown.",
    )

    @classmethod
    def of(cls, artist: Artist) -> ProfileForm:
        """The form as the profile is now."""
        links = "\n".join(artist.links.values_list("url", flat=True))
        names = ("name", "bio", "city", "country")
        return cls(initial={name: getattr(artist, name) for name in names} | {"links": links})

    def clean_bio(self) -> str:
        """Says what is wrong with the text."""
        bio: str = self.cleaned_data["bio"]
        if problem := bio_problem(bio):
            raise ValidationError(problem)
        return bio

    def clean_links(self) -> list[str]:
        """The links, one a line."""
        try:
            return links_of(self.cleaned_data["links"].splitlines())
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem

    def fields_given(self) -> ProfileFields:
        """What is to be saved."""
        return ProfileFields(**self.cleaned_data)


class HandleForm(forms.Form):
    """The profile's address."""

    handle = forms.CharField(
        max_length=40,
        label="Address",
        help_text="Letters, digits and hyphens, shown as @address. The old address leads to the new one for good.",
    )

    def clean_handle(self) -> str:
        """Says what is wrong with the form of the address."""
        handle: str = self.cleaned_data["handle"].removeprefix("@")
        if problem := handle_problem(handle):
            raise ValidationError(problem)
        return handle


class PhotoForm(forms.Form):
    """A photo for the gallery."""

    photo = forms.FileField(label="Photo", help_text="JPEG, PNG or WebP, up to 5 MB, at least 500 px.")
    caption = forms.CharField(max_length=120, required=False, label="What it shows")
