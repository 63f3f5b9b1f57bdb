"""Every test here gets an emptied sandbox by the name `sandbox`."""

from __future__ import annotations

from tests.sandbox import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]
