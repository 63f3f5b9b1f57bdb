"""The embedded player: anybody's page may frame it, so it knows no session and neither sets nor reads a cookie."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from backline.web import access
from backline.web.beat.forms import play_form
from backline.web.embed import describing
from backline.web.render import jinja


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its types know views without arguments only
def embed(request: HttpRequest, beat_id: int) -> HttpResponse:
    """The player of one public beat."""
    beat = access.public_beat(beat_id)
    context = {"beat": beat, "shown": describing.shown(beat), "site": describing.site(request)}
    return HttpResponse(jinja().get_template("embed/page.html").render(context))


@csrf_exempt  # it acts for nobody: no cookie is read
@require_POST
def play(request: HttpRequest, beat_id: int) -> HttpResponse:
    """Begins a listen of a visitor, bound to the address alone."""
    form, beat = play_form(request), access.public_beat(beat_id)
    if not form.is_valid():
        return JsonResponse({"message": "The player sent no listen id.", "errors": form.errors}, status=400)
    if not beat.recording.stream_key:
        return JsonResponse({"message": "The audio of this beat is still being prepared."}, status=409)
    return describing.begin(
        request, beat, listen=form.cleaned_data["listen"], ticket=form.cleaned_data["ticket"]
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What a page says when another one asks how to show a beat or a profile (oembed.com, version 1.0)."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"message": "Only JSON is given."}, status=501)
    beat_id = describing.beat_in(request.GET.get("url", ""), request)
    if beat_id is None:
        raise Http404
    return JsonResponse(describing.oembed(access.public_beat(beat_id), request))
