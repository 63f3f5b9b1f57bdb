"""Uploading in pieces for the page's script, by the cookies of whoever is signed in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from backline.people.models import Member
from backline.web import access
from backline.web.upload import protocol


@require_POST
@access.artist_page("Upload", edit=True)
def begin(request: HttpRequest, member: Member) -> HttpResponse:
    """Begins or continues the upload of one file."""
    return protocol.begin(request, member)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
@access.signed_in
def one(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Where the upload is, one more piece of it, or its end."""
    upload = access.upload_of_person(request, upload_id)
    if request.method == "PATCH":
        return protocol.take_piece(request, upload)
    if request.method == "DELETE":
        return protocol.cancel(upload)
    return protocol.state(upload)


@require_POST
@access.signed_in
def finish(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Makes the complete file a draft."""
    return protocol.finish(access.upload_of_person(request, upload_id))
