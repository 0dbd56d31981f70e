"""A SPARQL endpoint: what is asked of it through SPARQLWrapper, and what its answers mean.

An answer that is none (a web page, half a table, fewer rows than there are) raises: nothing is
taken for an empty answer but an empty answer.
"""

from __future__ import annotations

import email.utils
import http.client
import json
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from SPARQLWrapper import JSON, N3, POST, URLENCODED, SPARQLWrapper

import kb
from kb.errors import KBError, QueryError, StoreError
from kb.store.address import shown, without_credentials
from kb.store.auth import Authorization, Credentials
from kb.store.http import Transport, UnreachableError, failure

T = TypeVar("T")
Form = Literal["SELECT", "ASK", "CONSTRUCT", "INSERT"]
"""What is asked for: rows, yes or no, triples; or a change."""

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_ACCEPT = {
    "SELECT": ROWS,
    "ASK": ROWS,
    "CONSTRUCT": f"{TRIPLES}, text/turtle;q=0.5",
    "INSERT": "*/*",
}

BUSY = frozenset({429, 502, 503, 504})
TRIES = 6
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
"""Seconds between two attempts; a server that asks for more is not waited for."""

_DEADLOCK = re.compile(r"\b(40001|SR172|deadlock)", re.IGNORECASE)
_NO_RIGHT = re.compile(
    r"permission|not authori[sz]ed|access denied|SR186|RDF02|no (read|write) access", re.IGNORECASE
)


class _Busy(Exception):  # noqa: N818 - a state of affairs: told as a StoreError when it lasts
    def __init__(self, told: StoreError, after: float | None) -> None:
        super().__init__()
        self.told, self.after = told, after


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper with a transport of its own: its default one follows redirects to anywhere, and
    installs itself for the whole process where a password is asked for by digest."""

    transport: Transport

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        return self.transport.send(self._createRequest()), self.returnFormat


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose status is good. Read it to its end, or close it."""

    response: http.client.HTTPResponse
    kind: str
    """Its media type."""
    server: str
    most_rows: int | None
    """How many rows the server gives at most, if it says so."""


class Endpoint:
    """The two addresses of a store, for queries and for updates, each with who asks there.

    ``timeout`` are seconds without a sign of life. A request that the server is too busy for, or
    that gets no answer, is tried again, ever later: all that is ever sent can be sent twice.
    """

    def __init__(
        self,
        url: str,
        update_url: str,
        timeout: float,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.timeout = timeout
        self._reading, self._writing = (
            Transport(
                without_credentials(address),
                Authorization(Credentials.find(address, environ), address),
                timeout,
            )
            for address in (url, update_url)
        )

    def close(self) -> None:
        self._reading.close()
        self._writing.close()

    def ask(
        self,
        text: str,
        form: Form,
        read: Callable[[Answer], T],
        parameters: dict[str, str] | None = None,
        tries: int = TRIES,
    ) -> T:
        """What ``read`` makes of the answer to a query. Raises ``QueryError`` where the server
        cannot run it, ``StoreError`` where there is no answer to be had."""
        return self._tried(self._reading, text, form, read, parameters or {}, tries)

    def update(self, text: str) -> None:
        """Change something; raises ``StoreError`` where that fails. ``text`` must be such that it
        does no harm a second time."""
        self._tried(self._writing, text, "INSERT", lambda answer: answer.response.read(), {}, TRIES)

    # -- one request, several times -----------------------------------------------------------

    def _tried(
        self,
        transport: Transport,
        text: str,
        form: Form,
        read: Callable[[Answer], T],
        parameters: dict[str, str],
        tries: int,
    ) -> T:
        pause = FIRST_PAUSE
        for attempt in range(1, tries + 1):
            try:
                return read(self._once(transport, text, form, parameters))
            except UnreachableError as error:
                if not error.again or attempt == tries:
                    raise
                wait = pause
            except _Busy as busy:
                wait = pause if busy.after is None else busy.after
                if attempt == tries or wait > LONGEST_PAUSE:
                    raise busy.told from None
            except (OSError, http.client.HTTPException) as error:  # while the answer was read
                told = failure(transport.url, error, self.timeout)
                if not told.again or attempt == tries:
                    raise told from error
                wait = pause
            time.sleep(wait + random.uniform(0, wait / 4))
            pause = min(pause * 2, LONGEST_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, transport: Transport, text: str, form: Form, parameters: dict[str, str]
    ) -> Answer:
        wrapper = _Wrapper(
            transport.url,
            returnFormat=N3 if form == "CONSTRUCT" else JSON,
            agent=f"diplomatic-kb/{kb.__version__}",
        )
        wrapper.transport = transport
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)  # Virtuoso hangs on a query that is sent as it is
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", _ACCEPT[form])
        for name, value in parameters.items():
            wrapper.addParameter(name, value)
        # setQuery would find out by patterns, which long texts are slow on, what is known here
        wrapper.queryString, wrapper.queryType = text, form
        response = wrapper.query().response
        if response.status != 200 and not (form == "INSERT" and response.status in (201, 202, 204)):
            raise self._refused(transport, response, form, len(text))
        kind = response.headers.get_content_type() if response.headers["Content-Type"] else ""
        if form != "INSERT" and not _is_answer(kind, form):
            response.close()
            raise StoreError(
                f"{shown(transport.url)} answers with {_named(kind)} where "
                "the answer to a query belongs",
                "is it the address of a SPARQL endpoint?",
            )
        if state := response.headers.get("X-SQL-State"):
            response.close()
            raise QueryError(
                f"the store at {shown(transport.url)} gave only part of the answer ({state})",
                "it took too long there: ask for less",
            )
        rows = response.headers.get("X-SPARQL-MaxRows", "")
        return Answer(
            response,
            kind,
            response.headers.get("Server", ""),
            int(rows) if rows.isdigit() else None,
        )

    def _refused(
        self, transport: Transport, response: http.client.HTTPResponse, form: Form, size: int
    ) -> Exception:
        """What a status that is not good means."""
        status, where = response.status, f"the store at {shown(transport.url)}"
        try:
            body = response.read(100_000).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            body = ""
        finally:
            response.close()
        credentials = transport.authorization.credentials
        said = _said(body, response.headers.get_content_type(), credentials)
        reason = f": {said}" if said else ""
        if _DEADLOCK.search(said):
            return _Busy(StoreError(f"{where} is busy with other changes{reason}"), None)
        if status in BUSY:
            after = _seconds(response.headers.get("Retry-After"))
            hint = f"it asks to wait for {after:g} seconds" if after else "ask again later"
            return _Busy(StoreError(f"{where} is too busy to answer ({status})", hint), after)
        if status == 401 or status == 403 or (form == "INSERT" and _NO_RIGHT.search(said)):
            return _not_allowed(where, status, form, credentials)
        if status in (404, 405, 410):
            kind = "updates" if form == "INSERT" else "queries"
            return StoreError(
                f"there is no SPARQL endpoint for {kind} at {shown(transport.url)} ({status})",
                "KB_STORE_UPDATE names the address for updates"
                if form == "INSERT"
                else "check the address",
            )
        if status == 413:
            return StoreError(
                f"{where} takes no request of {size:,} bytes",
                "KB_STORE_BATCH sets a smaller number",
            )
        if form == "INSERT":
            return StoreError(f"{where} could not be changed ({status}){reason}")
        if status < 500 or (status == 500 and said):
            return QueryError(f"{where} cannot run the query ({status}){reason}")
        return StoreError(f"{where} has failed ({status}){reason}", "its log may say why")


def _not_allowed(where: str, status: int, form: Form, credentials: Credentials) -> KBError:
    act = "be changed" if form == "INSERT" else "be asked"
    if not credentials:
        return StoreError(
            f"{where} may not {act} without a name and password, or a token ({status})",
            "set KB_STORE_USER and KB_STORE_PASSWORD, or KB_STORE_TOKEN",
        )
    if status == 401:
        return StoreError(f"{where} does not accept the credentials ({status})", "check them")
    who = f"by {credentials.user}" if credentials.user else "with this token"
    return StoreError(f"{where} may not {act} {who} ({status})", "ask whoever runs it")


def _said(body: str, kind: str, credentials: Credentials) -> str:
    """The first of what a server says, in one line and without secrets."""
    if kind == "text/html":
        return ""
    if kind == "application/json":
        try:
            found = json.loads(body)
            body = str(found.get("message", body)) if isinstance(found, dict) else body
        except ValueError:
            pass
    first = body.partition("\n\n")[0].partition("SPARQL query:")[0]
    return credentials.hide(" ".join(first.split()))[:200]


def _is_answer(kind: str, form: Form) -> bool:
    if form == "CONSTRUCT":
        return kind in (TRIPLES, "text/turtle", "application/x-turtle", "text/ntriples")
    return kind in (ROWS, "application/json")


def _named(kind: str) -> str:
    if kind == "text/html":
        return "a web page"
    return f"something of the type {kind[:60]}" if kind else "something of no type"


def _seconds(after: str | None) -> float | None:
    """What ``Retry-After`` says, a number or a time, in seconds from now."""
    if not after:
        return None
    if after.strip().isdigit():
        return float(after)
    try:
        when = email.utils.parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, when.timestamp() - time.time())
