"""Uploading in pieces, as docs/uploading.md describes it: the same answers for pages and for the API."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError

from backline.catalog import actions
from backline.catalog.models import Upload
from backline.core import clock, growing
from backline.integrations.audio import Failed
from backline.people.models import Member
from backline.web.intake.room import NoRoomError, Room
from backline.web.problem import CONTENT_TYPE, members
from backline.web.upload.announcing import announced

READ_BYTES = 256 * 1024
DISK_FULL = "The server's disk is full; nothing of this was stored. The platform's team must make room."
BUSY = "Another request is working on this upload. Ask for its offset in a moment."
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")
# Who sends slowly holds a thread: half of a process's sixteen are left for pages.
_room = Room(requests=8, size=8 * actions.LARGEST_PIECE_BYTES, wait_s=5.0, stalled_s=30.0)
Answer = Callable[..., HttpResponse]


class BadPiece(Exception):
    """A piece that cannot be taken: the status, a stable code, and a sentence."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence


def answering(view: Answer) -> Answer:
    """Turns what the actions raise into the protocol's answers."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except BadPiece as bad:
            return _problem(bad.status, bad.code, bad.sentence)
        except actions.UploadRefused as refusal:
            return _problem(422, refusal.code, refusal.sentence)
        except actions.WrongOffset as wrong:
            return _problem(409, "wrong_offset", str(wrong), offset=wrong.offset)
        except actions.UploadOver as over:
            return state(over.upload, status=409)
        except actions.UploadGone:
            return _problem(410, "gone", "This upload was cancelled or has expired. Begin again.")
        except growing.Busy:
            return _problem(409, "busy", BUSY, retry_s=1)
        except NoRoomError:
            return _problem(429, "too_many_at_once", "Too many pieces at once; send again.", retry_s=2)
        except growing.NoRoom:
            return _problem(507, "disk_full", DISK_FULL)
        except Failed as failure:
            return _problem(503, "try_again", str(failure), retry_s=5)
        except (OSError, OperationalError) as error:
            if getattr(error, "errno", 0) in growing.NO_ROOM or "full" in str(error):
                return _problem(507, "disk_full", DISK_FULL)
            raise

    return answered


@answering
def begin(request: HttpRequest, member: Member, *, key: str = "") -> HttpResponse:
    """Takes what is said of a file before its first byte. `key`: an Idempotency-Key."""
    now = clock.now()
    found = announced(request, member, key=key)
    upload = actions.begin_upload(member.artist, announced=found, account=member.account, now=now)
    answer = state(upload, status=201 if upload.created_at == now else 200)
    answer["Location"] = f"{request.path.rstrip('/')}/{upload.pk}"
    return answer


@answering
def take_piece(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Adds the body's bytes at the offset that the request names."""
    offset, length = _number(request, "HTTP_UPLOAD_OFFSET"), _number(request, "CONTENT_LENGTH")
    if length > actions.LARGEST_PIECE_BYTES:
        raise BadPiece(413, "piece_too_large", f"A piece has at most {actions.LARGEST_PIECE_BYTES:,} bytes.")
    with _room.take(length):
        content = _content(request, length)
        _check_digest(request.headers.get("Content-Digest", ""), content)
        wanted = actions.append_piece(upload, offset=offset, content=content, now=clock.now())
    answer = HttpResponse(status=204)
    return _marked(answer, wanted, upload.size_bytes)


@answering
def finish(upload: Upload) -> HttpResponse:
    """Checks the complete file and makes it a draft; again: the same answer."""
    over = actions.finish_upload(upload, now=clock.now())
    if over.state == Upload.State.REFUSED:
        return _problem(422, over.code, over.sentence, file=over.file_name)
    return state(over, status=201)


@answering
def cancel(upload: Upload) -> HttpResponse:
    """Gives it up; one that is over stays."""
    actions.cancel_upload(upload)
    return HttpResponse(status=204)


@answering
def state(upload: Upload, *, status: int = 200) -> HttpResponse:
    """Where the upload is."""
    growing_now = upload.state == Upload.State.GROWING
    offset = actions.wanted_offset(upload) if growing_now else upload.received
    body: dict[str, Any] = {
        "id": str(upload.pk),
        "file": upload.file_name,
        "state": upload.state,
        "offset": offset,
        "size": upload.size_bytes,
    }
    if upload.beat is not None:
        body |= {"beat": upload.beat.pk, "name": upload.beat.name}
        body["address"] = f"/backstage/beats/{upload.beat.pk}/"
        body["collection"] = upload.collection_id
    if upload.state == Upload.State.REFUSED:
        body |= {"code": upload.code, "detail": upload.sentence}
    return _marked(JsonResponse(body, status=status), offset, upload.size_bytes)


def _marked(answer: HttpResponse, offset: int, size: int) -> HttpResponse:
    answer["Upload-Offset"], answer["Upload-Length"] = str(offset), str(size)
    answer["Cache-Control"] = "no-store"
    return answer


def _problem(status: int, code: str, detail: str, *, retry_s: int = 0, **more: Any) -> HttpResponse:
    body = members(status, code, detail, **more)
    answer = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    if retry_s:
        answer["Retry-After"] = str(retry_s)
    if "offset" in more:
        answer["Upload-Offset"] = str(more["offset"])
    return answer


def _number(request: HttpRequest, name: str) -> int:
    text = str(request.META.get(name) or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        said = name.removeprefix("HTTP_").replace("_", "-").title()
        raise BadPiece(400, "header_missing", f"{said} must be a whole number.")
    return int(text)


def _content(request: HttpRequest, length: int) -> bytes:
    """The body; of one that broke off what arrived, so that it need not come again."""
    parts, size = [], 0
    try:
        while size < length and (part := request.read(min(READ_BYTES, length - size))):
            parts.append(part)
            size += len(part)
    except UnreadablePostError:
        pass
    return b"".join(parts)


def _check_digest(header: str, content: bytes) -> None:
    match = _DIGEST.search(header)
    if match is None:
        return
    try:
        claimed = base64.b64decode(match[1], validate=True)
    except binascii.Error:
        claimed = b""
    if claimed != hashlib.sha256(content).digest():
        raise BadPiece(
            400, "digest_mismatch", "The piece did not arrive as it was sent; none of it was kept."
        )
