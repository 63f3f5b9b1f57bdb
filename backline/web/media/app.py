"""`/media/`: streams by signed address, pictures for everybody. Skips Django's middleware."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import PurePosixPath
from wsgiref.types import StartResponse, WSGIEnvironment

from backline.core import clock, files
from backline.web.media.addresses import VALID_S, AddressRefused, stream_key
from backline.web.media.answers import refuse, send_bytes, send_file
from backline.web.media.pictures import drawing, stored_key

# A picture's address never names another one.
FOR_GOOD = "public, max-age=31536000, immutable"
TYPES = {
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
}


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answers GET and HEAD below `/media/`."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        allow = ("Allow", "GET, HEAD")
        return refuse(environ, start_response, HTTPStatus.METHOD_NOT_ALLOWED, "Media are read only.", allow)
    match environ.get("PATH_INFO", "").split("/"):
        case ["", "media", "stream", recording]:
            return _stream(environ, start_response, recording)
        case ["", "media", "cover" | "avatar" | "banner" | "photo" as kind, *rest]:
            return _picture(environ, start_response, "/".join([kind, *rest]))
    return refuse(environ, start_response, HTTPStatus.NOT_FOUND, "There is no such file.")


def _stream(environ: WSGIEnvironment, start_response: StartResponse, recording: str) -> Iterable[bytes]:
    try:
        key = stream_key(recording, environ.get("QUERY_STRING", ""), now=clock.now())
        path = files.path(key)
    except (AddressRefused, ValueError) as refusal:
        return refuse(environ, start_response, HTTPStatus.FORBIDDEN, str(refusal))
    content_type = TYPES.get(PurePosixPath(key).suffix, "application/octet-stream")
    cache = f"private, max-age={VALID_S}"
    return send_file(environ, start_response, path, content_type=content_type, cache=cache)


def _picture(environ: WSGIEnvironment, start_response: StartResponse, place: str) -> Iterable[bytes]:
    if key := stored_key(place):
        return send_file(environ, start_response, files.path(key), content_type="image/webp", cache=FOR_GOOD)
    if drawn := drawing(place):
        return send_bytes(environ, start_response, drawn, content_type="image/svg+xml", cache=FOR_GOOD)
    return refuse(environ, start_response, HTTPStatus.NOT_FOUND, "There is no such picture.")
