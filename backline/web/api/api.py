"""The API as one object: its routes, its errors, its description."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

import backline
from backline.web.api import problems
from backline.web.api.artists import router as artists
from backline.web.api.beat_life import router as beat_life
from backline.web.api.beats import router as beats
from backline.web.api.events import EVENTS_PATH, EVENTS_SCHEMAS
from backline.web.api.finances import router as finances
from backline.web.api.insights import router as insights
from backline.web.api.leaderboards import router as leaderboards
from backline.web.api.progress import router as progress
from backline.web.api.receipts import router as receipts
from backline.web.api.uploads import router as uploads
from backline.web.problem import CONTENT_TYPE

DESCRIPTION = (
    "Send a token as `Authorization: Bearer <token>`. Errors are problem+json (RFC 9457) with a stable `code`. "
    "What belongs to an artist whose member you are not answers 404, whether it exists or not."
)


class BacklineAPI(NinjaAPI):
    """Adds to the description what is answered in front of Django: the intake of events."""

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        """The OpenAPI document, made once: everybody may ask for it, and making it takes a third of a second."""
        return self._document

    @cached_property
    def _document(self) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix="/api/v1/")
        schema["paths"].update(EVENTS_PATH)
        schema["components"]["schemas"].update(EVENTS_SCHEMAS)
        for path in schema["paths"].values():
            for operation in path.values():
                _as_answered(operation)
        return schema


def _as_answered(operation: dict[str, Any]) -> None:
    """What the library does not write down: errors go out as problem+json, and a body may be unreadable."""
    responses = operation["responses"]
    if "requestBody" in operation and not {400, "400"} & responses.keys():
        problem = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
        responses[400] = {"description": "The body cannot be read", "content": problem}
    for response in responses.values():
        content = response.get("content", {})
        if content.get("application/json", {}).get("schema", {}).get("$ref", "").endswith("/ProblemOut"):
            response["content"] = {CONTENT_TYPE: content["application/json"]}


api = BacklineAPI(
    title="Backline",
    version=backline.__version__,
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
)
api.add_router("", beats)
api.add_router("", beat_life)
api.add_router("", uploads)
api.add_router("", artists)
api.add_router("", receipts)
api.add_router("", finances)
api.add_router("", insights)
api.add_router("", progress)
api.add_router("", leaderboards)
problems.register(api)


def description(request: HttpRequest) -> OpenAPISchema:
    """The OpenAPI document, for the page that shows it."""
    return api.get_openapi_schema()
