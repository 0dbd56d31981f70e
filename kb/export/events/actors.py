"""Who an actor is to event data: a state or a body, and a sector (``USAGOV``, ``IGOUNO``).

As ever what was so at the time counts: an office that the gazetteer knows to have been held on the
day, else the one that the article tells. ``data/actors.csv`` has the codes of those that are not
coded by their state, and the sectors of bodies that are not those of their kind;
``data/sectors.csv`` the sectors of kinds of bodies, kinds of titles, and titles.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from kb.export.events.schemes import Scheme
from kb.export.lookup import Lookup, Within
from kb.gazetteer import Tenure, gazetteer
from kb.names import fold
from kb.rdf import iri, value_of
from kb.rdf.article import held_now
from kb.reports import kind_of
from kb.vocabulary import DCTERMS, DIP, GRAPH, RDFS

_HEADS = frozenset({"org_head"})
"""Kinds of offices at the head of a body."""

_SENT = "permanent representative"
"""Whoever is this *at* a body acts for a state."""

_FORMER = "ELI"
"""The sector of who held an office before, in both schemes."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a row. ``code`` is all that the scheme says of it (``USAGOV``; in PLOVER
    ``USA``), ``country`` its state by three letters, ``sector`` its sector, of a body of several
    states IGO, NGO or IMG. ``state`` is the alpha-2 code of the state that it acts for; who is
    ``resident`` may live in another one. What is not known is empty."""

    iri: str
    name: str
    code: str = ""
    country: str = ""
    sector: str = ""
    state: str = ""
    resident: bool = False


class Parties:
    """Codes actors of articles by one scheme."""

    def __init__(self, lookup: Lookup, scheme: Scheme) -> None:
        self._lookup, self._scheme = lookup, scheme
        self._goes_under = lru_cache(10_000)(self._find)
        self.state_code = lru_cache(1_000)(self._find_code)

    def party(self, node: str, inside: Within, day: date | None) -> Party:
        """An actor of an article by its IRI there; ``inside`` is all that the article tells of."""
        told, kind, under = inside[node], kind_of(node), self._goes_under(node)
        if kind == "state":
            return self.state(under)
        called = told.one(RDFS.label)
        name = self._lookup.named(under).name or called
        states = [self.state_code(state) for state in told.all(DIP.actsFor)]
        state, office = states[0] if len(states) == 1 else "", told.one(DIP.officeTold)
        if kind == "organization":
            return self._body(under, name, called, state)
        if kind == "group":
            title = called.removesuffix("s")
            return self._national(under, name, state, self._sector_of_title(title))
        terms = _terms(under.rpartition("/")[2], day, office) if kind == "person" else ()
        return self._holder(under, name, state, office, terms)

    def state(self, node: str) -> Party:
        """A state, which has no sector: "China" is ``CHN``."""
        code = self.state_code(node)
        return self._national(node, self._lookup.named(node).name or code, code, "")

    # -- who acts for whom ------------------------------------------------------------------

    def _holder(
        self, node: str, name: str, state: str, office: str, terms: tuple[Tenure, ...]
    ) -> Party:
        """A person, or a role, by the offices that are held at the time or told."""
        body = ""
        if terms and state not in {t.iso2 for t in terms}:
            state = terms[0].iso2 if gazetteer().state_by_code(terms[0].iso2) else ""
            body = "" if state else _body_held(terms[0].iso2)
        if not state and not body:
            body = _body_told(office) or (_body_told(name) if kind_of(node) == "role" else "")
        if body:
            return self._international(node, name, body)
        now = held_now(office)
        told = self._sector_of_title(office) if office and now else ""
        known = (self._sector_of_kind(t.kind) for t in terms)
        sector = told or next(filter(None, known), "" if now or terms else _FORMER)
        kinds = {gazetteer().title_kind(office), *(t.kind for t in terms)}
        return self._national(node, name, state, sector, "envoy" in kinds)

    def _body(self, node: str, name: str, told: str, state: str) -> Party:
        found = gazetteer().organization(told) or gazetteer().organization(name)
        if found is None:
            return self._national(node, name, state, "")
        own = _actors().get(found.name, {})
        if own.get(self._scheme) or found.kind in _GENERIC:
            return self._international(node, name, found.name)
        sector = own.get(f"{self._scheme}_sector") or self._sector("body", found.kind)
        return self._national(node, name, found.country or state, sector)

    def _national(
        self, node: str, name: str, state: str, sector: str, resident: bool = False
    ) -> Party:
        """Who acts for a state, in a sector of it; for the EU, that body."""
        known = gazetteer().state_by_code(state)
        if known is not None and known.iso3 is None:
            return self._international(node, name, known.name)
        country = ""
        if known is not None:
            country = _actors().get(known.name, {}).get(self._scheme) or known.iso3 or ""
        code = country + sector if country and self._scheme == "cameo" else country
        return Party(node, name, code, country, sector, state, resident)

    def _international(self, node: str, name: str, body: str) -> Party:
        """Who acts for a body that has a code of its own, or for one of several states."""
        found = gazetteer().organization(body)
        own = _actors().get(body, {})
        code = own.get(self._scheme) or _GENERIC.get(found.kind if found else "", "IGO")
        sector = own.get(f"{self._scheme}_sector") or code[:3]
        home = gazetteer().state_by_code(found.country) if found else None
        return Party(node, name, code, (home.iso3 if home else None) or "", sector)

    # -- sectors ----------------------------------------------------------------------------

    def _sector(self, of: str, word: str) -> str:
        return _sectors().get((of, word), {}).get(self._scheme, "")

    def _sector_of_kind(self, kind: str) -> str:
        return self._sector("kind", kind)

    def _sector_of_title(self, office: str) -> str:
        """By the longest title that an office ends in."""
        words = fold(office).split()
        for start in range(len(words)):
            row = _sectors().get(("title", " ".join(words[start:])))
            if row is not None:
                return row[self._scheme]
        return self._sector_of_kind(gazetteer().title_kind(office) or "")

    def _find(self, node: str) -> str:
        found = self._lookup.store.quads(iri(node), DCTERMS.isReplacedBy, None, GRAPH.derived)
        return next(map(value_of, found), node)

    def _find_code(self, state: str) -> str:
        """The code of two letters of a state, by its IRI; empty where it has none."""
        return next(map(value_of, self._lookup.store.quads(iri(state), DIP.countryCode)), "")


# -- what the gazetteer knows -----------------------------------------------------------------


def _terms(key: str, day: date | None, office: str) -> tuple[Tenure, ...]:
    """The offices that a person held on a day, the highest first. Where nobody knows whether it was
    held then, the office at the head of a body counts if the article tells of one."""
    person = gazetteer().holders.all.get(key)
    if person is None:
        return ()
    heads = bool(office) and gazetteer().title_kind(office) in _HEADS
    out = []
    for term in person.tenures:
        state = gazetteer().state_by_code(term.iso2) is not None
        held = term.covers(day)
        if held is None:
            held = heads and not state and term.kind in _HEADS
        if held and (state or not fold(term.office).startswith(_SENT)):
            out.append(term)
    return tuple(out)


def _body_held(code: str) -> str:
    """The body that the gazetteer's office holders have under a code."""
    name = next((n for n, row in _actors().items() if row["holders"] == code), "")
    found = gazetteer().organization(name or code.removesuffix("-ORG"))
    return found.name if found else name or code


def _body_told(office: str) -> str:
    """The body that an office names: "UN special envoy", "chief of United Nations"."""
    words = office.split()
    parts = [" ".join(words[:end]) for end in range(len(words), 0, -1)]
    for part in (office.partition(" of ")[2], *parts):
        found = gazetteer().organization(part)
        if found is not None and not found.country:
            return found.name
    return ""


# -- tables -----------------------------------------------------------------------------------

_GENERIC = {"intergovernmental": "IGO", "ngo": "NGO"}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("kb.export.events") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


@cache
def _actors() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in _rows("actors.csv")}


@cache
def _sectors() -> dict[tuple[str, str], dict[str, str]]:
    """By what it is of (``body``, ``kind``, ``title``) and the word, titles folded."""
    return {
        (row["of"], fold(word) if row["of"] == "title" else word): row
        for row in _rows("sectors.csv")
        for word in row["words"].split(";")
    }
