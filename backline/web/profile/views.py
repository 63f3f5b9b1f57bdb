"""Editing the selected artist's profile."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from backline.core import clock
from backline.people import actions, queries
from backline.people.models import Member
from backline.web import access, step_up, viewer
from backline.web.numbers import numbers_of
from backline.web.pictures import AVATAR_SIZES, PHOTO_SIZES
from backline.web.profile import saving
from backline.web.profile.forms import HandleForm, PhotoForm, ProfileForm
from backline.web.profile.saving import home, show


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Producer profile", edit=True)
def profile(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows and saves what the profile says."""
    form = ProfileForm(request.POST) if request.method == "POST" else ProfileForm.of(member.artist)
    if request.method == "POST" and form.is_valid() and saving.save(form, member, by=viewer.person(request)):
        messages.success(request, "Profile saved.")
        return redirect(home(member))
    return show(request, member, form=form)


@require_POST
@access.artist_page("Producer profile", edit=True)
@step_up.fresh_sign_in_required
def address(request: HttpRequest, member: Member) -> HttpResponse:
    """Another address; owners only."""
    access.demand_owner(member)
    form = HandleForm(request.POST)
    if form.is_valid():
        handle = form.cleaned_data["handle"]
        try:
            actions.change_handle(member.artist, handle=handle, by=viewer.person(request), now=clock.now())
        except actions.HandleTaken:
            form.add_error(
                "handle", f"@{handle} is, was or reads like another artist's. Choose another address."
            )
        else:
            viewer.remember_artist(request, member)
            messages.success(request, f"The profile is at @{handle} now.")
            return redirect(home(member))
    return show(request, member, handle_form=form)


@require_POST
@access.artist_page("Producer profile", edit=True)
def picture(request: HttpRequest, member: Member) -> HttpResponse:
    """A new picture of the artist, or back to the drawn one."""
    with saving.told(request):
        if "remove" in request.POST:
            actions.remove_avatar(member.artist)
            messages.success(request, "The drawn portrait is back.")
        elif pictures := saving.picture(request, "picture", sizes=AVATAR_SIZES):
            actions.set_avatar(member.artist, pictures=pictures, now=clock.now())
            messages.success(request, "New picture saved.")
    return redirect(home(member))


@require_POST
@access.artist_page("Producer profile", edit=True)
def banner(request: HttpRequest, member: Member) -> HttpResponse:
    """A new cover of the profile, other words for the present one, or none."""
    with saving.told(request):
        messages.success(request, saving.change_banner(request, member.artist))
    return redirect(home(member))


@require_POST
@access.artist_page("Producer profile", edit=True)
def photos(request: HttpRequest, member: Member) -> HttpResponse:
    """A new photo, or another order of the gallery."""
    with saving.told(request):
        if "order" in request.POST:
            actions.arrange_photos(member.artist, ids=numbers_of(request.POST, "order"))
        elif PhotoForm(request.POST, request.FILES).is_valid():
            pictures = saving.picture(request, "photo", sizes=PHOTO_SIZES)
            caption = request.POST.get("caption", "")
            if pictures:
                actions.add_photo(member.artist, pictures=pictures, caption=caption, now=clock.now())
                messages.success(request, "Photo added.")
        else:
            messages.error(request, "Choose a photo first; what it shows has at most 120 characters.")
    return redirect(home(member) + "#gallery")


@require_POST
@access.artist_page("Producer profile", edit=True)
def photo(request: HttpRequest, member: Member, photo_id: int) -> HttpResponse:
    """Moves, renames or removes one photo of the gallery."""
    chosen = queries.photo_of(member.artist_id, photo_id)
    if chosen is None:
        raise Http404
    saving.change_photo(chosen, request.POST)
    return redirect(home(member) + "#gallery")
