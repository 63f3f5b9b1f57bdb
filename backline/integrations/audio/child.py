"""The child process: `python -m backline.integrations.audio.child MEMORY CPU TASK`, where TASK is
`peaks SRC COUNT`, `stream SRC DST`, `preview SRC STREAM DST SECONDS [TAG]` or `analyse SRC`.

Limits itself before it touches the file, then prints one line of JSON: the answer, or one of `damaged`,
`too_costly` (the file's fault) and `failed` (ours) with the end of a sentence.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any


def main(arguments: list[str]) -> dict[str, Any]:
    """Does one task under the given limits and returns what to print."""
    memory, cpu, task, *rest = arguments
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu), int(cpu) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # After the limits: importing takes memory and processor time too.
    import soundfile

    from backline.integrations.audio import decode, encode, mp3_frames

    try:
        return _done(task, rest)
    except decode.NotNumbers:
        return {"damaged": "it has samples that are not numbers"}
    except soundfile.LibsndfileError as error:
        return {"damaged": f"the decoder says “{error.error_string.strip().rstrip('.')}”"}
    except mp3_frames.NotFrames:
        return {"damaged": "its stream is not one that was made here"}
    except MemoryError:
        return {"too_costly": "needs more memory to decode than we allow"}
    except (encode.NotWritten, OSError):
        return {"failed": "The stream could not be written; the disk may be full"}


def _done(task: str, rest: list[str]) -> dict[str, Any]:
    from backline.integrations.audio import analyser, decode, encode, preview

    if task == "peaks":
        return decode.peaks(rest[0], int(rest[1]))
    os.nice(10)  # a page that somebody waits for goes first
    if task == "analyse":
        return analyser.analyse(rest[0])
    if task == "preview":
        return preview.preview(rest[0], rest[1], rest[2], float(rest[3]), *rest[4:])
    return encode.stream(rest[0], rest[1])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
