"""Requests to one host: connections that are kept, redirects that stay there, failures in words.

``urllib`` opens a connection for each request and follows a redirect wherever it leads, headers and
all; here neither is so.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.request
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kb.errors import StoreError
from kb.store.address import shown
from kb.store.auth import Authorization

REDIRECTS = frozenset({301, 302, 307, 308})
MOST_REDIRECTS = 5
MOST_CHALLENGES = 2
CONNECTING = 10.0
"""Seconds to get a connection, and to agree on its encryption."""

_LARGEST_DRAIN = 1 << 20


class UnreachableError(StoreError):
    """No answer came. ``again``: whether another attempt may get one."""

    def __init__(self, message: str, hint: str | None = None, *, again: bool = True) -> None:
        super().__init__(message, hint)
        self.again = again


@dataclass(slots=True)
class _Kept:
    """A connection and the answer that was read from it last."""

    connection: http.client.HTTPConnection
    answer: http.client.HTTPResponse | None = None

    @property
    def free(self) -> bool:
        return self.answer is None or (self.answer.isclosed() and not self.answer.will_close)


class Transport:
    """Sends the requests of one store; each thread has a connection of its own."""

    def __init__(self, url: str, authorization: Authorization, timeout: float) -> None:
        self.url = url
        self.authorization = authorization
        self.timeout = timeout
        self._threads = threading.local()
        self._all: list[_Kept] = []

    def send(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """The answer to a request, whatever its status. A redirect is followed with the whole
        request, as long as it does not leave the host; raises ``StoreError`` where it does."""
        asked = 0
        for _ in range(MOST_REDIRECTS + MOST_CHALLENGES):
            answer = self._send(request)
            if answer.status == 401 and asked < MOST_CHALLENGES:
                asked += 1
                challenges = answer.headers.get_all("WWW-Authenticate") or []
                if self.authorization.challenged(challenges, request.full_url):
                    _drain(answer)
                    continue
            if answer.status not in REDIRECTS and answer.status != 303:
                return answer
            target = urljoin(request.full_url, answer.headers.get("Location", ""))
            _drain(answer)
            request.full_url = self._followed(request.full_url, target, answer.status)
        raise StoreError(
            f"{shown(self.url)} redirects again and again",
            "name the address of the endpoint itself",
        )

    def close(self) -> None:
        for kept in self._all:
            kept.connection.close()
        self._all.clear()
        self._threads = threading.local()

    # -- one request --------------------------------------------------------------------------

    def _send(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        assert isinstance(request.data, bytes)
        parts = urlsplit(request.full_url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            **dict(request.header_items()),
            "Host": parts.netloc,
            "Content-Length": str(len(request.data)),
        }
        if (signed := self.authorization.header(request)) is not None:
            headers["Authorization"] = signed
        proxy = _proxy(parts.scheme, parts.hostname or "", parts.netloc)
        if proxy and parts.scheme == "http":
            path = request.full_url
        key = (parts.scheme, parts.netloc)
        for fresh in (False, True):
            kept = self._connection(key, proxy, fresh)
            reused = kept.answer is not None
            try:
                if kept.connection.sock is None:
                    self._connect(kept.connection)
                kept.connection.request("POST", path, request.data, headers)
                kept.answer = kept.connection.getresponse()
            except UnreachableError:
                self._forget(key)
                raise
            except (OSError, http.client.HTTPException) as error:
                self._forget(key)
                if reused and isinstance(error, (ConnectionError, http.client.BadStatusLine)):
                    continue  # the server had closed a connection that was idle
                raise failure(self.url, error, self.timeout) from error
            return kept.answer
        raise AssertionError("a fresh connection gives an answer or raises")

    def _connect(self, connection: http.client.HTTPConnection) -> None:
        try:
            connection.connect()
        except TimeoutError as error:
            told = f"the store at {shown(self.url)} cannot be reached: no connection in time"
            hint = "is it http:// instead of https://?" if self.url.startswith("https") else None
            raise UnreachableError(told, hint, again=False) from error
        connection.sock.settimeout(self.timeout)

    def _connection(self, key: tuple[str, str], proxy: str | None, fresh: bool) -> _Kept:
        mine: dict[tuple[str, str], _Kept] = self._threads.__dict__.setdefault("kept", {})
        kept = mine.get(key)
        if kept is not None and kept.free and not fresh:
            return kept
        scheme, host = key
        kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
        if proxy is None:
            connection = kind(host, timeout=min(CONNECTING, self.timeout))
        else:
            gate = urlsplit(proxy).netloc.rpartition("@")[2]
            connection = kind(gate, timeout=min(CONNECTING, self.timeout))
            if scheme == "https":
                connection.set_tunnel(host)
        mine[key] = made = _Kept(connection)
        self._all.append(made)
        return made

    def _forget(self, key: tuple[str, str]) -> None:
        kept = self._threads.__dict__.get("kept", {}).pop(key, None)
        if kept is not None:
            kept.connection.close()
            if kept in self._all:
                self._all.remove(kept)

    def _followed(self, url: str, target: str, status: int) -> str:
        """Where a redirect leads to, if it is the same host, over the same way or a safer one."""
        one, two = urlsplit(url), urlsplit(target)
        same = one.hostname == two.hostname and one.scheme == two.scheme and one.port == two.port
        safer = one.hostname == two.hostname and (one.scheme, two.scheme) == ("http", "https")
        if status == 303 or not target or target == url:
            raise StoreError(
                f"{shown(self.url)} answers with a redirect ({status}) where an answer belongs",
                "name the address of the endpoint itself",
            )
        if not (same or safer):
            other = f"{two.scheme}://{two.netloc.rpartition('@')[2]}"
            raise StoreError(
                f"{shown(self.url)} redirects to another host, {other}, which is not followed",
                "if that is where the store is now, name it with --store",
            )
        return target


def _drain(answer: http.client.HTTPResponse) -> None:
    """Read what is left of a small answer, so that its connection can be used again."""
    try:
        answer.read(_LARGEST_DRAIN)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        answer.close()


def _proxy(scheme: str, host: str, netloc: str) -> str | None:
    """The proxy of the environment for a host."""
    proxy = urllib.request.getproxies().get(scheme)
    if not proxy or urllib.request.proxy_bypass(netloc) or urllib.request.proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def failure(url: str, error: Exception, timeout: float) -> UnreachableError:
    """What went wrong on the way to a store, in one sentence."""
    where = f"the store at {shown(url)}"
    host = urlsplit(url).hostname
    if isinstance(error, TimeoutError):
        return UnreachableError(
            f"{where} has not answered within {timeout:g} seconds",
            "KB_STORE_TIMEOUT sets how many seconds to wait",
            again=False,
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return UnreachableError(
            f"{where} cannot be trusted: {error.verify_message}",
            "SSL_CERT_FILE names a file with the certificate of its authority",
            again=False,
        )
    if isinstance(error, ssl.SSLError):
        reason = (error.reason or "the handshake failed").replace("_", " ").lower()
        return UnreachableError(
            f"{where} does not speak TLS as it should: {reason}",
            "is it http:// instead of https://?",
            again=False,
        )
    if isinstance(error, socket.gaierror):
        return UnreachableError(
            f"{where} cannot be reached: there is no host {host}", "check the address", again=False
        )
    if isinstance(error, ConnectionRefusedError):
        return UnreachableError(
            f"{where} cannot be reached: nobody answers there", "is the server running?"
        )
    if isinstance(error, OSError) and error.strerror:
        return UnreachableError(f"{where} cannot be reached: {error.strerror}")
    return UnreachableError(f"{where} broke off before it had answered", "try again")
