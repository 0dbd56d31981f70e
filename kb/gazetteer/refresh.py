"""Bring the office holders up to date from a SPARQL endpoint that speaks Wikidata's vocabulary.

State by state, page by page, the heads of state and government and the foreign and defence
ministers are asked for, with the days on which they took and left office. What has come is kept
beside the table, so that a run that breaks off goes on where it was. When all is there the new
table takes the place of the old one; the one that ships with the package stays as it is.

Vocabulary (https://www.wikidata.org/wiki/Wikidata:List_of_properties): a state has an ISO 3166-1
code (P297) and the offices of its heads (P1906, P1313); an office is a kind of another (P279, P31)
and belongs to a state (P1001); a person holds an office (P39) from (P580) and until (P582) a day.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from kb.errors import KBError
from kb.gazetteer.holders import COLUMNS, Row, order, same_spell

WIKIDATA = "https://query.wikidata.org/sparql"
AGENT = "diplomatic-kb (https://w3id.org/diplomatic-kb)"
TABLE = "office_holders.csv"
_PROGRESS = "progress.json"
_AGAIN = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT = 120.0

QUERY = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT DISTINCT ?term ?person ?name ?title ?kind ?start ?end WHERE {
  ?state wdt:P297 "%(code)s" .
  {
    { ?state wdt:P1906 ?office . BIND("head_of_state" AS ?kind) }
    UNION { ?state wdt:P1313 ?office . BIND("head_of_government" AS ?kind) }
    UNION {
      ?office wdt:P279|wdt:P31 wd:Q7330070 ; wdt:P1001 ?state .
      BIND("foreign_minister" AS ?kind)
    }
    UNION {
      ?office wdt:P279|wdt:P31 wd:Q2518691 ; wdt:P1001 ?state .
      BIND("defence_minister" AS ?kind)
    }
  }
  ?person p:P39 ?term .
  ?term ps:P39 ?office .
  ?person rdfs:label ?name . FILTER(LANG(?name) = "en")
  ?office rdfs:label ?title . FILTER(LANG(?title) = "en")
  OPTIONAL { ?term pq:P580 ?start }
  OPTIONAL { ?term pq:P582 ?end }
  FILTER(!BOUND(?end) || ?end >= "%(since)s-01-01T00:00:00Z"^^xsd:dateTime)
}
ORDER BY ?term ?kind
LIMIT %(limit)d OFFSET %(offset)d
"""
"""Terms in the higher offices of one state; see the module for the properties."""


@dataclass
class Refresh:
    """One way to ask an endpoint; ``folder`` is where the table and what has come so far lie.

    ``pause`` are seconds between two requests, ``patience`` those that one may take; a request that
    fails is tried ``tries`` times, ever later, as late as the endpoint asks for. ``sleep`` is for
    tests.
    """

    folder: Path
    endpoint: str = WIKIDATA
    since: int = 1995
    page: int = 500
    pause: float = 1.0
    patience: float = 60.0
    tries: int = 5
    today: date = field(default_factory=date.today)
    sleep: Callable[[float], None] = time.sleep

    def run(
        self,
        states: Sequence[str],
        known: Iterable[Row],
        tell: Callable[[str, int], object] | None = None,
    ) -> tuple[int, int]:
        """Ask for all states and write the table anew; how many terms came, and how many of them
        were not known with these days. ``tell`` is given each state with its terms.

        Raises ``KBError`` where the endpoint does not answer; what has come is kept, and the table
        is as it was.
        """
        come = self._kept()
        for code in states:
            if code not in come:
                come[code] = self._terms(code)
                self._keep(come)
            if tell is not None:
                tell(code, len(come[code]))
        before = list(known)
        fresh = [row for code in states for row in come[code]]
        after = refreshed(before, fresh)
        had = {_spell(row) for row in before}
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(after)
        self._write(TABLE, text.getvalue())
        (self.folder / _PROGRESS).unlink(missing_ok=True)
        return len(fresh), sum(_spell(row) not in had for row in fresh)

    # -- asking -------------------------------------------------------------------------------

    def _terms(self, code: str) -> list[Row]:
        found: dict[tuple[str, str], Row] = {}
        offset = 0
        while True:
            values = {"code": code, "since": self.since, "limit": self.page, "offset": offset}
            bindings = self._ask(QUERY % values)
            for binding in bindings:
                row = self._row(code, {key: cell["value"] for key, cell in binding.items()})
                found.setdefault((row["person_qid"], row["office"] + row["start"]), row)
            if len(bindings) < self.page:
                return list(found.values())
            offset += self.page

    def _row(self, code: str, told: Mapping[str, str]) -> Row:
        end = _day(told.get("end", ""))
        return {
            "person": told["name"], "other_names": "",
            "person_qid": told["person"].rpartition("/")[2], "iso2": code,
            "office": _capital(told["title"]), "office_kind": told["kind"],
            "start": _day(told.get("start", "")), "end": end,
            "as_of": self.today.isoformat(), "source": self.endpoint, "confidence": "source",
        }  # fmt: skip

    def _ask(self, query: str) -> list[dict[str, Any]]:
        """The bindings of an answer. Raises ``KBError`` when it has failed too often."""
        reason = ""
        for attempt in range(self.tries):
            if attempt:
                self.sleep(min(self._wait, _LONGEST_WAIT))
            self._wait = self.pause * 2 ** (attempt + 1)
            try:
                bindings = self._once(query)
            except _Failed as failed:
                reason = str(failed)
                if not failed.again:
                    break
                self._wait = max(self._wait, failed.wait)
            else:
                self.sleep(self.pause)
                return bindings
        raise KBError(
            f"the endpoint {_bare(self.endpoint)} did not answer: {reason}",
            "what has come so far is kept: run the command again to go on",
        )

    def _once(self, query: str) -> list[dict[str, Any]]:
        from SPARQLWrapper import JSON, POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        asked = SPARQLWrapper(self.endpoint, agent=AGENT)
        asked.setQuery(query)
        asked.setMethod(POST)
        asked.setReturnFormat(JSON)
        asked.setTimeout(max(1, int(self.patience)))
        try:
            answer: Any = asked.query().convert()
            return list(answer["results"]["bindings"])
        except HTTPError as error:
            wait = error.headers.get("Retry-After", "") if error.headers else ""
            again, seconds = error.code in _AGAIN, float(wait) if wait.isdigit() else 0.0
            raise _Failed(f"HTTP {error.code} {error.reason}", again, seconds) from error
        except SPARQLWrapperException as error:
            told = " ".join(str(error.msg).split())[:200]
            raise _Failed(told, "internal" in told.lower()) from error
        except (URLError, TimeoutError, ConnectionError) as error:
            raise _Failed(str(getattr(error, "reason", error) or "no connection"), True) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _Failed("its answer is no SPARQL result", True) from error

    _wait: float = 0.0

    # -- what has come so far -----------------------------------------------------------------

    def _kept(self) -> dict[str, list[Row]]:
        try:
            told = json.loads((self.folder / _PROGRESS).read_text(encoding="utf-8"))
            if told["endpoint"] == self.endpoint and told["day"] == self.today.isoformat():
                return dict(told["states"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return {}

    def _keep(self, come: Mapping[str, list[Row]]) -> None:
        told = {"endpoint": self.endpoint, "day": self.today.isoformat(), "states": come}
        self._write(_PROGRESS, json.dumps(told, ensure_ascii=False))

    def _write(self, name: str, text: str) -> None:
        """A file is complete or as it was."""
        part = self.folder / f".{name}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(text, encoding="utf-8")
            part.replace(self.folder / name)
        except OSError as error:
            raise KBError(
                f"{self.folder} cannot be written: {error.strerror or error}",
                "KB_GAZETTEER names another folder",
            ) from error


class _Failed(Exception):  # noqa: N818 - why a request failed, told by the caller
    """A request that failed; whether to try ``again``, and after how many seconds at least."""

    def __init__(self, reason: str, again: bool, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.again, self.wait = again, wait


# -- the table ------------------------------------------------------------------------------------


def refreshed(before: Sequence[Row], fresh: Sequence[Row]) -> list[Row]:
    """The rows of a table with those that have come: a spell that is told anew takes the place of
    the one that was known, and keeps its other names and a start that is not told any more."""
    left = {id(row): row for row in before}
    by_person: dict[tuple[str, str, str], list[Row]] = {}
    for row in before:
        by_person.setdefault(_who(row), []).append(row)
    out = []
    for new in fresh:
        told = [
            old
            for old in by_person.get(_who(new), ())
            if id(old) in left and (same_spell(old, new) or not new["start"])
        ]
        for old in told:
            del left[id(old)]
        names = [n for old in told for n in (old["person"], *old["other_names"].split(";")) if n]
        other = dict.fromkeys(name for name in names if name != new["person"])
        start = new["start"] or min((old["start"] for old in told if old["start"]), default="")
        out.append({**new, "other_names": ";".join(other), "start": start})
    return sorted([*left.values(), *out], key=order)


def _who(row: Row) -> tuple[str, str, str]:
    return row["person_qid"], row["iso2"], row["office_kind"]


def _spell(row: Row) -> tuple[str, ...]:
    return (*_who(row), row["start"], row["end"])


def _day(told: str) -> str:
    """The day of a point in time; nothing where it is unknown."""
    return told[:10] if len(told) >= 10 and told[4:5] == "-" and told[:4].isdigit() else ""


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _bare(endpoint: str) -> str:
    """An address without a name and a password in it."""
    scheme, _, rest = endpoint.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else endpoint
