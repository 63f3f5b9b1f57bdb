"""Looking up TXT records, to see that somebody controls a domain."""

from __future__ import annotations

import dns.exception
import dns.resolver
from django.conf import settings

LONGEST_S = 5.0


class NoAnswer(Exception):
    """The name has no such record, or nobody answered; the text says which."""


def txt_records(name: str) -> list[str]:
    """The texts at a name. Asks the system's resolvers, or `DNS_SERVER` (host:port) where the settings name one.

    Raises:
        NoAnswer: see there.
    """
    resolver = dns.resolver.Resolver(configure=not settings.DNS_SERVER)
    if settings.DNS_SERVER:
        host, _, port = settings.DNS_SERVER.rpartition(":")
        resolver.nameservers, resolver.port = [host], int(port)
    try:
        answer = resolver.resolve(name, "TXT", lifetime=LONGEST_S)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
        raise NoAnswer(f"There is no TXT record at {name} yet.") from error
    except (dns.exception.DNSException, ValueError) as error:
        raise NoAnswer(f"Nobody could say what stands at {name[:80]}.") from error
    return [b"".join(record.strings).decode("utf-8", errors="replace") for record in answer]
