"""The API at `/api/v1/`: bearer tokens, problem+json errors, an OpenAPI description of all of it."""
