"""The profile page and what its forms do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict

from backline.core import clock
from backline.domain.profiles import MOST_PHOTOS
from backline.integrations import images
from backline.people import actions
from backline.people.models import Account, Artist, Member, Photo
from backline.web.cover_choice import crop_of
from backline.web.pictures import BANNER_SIZES
from backline.web.profile.forms import HandleForm, PhotoForm, ProfileForm
from backline.web.render import page
from backline.web.upload.limits import path_of

LONGEST_ALT = 120


def home(member: Member) -> str:
    """Where the artist's profile is edited."""
    return f"/backstage/profile/?artist={member.artist.handle}"


def show(
    request: HttpRequest,
    member: Member,
    *,
    form: ProfileForm | None = None,
    handle_form: HandleForm | None = None,
) -> HttpResponse:
    """The page; a form that was refused shows what is wrong with it."""
    artist = member.artist
    refused = bool((form and form.errors) or (handle_form and handle_form.errors))
    return page(
        request, "profile/page.html", status=422 if refused else 200, artist=artist,
        owner=member.role == Member.Role.OWNER, form=form or ProfileForm.of(artist),
        handle_form=handle_form or HandleForm(initial={"handle": artist.handle}), photo_form=PhotoForm(),
        photos=list(artist.photos.all()), most_photos=MOST_PHOTOS,
    )  # fmt: skip


def save(form: ProfileForm, member: Member, *, by: Account) -> bool:
    """Saves the profile; what is refused is said in the form."""
    try:
        actions.update_profile(member.artist, fields=form.fields_given(), by=by, now=clock.now())
    except actions.NameTaken as reason:
        form.add_error("name", str(reason))
        return False
    return True


def picture(
    request: HttpRequest, field: str, *, sizes: Sequence[int], shape: images.Shape = images.SQUARE
) -> dict[int, bytes] | None:
    """The uploaded picture in these sizes; None for nothing.

    Raises:
        images.Refused: it is not a picture we take.
    """
    file = request.FILES.get(field)
    if file is None:
        return None
    crop = crop_of(request.POST)
    return images.check_cover(path_of(file), file.name or "", sizes=sizes, crop=crop, shape=shape)


def change_banner(request: HttpRequest, artist: Artist) -> str:
    """What the cover's form asks for; answers a sentence that says what was done.

    Raises:
        images.Refused: it is not a picture we take, or there is none.
    """
    alt = request.POST.get("shows", "").strip()[:LONGEST_ALT]
    if "remove" in request.POST:
        actions.remove_banner(artist)
        return "The cover is gone."
    if pictures := picture(request, "banner", sizes=BANNER_SIZES, shape=images.WIDE):
        actions.set_banner(artist, pictures=pictures, alt=alt, now=clock.now())
        return "New cover saved."
    if not artist.banner_key:
        raise images.Refused("empty", "Choose a picture first.")
    actions.describe_banner(artist, alt=alt)
    return "Saved what the cover shows."


def change_photo(photo: Photo, sent: QueryDict) -> None:
    """What a button or the field of one photo asks for."""
    action = sent.get("action", "")
    if action == "remove":
        actions.remove_photo(photo)
    elif action == "caption":
        actions.caption_photo(photo, caption=sent.get("caption", "")[:120])
    elif action in ("up", "down"):
        ids = list(photo.artist.photos.values_list("pk", flat=True))
        place = ids.index(photo.pk)
        ids.insert(max(0, place - 1) if action == "up" else place + 1, ids.pop(place))
        actions.arrange_photos(photo.artist, ids=ids)


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """What is refused is said on the next page."""
    try:
        yield
    except images.Refused as refusal:
        messages.error(request, refusal.sentence)
    except actions.GalleryFull as reason:
        messages.error(request, str(reason))
