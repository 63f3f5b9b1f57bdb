"""Becoming a producer at once, and applying where staff decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from backline.domain.applications import METHODS, ROLES
from backline.domain.names import handle_problem, suggest_handle
from backline.domain.profiles import links_of
from backline.people.models import Application, Artist
from backline.people.queries import name_problem

TERMS = "I accept the terms and the privacy notice"
RIGHTS = "The rights to what I upload are mine, and the platform may host and stream it"
INTENT = "I mean to publish two beats a month (a wish, not a rule: nobody counts)"


class BecomeForm(forms.Form):
    """The new artist's name and address; the address is suggested from the name when left empty."""

    name = forms.CharField(max_length=80, label="Producer name", help_text="As listeners will read it.")
    handle = forms.CharField(
        max_length=40,
        required=False,
        label="Address",
        help_text="Letters, digits and hyphens, shown as @address. Leave it empty to take it from the name.",
    )

    def clean_name(self) -> str:
        """Says what is wrong with the name."""
        return _free_name(self.cleaned_data["name"])

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


class ApplicationForm(forms.Form):
    """Every field of the three kinds; each kind keeps its own. A draft may be empty, what is sent may not."""

    KEEPS = {
        "become": ("name", "first_name", "last_name", "beats_url", "instagram", "label", "terms", "rights", "intent"),
        "claim": ("artist", "first_name", "last_name", "beats_url", "role", "instagram", "label", "terms", "rights"),
        "verify": ("artist", "terms"),
    }  # fmt: skip
    OPTIONAL = ("instagram", "label")

    artist = forms.CharField(max_length=40, label="Profile", help_text="Its address, such as @marlo-vane.")
    name = forms.CharField(max_length=80, label="Producer name", help_text="As listeners will read it.")
    first_name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    beats_url = forms.CharField(
        max_length=300, label="Link to your beats", help_text="A public page where we can hear you."
    )
    role = forms.ChoiceField(choices=list(ROLES.items()), label="You are the")
    instagram = forms.CharField(max_length=60, required=False)
    label = forms.CharField(max_length=80, required=False, label="Record label")
    terms = forms.BooleanField(label=TERMS)
    rights = forms.BooleanField(label=RIGHTS)
    intent = forms.BooleanField(label=INTENT)

    def __init__(self, kind: str, *, sending: bool, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.kind = kind
        self.fields = {name: self.fields[name] for name in self.KEEPS[kind]}
        for name, field in self.fields.items():
            field.required = sending and name not in self.OPTIONAL

    @classmethod
    def of(cls, kind: str, application: Application | None, *, handle: str = "") -> ApplicationForm:
        """The form as it was left; `handle` is the profile that was chosen since."""
        if application is None:
            return cls(kind, sending=False, initial={"artist": handle and f"@{handle}"})
        names = [name for name in cls.KEEPS[kind] if hasattr(application, name) and name != "artist"]
        agreed = bool(application.agreed_at)
        chosen = handle or (application.artist.handle if application.artist else "")
        boxes = {"terms": agreed, "rights": agreed, "intent": agreed, "artist": chosen and f"@{chosen}"}
        return cls(kind, sending=False, initial={name: getattr(application, name) for name in names} | boxes)

    def clean_name(self) -> str:
        """Says what is wrong with the name."""
        return _free_name(self.cleaned_data["name"])

    def clean_artist(self) -> Artist | None:
        """The profile with this address."""
        handle = self.cleaned_data["artist"].strip().removeprefix("@")
        if not handle:
            return None
        found = Artist.objects.filter(handle__iexact=handle, revoked_at__isnull=True).first()
        if found is None:
            raise ValidationError(f"There is no profile @{handle[:40]}. Look for its name above.")
        return found

    def clean_beats_url(self) -> str:
        """A web address."""
        try:
            return next(iter(links_of([self.cleaned_data["beats_url"]])), "")
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem

    def texts(self) -> dict[str, str]:
        """The words to keep."""
        skipped = ("artist", "terms", "rights", "intent")
        return {name: str(value) for name, value in self.cleaned_data.items() if name not in skipped}

    @property
    def agreed(self) -> bool:
        """Whether every box was ticked."""
        boxes = [name for name in self.KEEPS[self.kind] if name in ("terms", "rights", "intent")]
        return all(self.cleaned_data.get(name) for name in boxes)


def _free_name(name: str) -> str:
    if name and (problem := name_problem(name)):
        raise ValidationError(problem)
    return name


class ProofForm(forms.Form):
    """How the applicant proves it, and where the code will be."""

    method = forms.ChoiceField(choices=list(METHODS.items()), label="How")
    place = forms.CharField(
        max_length=300,
        required=False,
        label="Where",
        help_text="A domain, or the https address of a page of yours.",
    )

    def clean(self) -> dict[str, Any]:
        """A domain for a record, an https page for a link, nothing for a beat."""
        data: dict[str, Any] = super().clean() or {}
        place, method = data.get("place", "").strip(), data.get("method")
        if method == "dns":
            place = place.removeprefix("https://").strip("/").lower()
            if "." not in place or "/" in place or " " in place:
                self.add_error("place", "Give a domain, such as example.com.")
        elif method == "link" and not place.startswith("https://"):
            self.add_error("place", "Give the https address of a page.")
        data["place"] = "" if method == "code" else place
        return data
