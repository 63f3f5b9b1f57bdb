"""MP3 frames (ISO 11172-3 and 13818-3, layer III): taken out of a file one by one, and put into a file again.

A frame's audio may begin in the room that earlier frames left, so frames cannot simply be joined. Here each is taken
with its own audio, and `joined` lays them out anew; decoding gives the same samples, bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MPEG1_KBIT = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MPEG2_KBIT = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = ((11_025, 12_000, 8_000), (0, 0, 0), (22_050, 24_000, 16_000), (44_100, 48_000, 32_000))
HEADER = 4
BYTES_FIELD = 8  # of the information frame, after its name, flags and number of frames


class NotFrames(Exception):
    """The file is not what our encoder writes."""


@dataclass(frozen=True)
class Frame:
    """A frame with its own audio: `main` is all that its side information speaks of."""

    header: bytes
    side: bytes
    main: bytes


def frames(content: bytes) -> tuple[bytes, list[Frame]]:
    """The information frame at the start, as it is, and the frames of audio.

    Raises:
        NotFrames: something else lies between or behind them.
    """
    parts, place = [], 0
    while place + HEADER <= len(content):
        header = content[place : place + HEADER]
        length = _length(header)
        parts.append((header, content[place + HEADER : place + length]))
        place += length
    if place != len(content) or not parts:
        raise NotFrames
    information, *audio = parts
    room = b"".join(body[_side_length(header) :] for header, body in audio)
    found, begin = [], 0
    for header, body in audio:
        side = body[: _side_length(header)]
        back, length = _said(header, side)
        found.append(Frame(header, side, room[begin - back : begin - back + length]))
        begin += len(body) - len(side)
    return b"".join(information), found


def joined(information: bytes, audio: Sequence[Frame]) -> bytes:
    """A file of these frames. Where one has no room in its bit rate, that one frame gets a higher rate."""
    room, end, heads = bytearray(), 0, []
    for frame in audio:
        longest_back = 511 if _is_mpeg1(frame.header) else 255
        end = max(end, len(room) - longest_back)
        back = len(room) - end
        header = _roomy(frame, len(frame.main) - back)
        size = _length(header) - HEADER - len(frame.side)
        room += bytes(size)
        room[end : end + len(frame.main)] = frame.main
        end += len(frame.main)
        heads.append((header, _with_back(frame, back), size))
    parts, place = [], 0
    for header, side, size in heads:
        parts += [header, side, bytes(room[place : place + size])]
        place += size
    return _informed(information, b"".join(parts))


def _is_mpeg1(header: bytes) -> bool:
    return header[1] >> 3 & 3 == 3


def _length(header: bytes) -> int:
    rate = RATES[header[1] >> 3 & 3][min(header[2] >> 2 & 3, 2)]
    kbit = (MPEG1_KBIT if _is_mpeg1(header) else MPEG2_KBIT)[min(header[2] >> 4, 14)]
    # Eleven bits of ones, layer III, no checksum: what our encoder writes.
    if header[0] != 0xFF or header[1] & 0xE7 != 0xE3 or not kbit or not rate:
        raise NotFrames
    return (144_000 if _is_mpeg1(header) else 72_000) * kbit // rate + (header[2] >> 1 & 1)


def _side_length(header: bytes) -> int:
    mono = header[3] >> 6 == 3
    if _is_mpeg1(header):
        return 17 if mono else 32
    return 9 if mono else 17


def _said(header: bytes, side: bytes) -> tuple[int, int]:
    """How many bytes before the frame its audio begins, and how many bytes it has."""
    bits, size = int.from_bytes(side), len(side) * 8
    mono = header[3] >> 6 == 3
    # Of each granule and channel the first twelve bits say how long it is.
    if _is_mpeg1(header):
        back, begin, each, parts = bits >> size - 9, 18 if mono else 20, 59, 2 if mono else 4
    else:
        back, begin, each, parts = bits >> size - 8, 9 if mono else 10, 63, 1 if mono else 2
    lengths = [bits >> size - begin - 12 - each * part & 0xFFF for part in range(parts)]
    return back, (sum(lengths) + 7) // 8


def _roomy(frame: Frame, needed: int) -> bytes:
    """The frame's header, with the lowest bit rate, from its own upwards, that holds so many bytes of audio."""
    header = frame.header
    for index in range(header[2] >> 4, 15):
        header = bytes([header[0], header[1], index << 4 | header[2] & 15, header[3]])
        if _length(header) - HEADER - len(frame.side) >= needed:
            return header
    raise NotFrames


def _with_back(frame: Frame, back: int) -> bytes:
    width = 9 if _is_mpeg1(frame.header) else 8
    bits, size = int.from_bytes(frame.side), len(frame.side) * 8
    rest = bits & (1 << size - width) - 1
    return (back << size - width | rest).to_bytes(len(frame.side))


def _informed(information: bytes, audio: bytes) -> bytes:
    """The information frame says how long the file is, which players seek by."""
    place = information.find(b"Info")
    if place < 0:
        return information + audio
    size = (len(information) + len(audio)).to_bytes(4)
    at = place + 4 + BYTES_FIELD
    return information[:at] + size + information[at + 4 :] + audio
