"""Uploading in pieces by token: the protocol of docs/uploading.md."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Schema

from backline.web import access
from backline.web.api.auth import WRITE, uploading_member
from backline.web.api.problems import ProblemOut
from backline.web.upload import protocol

router = Router(tags=["Uploads in pieces"])


class UploadOut(Schema):
    """Where an upload is: `state` is growing, done or refused; `offset` the byte that is wanted next."""

    id: UUID
    file: str
    state: str
    offset: int
    size: int
    beat: int | None = None
    name: str | None = None
    address: str | None = None
    collection: int | None = None
    code: str | None = None
    detail: str | None = None


ANSWERS: dict[int, Any] = {
    200: UploadOut,
    201: UploadOut,
    **dict.fromkeys((401, 403, 404, 409, 410, 413, 422, 429, 503, 507), ProblemOut),
}
ANNOUNCED = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["name", "size"],
                    "properties": {
                        "name": {"type": "string", "description": "What the file is called."},
                        "size": {"type": "integer", "description": "Its bytes."},
                        "collection": {"type": "integer", "description": "One of the artist's own."},
                        "batch": {"type": "string", "format": "uuid"},
                        "position": {"type": "integer", "description": "Place in the batch, from 0."},
                        "collection_name": {"type": "string", "description": "Makes the batch one."},
                    },
                }
            }
        },
    }
}
PIECE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    "parameters": [
        {
            "in": "header",
            "name": "Upload-Offset",
            "required": True,
            "schema": {"type": "integer"},
            "description": "The number of the piece's first byte, counted from 0.",
        }
    ],
}


@router.post("/uploads", auth=WRITE, summary="Begin an upload", response=ANSWERS, openapi_extra=ANNOUNCED)
def begin(request: HttpRequest, artist: str = "", idempotency_key: Header[str] = "") -> HttpResponse:
    """Begins the upload of one file; with the same `Idempotency-Key` again: where that upload is.

    Then send pieces of at most 4 MB with PATCH, each with `Upload-Offset`, and finish.
    """
    return protocol.begin(request, uploading_member(request, artist), key=idempotency_key)


@router.api_operation(
    ["GET", "HEAD"], "/uploads/{uuid:upload_id}", auth=WRITE, summary="Where it is", response=ANSWERS
)
def read(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """The state and the byte that is wanted next, also in the header `Upload-Offset`."""
    return protocol.state(access.upload_of_person(request, upload_id))


@router.patch(
    "/uploads/{uuid:upload_id}",
    auth=WRITE,
    summary="Send a piece",
    response={204: None, **ANSWERS},
    openapi_extra=PIECE,
)
def piece(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Adds the body's bytes. 409 names the byte that is wanted in `Upload-Offset`."""
    return protocol.take_piece(request, access.upload_of_person(request, upload_id))


@router.post("/uploads/{uuid:upload_id}/finish", auth=WRITE, summary="Finish an upload", response=ANSWERS)
def finish(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Decodes the complete file from beginning to end and makes it a draft; again: the same answer."""
    return protocol.finish(access.upload_of_person(request, upload_id))


@router.delete("/uploads/{uuid:upload_id}", auth=WRITE, summary="Give it up", response={204: None, **ANSWERS})
def cancel(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Removes what has come of it; one that is over stays."""
    return protocol.cancel(access.upload_of_person(request, upload_id))
