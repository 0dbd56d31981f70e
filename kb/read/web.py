"""Pages and feeds from the web: over http and https only, within limits of time and size."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote

import kb
from kb.errors import ReadError
from kb.read.reach import HTTPHandler, HTTPSHandler, InsideError, Reach

TIMEOUT = 20.0
"""Seconds to wait for a connection, and for each part of an answer."""

LONGEST_WAIT = 60.0
"""Seconds for the whole of it: who sends a byte at a time does not hold up the others."""

LARGEST = 20_000_000
"""Bytes."""

_CHUNK = 1 << 16
_KEPT = "%/:=&?~#+!$,;'@()*[]"
"""Characters with a meaning in addresses; those beside letters and digits that stay as they are."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from the web: its bytes, where it was found in the end, what its header says."""

    data: bytes
    url: str
    kind: str
    charset: str | None


def is_address(path: str) -> bool:
    """Whether something that was given as a path is a page of the web."""
    return path.lower().startswith(("http://", "https://"))


def fetch(url: str, reach: Reach) -> Fetched:
    """What lies at an address, within ``reach``. Raises :class:`ReadError`, in one sentence, where
    that fails."""
    if not is_address(url):
        raise ReadError(f"the link {url[:80]!r} is no address on the web")
    headers = {
        "User-Agent": f"diplomatic-kb/{kb.__version__}",
        "Accept": "text/html, application/atom+xml, application/rss+xml, */*;q=0.5",
    }
    try:
        request = urllib.request.Request(quote(url.partition("#")[0], safe=_KEPT), None, headers)
        with _opener(reach).open(request, timeout=TIMEOUT) as answer:
            data = _read(answer)
            told = answer.headers
            return Fetched(
                data, answer.geturl(), told.get_content_type(), told.get_content_charset()
            )
    except urllib.error.HTTPError as error:
        reason = f"{error.code} {error.reason}".strip().partition("\n")[0].rstrip(" .")
        error.close()
    except urllib.error.URLError as error:
        reason = _reason(error.reason)
    except InsideError as error:
        raise ReadError(
            f"the page cannot be fetched: {error}",
            hint="If it is meant, name its address yourself: kb add URL.",
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = _reason(error)
    raise ReadError(f"the page cannot be fetched: {reason}", hint="Save it and add the file.")


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _read(answer: http.client.HTTPResponse) -> bytes:
    deadline, parts, size = time.monotonic() + LONGEST_WAIT, [], 0
    while part := answer.read1(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise ReadError(f"the page is larger than {LARGEST:,} bytes")
        if time.monotonic() > deadline:
            raise ReadError(f"the page has not come within {LONGEST_WAIT:.0f} seconds")
    return b"".join(parts)


def _opener(reach: Reach) -> urllib.request.OpenerDirector:
    """Unlike urllib's own opener this one knows no files, no FTP and no data, so that no redirect
    leads there."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    opener.add_handler(HTTPHandler(reach))
    opener.add_handler(HTTPSHandler(reach))
    return opener
