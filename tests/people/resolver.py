"""A resolver on loopback that knows some TXT records and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def resolver(records: Mapping[str, str]) -> Iterator[str]:
    """`host:port` of a running resolver; it ends with the block."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.05)
        ended = threading.Event()
        thread = threading.Thread(target=_answer, args=(server, records, ended), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            ended.set()
            thread.join()


def _answer(server: socket.socket, records: Mapping[str, str], ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            packet, asker = server.recvfrom(4096)
        except TimeoutError:
            continue
        question = dns.message.from_wire(packet)
        reply = dns.message.make_response(question)
        name = question.question[0].name
        text = records.get(name.to_text(omit_final_dot=True))
        if text is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
        server.sendto(reply.to_wire(), asker)
