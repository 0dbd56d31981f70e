"""Which machines may be asked: what came from the net does not lead into somebody's own network.

An address that a person names may be anywhere, ``http://localhost:8000/feed.xml`` too. Where that
leads, by a redirect or by the links of a feed, is somebody else's choice: such an address must be
public, or on the machine of the inner network that the person has named. What counts is the
address that a name resolves to and that is connected to, not how the name looks.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_USUAL_PORTS = (80, 443)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 as networks without it see it (RFC 6052)."""


class InsideError(ValueError):
    """An address of an inner network, where one of the net was to be."""


@dataclass(slots=True)
class Reach:
    """What may be asked from one address on: ``named`` is the one that a person has named, None
    where nobody has (the links in a file)."""

    named: str | None = None
    _inside: bool | None = field(default=None, init=False)
    """Whether the named machine is one of an inner network; None before it was asked."""

    def allows(self, host: str, port: int, address: str) -> bool:
        """Whether a connection to a host is to be made, which resolves to an address."""
        if is_public(address):
            return True
        if self.named is None or not _same(self.named, host, port):
            return False
        return self._inside is not False

    def connected(self, host: str, port: int, address: str) -> None:
        """Note what was reached: who is of the net when first asked stays so."""
        if self._inside is None:
            self._inside = (
                self.named is not None and _same(self.named, host, port) and not is_public(address)
            )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the net: not of this machine, nor of an inner network, nor
    of many at once."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            within = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return ip.is_global and not ip.is_multicast


def _same(url: str, host: str, port: int) -> bool:
    """Whether a host is that of an address, and the port that one or the usual of the web."""
    parts = urlsplit(url)
    named = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    return parts.hostname == host.strip("[]").lower() and port in (named, *_USUAL_PORTS)


class _Connection(http.client.HTTPConnection):
    """Connects to addresses within reach only."""

    reach: Reach

    def connect(self) -> None:
        refused: str | None = None
        failed: OSError | None = None
        found = socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM)
        for family, kind, protocol, _, where in found:
            address = str(where[0])
            if not self.reach.allows(self.host, self.port, address):
                refused = address
                continue
            try:
                self.sock = socket.socket(family, kind, protocol)
                self.sock.settimeout(self.timeout)
                self.sock.connect(where)
            except OSError as error:
                self.sock.close()
                failed = error
                continue
            self.reach.connected(self.host, self.port, address)
            return
        if failed is None and refused is not None:
            raise InsideError(_inside(self.host, refused))
        raise failed or OSError("no address is known of it")


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same for https: the connection that :class:`_Connection` makes is wrapped."""


def _inside(host: str, address: str) -> str:
    of = address if host.strip("[]") == address else f"{host} ({address})"
    return f"{of} belongs to an inner network, where nothing from elsewhere may lead"


class _Opening:
    """What the handlers of both schemes do."""

    reach: Reach

    def _made(self, kind: type[_Connection], request: urllib.request.Request) -> Any:
        """What makes the connection for a request: through a proxy the usual class, as it is the
        proxy that connects; whom it is asked for is looked at all the same."""
        if not _by_proxy(request):
            return type(kind.__name__, (kind,), {"reach": self.reach})
        host = urlsplit(request.full_url).hostname or ""
        try:
            found = socket.getaddrinfo(host, None, 0, socket.SOCK_STREAM)
        except OSError:  # only the proxy knows names
            found = []
        port = urlsplit(request.full_url).port or (443 if request.type == "https" else 80)
        for *_, where in found:
            if not self.reach.allows(host, port, str(where[0])):
                raise InsideError(_inside(host, str(where[0])))
            self.reach.connected(host, port, str(where[0]))
        secure = issubclass(kind, http.client.HTTPSConnection)
        return http.client.HTTPSConnection if secure else http.client.HTTPConnection


def _by_proxy(request: urllib.request.Request) -> bool:
    return request.has_proxy() or getattr(request, "_tunnel_host", None) is not None


class HTTPHandler(_Opening, urllib.request.HTTPHandler):
    """Opens http within reach."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self.reach = reach

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made(_Connection, request), request)


class HTTPSHandler(_Opening, urllib.request.HTTPSHandler):
    """Opens https within reach."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self.reach = reach

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._made(_SecureConnection, request), request)
