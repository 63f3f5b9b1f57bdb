"""Proofs: the code is found where it was said to be, and nowhere that is not public is ever asked."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backline.catalog.queries.descriptions import public_descriptions
from backline.integrations import outside
from backline.people import actions
from backline.people.models import Proof
from tests.conftest import Cast
from tests.people.resolver import resolver


def proof(cast: Cast, now: datetime, method: str, place: str = "") -> Proof:
    draft = actions.save_application(cast.alice, kind="verify", texts={}, artist=cast.marlo, now=now)
    return actions.add_proof(draft, method=method, place=place, now=now)


def check(found: Proof, now: datetime) -> Proof:
    assert actions.check_next_proof(now=now, descriptions=public_descriptions)
    found.refresh_from_db()
    return found


def test_a_record_at_the_domain_proves_it(cast: Cast, now: datetime, settings):
    found = proof(cast, now, "dns", "marlo.example")
    with resolver({"_backline.marlo.example": f"hello {found.code}"}) as settings.DNS_SERVER:
        assert check(found, now).state == Proof.State.FOUND
    assert not actions.check_next_proof(now=now + timedelta(days=1), descriptions=public_descriptions)


def test_what_is_missing_is_looked_for_again_and_given_up_in_the_end(cast: Cast, now: datetime, settings):
    found = proof(cast, now, "dns", "marlo.example")
    with resolver({}) as settings.DNS_SERVER:
        assert check(found, now).state == Proof.State.WAITING
        assert "no TXT record" in found.said and found.next_at == now + timedelta(minutes=1)
        for number in range(1, 20):
            check(found, now + timedelta(days=number))
    assert found.state == Proof.State.MISSING
    actions.check_again(found, now=now)
    found.refresh_from_db()
    assert found.state == Proof.State.WAITING


def test_the_same_place_has_one_code(cast: Cast, now: datetime):
    assert proof(cast, now, "dns", "a.example").code == proof(cast, now, "dns", "a.example").code


def test_a_code_in_a_public_description_proves_it(cast: Cast, now: datetime):
    from dataclasses import replace

    from tests.catalog.makers import COMPLETE, make_draft, make_public

    found = proof(cast, now, "code")
    words = replace(COMPLETE, description=f"Made on a Friday. {found.code}")
    make_draft(cast.marlo, account=cast.alice, fields=words, now=now)
    assert check(found, now).state == Proof.State.WAITING, "a draft proves nothing"
    make_public(cast.marlo, account=cast.alice, fields=words, now=now)
    assert check(found, now + timedelta(days=1)).state == Proof.State.FOUND


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://a.example:8443/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://192.168.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://127\u30020\u30020\u30021/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::7f00:1]/",
        "https://[::ffff:0:7f00:1]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[fec0::1]/",
        "https://[fe80::1%25lo]/",
        "https://me@a.example/",
        "https://[broken/",
        "file:///etc/passwd",
    ],
)
def test_what_is_not_a_public_https_page_is_never_asked(url: str, monkeypatch):
    def connect(*_args: object, **_more: object) -> socket.socket:
        raise AssertionError("a connection was begun")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outside.Refused):
        outside.read_page(url)


def test_a_host_with_one_private_address_is_refused(monkeypatch):
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: entries)
    with pytest.raises(outside.Refused, match="not a public address"):
        outside.public_address("two.example")


@pytest.fixture
def page_server(tmp_path: Path, monkeypatch) -> Iterator[list[bytes]]:
    """An https server that gives one prepared answer, piece by piece, reached as the public address of page.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "page.example")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(began).not_valid_after(began + timedelta(days=36_500))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("page.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "page.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(pem)
    answers: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
                with served.wrap_socket(plain, server_side=True) as talk:
                    talk.recv(4096)
                    for number, piece in enumerate(answers):
                        time.sleep(0.02 if number else 0)
                        talk.sendall(piece)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    context = ssl.create_default_context

    def to_server(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address == ("93.184.216.34", 443), "the checked address is the one that is asked"
        plain = (
            socket.socket()
        )  # not `create_connection`, which would look the name up by the patched function
        plain.settimeout(timeout)
        plain.connect(("127.0.0.1", port))
        return plain

    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [entry])
    monkeypatch.setattr(socket, "create_connection", to_server)
    monkeypatch.setattr(ssl, "create_default_context", lambda: context(cafile=str(pem)))
    yield answers
    listening.close()


def test_a_page_with_the_code_proves_it(cast: Cast, now: datetime, page_server: list[bytes]):
    found = proof(cast, now, "link", "https://page.example/me")
    body = f"<p>{found.code}</p>".encode()
    page_server.append(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    assert check(found, now).state == Proof.State.FOUND


@pytest.mark.parametrize(
    "to", [b"https://127.0.0.1/", b"http://page.example/", b"file:///etc/passwd", b"/me/"]
)
def test_a_redirect_is_not_followed(page_server: list[bytes], to: bytes):
    page_server.append(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % to)
    with pytest.raises(outside.Refused, match="answered 302"):
        outside.read_page("https://page.example/")


def test_only_64_kilobytes_are_read(page_server: list[bytes]):
    page_server.append(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)
    assert len(outside.read_page("https://page.example/")) == outside.MOST_BYTES


def test_what_comes_packed_is_not_unpacked(page_server: list[bytes]):
    packed = gzip.compress(b"x" * 10_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    page_server.append(head + packed)
    assert len(outside.read_page("https://page.example/")) <= len(packed)


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"]
)
def test_a_server_that_drips_gets_no_more_time(page_server: list[bytes], monkeypatch, begin: bytes):
    monkeypatch.setattr(outside, "LONGEST_S", 0.3)
    page_server += [begin, *[b"x"] * 500]
    with pytest.raises(outside.Refused, match="TimeoutError"):
        outside.read_page("https://page.example/")


def test_a_proof_that_is_withdrawn_while_we_look_is_no_trouble(cast: Cast, now: datetime):
    found = proof(cast, now, "code")

    def withdrawn_meanwhile(_artist_id: int) -> list[str]:
        actions.withdraw_application(found.application, now=now)
        return []

    assert actions.check_next_proof(now=now, descriptions=withdrawn_meanwhile)
    assert not Proof.objects.exists()
