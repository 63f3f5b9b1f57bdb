"""Why a file is not taken: a closed set of codes, each with a sentence that names the file."""

from __future__ import annotations


class Refused(Exception):
    """A file that we do not take.

    `code` is one of: empty, unreadable, not_audio, unsupported, truncated, damaged, too_large, too_short, too_long,
    silent, rate, channels, depth, too_costly. `sentence` is for the person who uploaded it.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    @classmethod
    def truncated(cls, file_name: str, promised_s: float, found_s: float) -> Refused:
        """The file ends before the audio that its header promises."""
        return cls(
            "truncated",
            f"{shown(file_name)} is cut off: its header promises {minutes(promised_s)} of audio, "
            f"but only {minutes(found_s)} can be read. Export it again or repeat the upload.",
        )


class Failed(Exception):
    """The work could not be done for a reason that is not the file's; trying again may help."""


def shown(file_name: str) -> str:
    """A file name as sentences print it: quoted, printable characters only, long ones shortened in the middle.

    >>> shown("kick.wav")
    '“kick.wav”'
    """
    name = "".join(letter for letter in file_name if letter.isprintable()).strip() or "The file"
    if len(name) > 80:
        name = f"{name[:50]}…{name[-25:]}"
    return f"“{name}”"


def minutes(seconds: float) -> str:
    """A length for a sentence.

    >>> minutes(9.96), minutes(75), minutes(86_400)
    ('10 s', '1 min 15 s', '24 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min" if whole % 3600 >= 60 else f"{whole // 3600} h"
