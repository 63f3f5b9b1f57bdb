"""Upload defaults: what new drafts start with, and the voice tag of previews."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from backline.catalog import actions
from backline.catalog import queries as catalog
from backline.core import clock
from backline.integrations.audio import Failed
from backline.people.models import Member
from backline.web import access
from backline.web.render import page
from backline.web.shell import shell_for
from backline.web.upload.limits import path_of, too_large
from backline.web.upload_defaults.forms import DefaultsForm, TagForm, initial

HERE = "/backstage/upload/defaults/"
TAG_BYTES = 21_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@access.artist_page("Upload defaults", edit=True)
def defaults(request: HttpRequest, member: Member) -> HttpResponse:
    """Shows and keeps what new drafts start with."""
    if request.method != "POST":
        return _show(request, member, _kept(member))
    form = DefaultsForm(request.POST)
    if form.is_valid():
        try:
            actions.save_defaults(member.artist, wanted=form.wanted(), now=clock.now())
        except actions.InvalidFields as refusal:
            for field, sentence in refusal.problems.items():
                form.add_error(field if field in form.fields else None, sentence)
        else:
            messages.success(request, "Saved. New drafts start with this.")
            return redirect(shell_for(request).link(HERE))
    return _show(request, member, form, status=422)


@csrf_exempt  # `_take_tag` checks it: here the body would be read before the person's rights are known
@require_POST
@access.artist_page("Upload defaults", edit=True)
def voice_tag(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes a voice tag of the artist's own, or goes back to the platform's."""
    if sentence := too_large(request, TAG_BYTES):
        return _show(request, member, _kept(member), refusal=sentence, status=413)
    return _take_tag(request, member)


@csrf_protect
def _take_tag(request: HttpRequest, member: Member) -> HttpResponse:
    form, now = TagForm(request.POST, request.FILES), clock.now()
    if request.POST.get("action") == "drop":
        actions.drop_voice_tag(member.artist, remake="remake" in request.POST, now=now)
        messages.success(request, "New previews carry the platform's tag.")
        return redirect(shell_for(request).link(HERE))
    if not form.is_valid():
        return _show(request, member, _kept(member), refusal=str(form.errors["tag"][0]), status=422)
    file, remake = form.cleaned_data["tag"], form.cleaned_data["remake"]
    try:
        actions.set_voice_tag(
            member.artist, draft=path_of(file), file_name=file.name or "", remake=remake, now=now
        )
    except actions.UploadRefused as refusal:
        return _show(request, member, _kept(member), refusal=refusal.sentence, status=422)
    except Failed as failure:
        return _show(request, member, _kept(member), refusal=str(failure), status=503)
    messages.success(request, "Kept. New previews carry your tag.")
    return redirect(shell_for(request).link(HERE))


def _kept(member: Member) -> DefaultsForm:
    return DefaultsForm(initial=initial(catalog.usual(member.artist)))


def _show(
    request: HttpRequest, member: Member, form: DefaultsForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    shell = shell_for(request)
    context = {
        "artist": member.artist,
        "form": form,
        "tag_form": TagForm(),
        "tag_name": catalog.voice_tag_name(member.artist_id),
        "refusal": refusal,
        "every_s": settings.VOICE_TAG_EVERY_S,
        "here": shell.link(HERE),
        "tag_address": shell.link(f"{HERE}tag/"),
    }
    return page(request, "upload_defaults/page.html", status=status, **context)
