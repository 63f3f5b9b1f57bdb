"""What goes wrong, in Stripe's words: HTTP status, type, code, message and the parameter that is to blame."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Problem(Exception):
    """An error answer. `keeps`: what was written before it stays, as with a declined card."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        type: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        keeps: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.type, self.code, self.param = message, status, type, code, param
        self.keeps, self.more = keeps, more

    def body(self, request_id: str, *, version: int) -> Json:
        """The answer, as /v1 or as /v2 writes it."""
        if version == 2:
            kind = {"invalid_request_error": "invalid_request"}.get(self.type, self.type)
            return {
                "error": {
                    "type": kind,
                    "code": self.code or "invalid_request",
                    "message": self.message,
                    **self.more,
                }
            }
        error: Json = {"message": self.message, "type": self.type}
        if self.code:
            error |= {
                "code": self.code,
                "doc_url": f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}",
            }
        if self.param:
            error["param"] = self.param
        return {"error": error | self.more | {"request_log_url": f"/_sandbox/requests/{request_id}"}}


def missing(kind: str, id: str, *, param: str = "id") -> Problem:
    """There is no such object (or not in this account)."""
    return Problem(
        f"No such {kind.replace('_', ' ')}: '{id}'", status=404, code="resource_missing", param=param
    )


def unknown_parameter(name: str) -> Problem:
    """A parameter that this request does not have."""
    return Problem(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def missing_parameter(name: str) -> Problem:
    """A parameter that this request must have."""
    return Problem(f"Missing required param: {name}.", code="parameter_missing", param=name)


def invalid(name: str, message: str, code: str | None = None) -> Problem:
    """A parameter whose value cannot be right."""
    return Problem(message, code=code, param=name)
