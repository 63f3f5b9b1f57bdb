"""A beat's public page, playing it, liking it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.audience.actions import like_beat, unlike_beat
from backline.audience.queries import like_count
from backline.catalog.models import Beat
from backline.core import clock
from backline.web import access, viewer
from backline.web.beat import queries
from backline.web.beat.forms import play_form
from backline.web.beat.playing import admit
from backline.web.render import page


@require_safe
def beat(request: HttpRequest, beat_id: int, slug: str = "") -> HttpResponse:
    """The beat at its one right address; an old or cut name leads there."""
    found = access.public_beat(beat_id)
    if request.path != found.get_absolute_url():
        return redirect(found.get_absolute_url(), permanent=True)
    shown = queries.beat_page(found, account=viewer.account(request))
    source = queries.source(request.headers.get("Referer", ""), own_host=request.get_host())
    return page(request, "beat/page.html", beat=found, shown=shown, sound=queries.sound(found), source=source)


@require_POST
def play(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Begins a listen: its ticket and the stream's address for ten minutes, or 409 while the stream is made."""
    form = play_form(request)
    if not form.is_valid():
        return JsonResponse({"message": "The player sent no listen id.", "errors": form.errors}, status=400)
    found = _playable(request, beat_id)
    if not found.recording.stream_key:
        return JsonResponse({"message": "The audio of this beat is still being prepared."}, status=409)
    return admit(request, found, listen=form.cleaned_data["listen"], ticket=form.cleaned_data["ticket"])


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def like(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Likes or takes it back. A visitor who had to sign in first comes back here by GET and sees the beat."""
    found = access.public_beat(beat_id)
    account = viewer.account(request)
    if request.method == "POST" and account:
        liked = request.POST.get("like") != "no"
        change = like_beat if liked else unlike_beat
        change(found, account=account, now=clock.now())
        if request.htmx:  # type: ignore[attr-defined]
            small = request.POST.get("look") == "small"
            figures = {"liked": liked, "small": small, "likes": like_count(found.pk)}
            return page(request, "beat/like.html", beat_id=found.pk, name=found.name, **figures)
    return redirect(found)


def _playable(request: HttpRequest, beat_id: int) -> Beat:
    """A public beat, or a draft for those who are credited on it: they may listen before they publish."""
    try:
        return access.public_beat(beat_id)
    except Http404:
        return access.beat_of_member(request, beat_id)[1]
