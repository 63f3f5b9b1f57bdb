"""What an uploaded file has to be, and what looking at it may cost."""

from __future__ import annotations

from dataclasses import dataclass

from backline.integrations.audio.container import Header
from backline.integrations.audio.refusals import Refused, minutes, shown


@dataclass(frozen=True)
class Limits:
    """Bounds for files and for the child process that decodes them."""

    min_seconds: float = 30
    max_seconds: int = 15 * 60
    max_bytes: int = 500_000_000
    thing: str = "a beat"  # what sentences call the file
    min_rate: int = 8_000
    max_rate: int = 192_000
    silence: float = 0.0002  # of full scale: dither alone reaches 0.00006
    memory_bytes: int = 512 * 1024 * 1024  # address space; an idle child has 106 MB
    cpu_seconds: int = 300
    wall_seconds: int = 600

    def refuse(self, header: Header, file_name: str) -> None:
        """Raises Refused when the header alone shows that the file is not one we take."""
        name, seconds = shown(file_name), header.frames / header.rate
        if header.size_bytes > self.max_bytes:
            size, most = header.size_bytes // 1_000_000, self.max_bytes // 1_000_000
            raise Refused("too_large", f"{name} has {size:,} MB; the most we take is {most:,} MB.")
        if header.channels not in (1, 2):
            raise Refused("channels", f"{name} has {header.channels} channels; we take mono and stereo.")
        if not self.min_rate <= header.rate <= self.max_rate:
            raise Refused("rate", f"{name} has {header.rate:,} samples a second; we take 8,000 to 192,000.")
        if header.frames < self.min_seconds * header.rate:
            # Rounded down: "30 s" is not less than 30 s.
            raise Refused(
                "too_short",
                f"{name} is {int(seconds)} s long; {self.thing} has at least {minutes(self.min_seconds)}.",
            )
        if header.frames > self.max_seconds * header.rate:
            raise Refused(
                "too_long",
                f"{name} is {minutes(seconds)} long; {self.thing} has at most {minutes(self.max_seconds)}.",
            )


DEFAULT = Limits()
