"""What is unsure: actors that may be one, or two; events that could be one. For people to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from kb.ask.run import Row
from kb.derive import Account, joins
from kb.derive.agreement import agree, length, same_time
from kb.gazetteer import gazetteer
from kb.identity import spelling
from kb.judgements import Judged
from kb.names import fold, is_full, skeleton, surname
from kb.rdf import Minter, base_of, iri, read_judgements
from kb.reports import Report
from kb.store import Store
from kb.update.judged import Judgements
from kb.update.reader import Reader
from kb.vocabulary import DIP, GRAPH, RDF, RDFS

_LONGEST = 31
"""Days; a vaguer date makes two events no more alike."""


def review(store: Store) -> list[Row]:
    """Pairs that people should look at, actors before events, each with the reason. What has been
    judged is left out. Rows have ``kind`` (``actor``, ``meeting``, ``visit``), ``one`` and
    ``other`` (IRIs), ``names`` and ``reason``."""
    reader = Reader(store, Minter(base_of(store.quads)), gazetteer())
    judged = Judgements(store.quads(graph=GRAPH.judgements), reader).judged()
    return [*_actors(store, judged), *_events(store, reader, judged)]


def judgements(store: Store) -> list[Row]:
    """What has been judged: ``verdict``, ``one``, ``other`` and ``reason``."""
    return [
        {"verdict": j.verdict, "one": j.one, "other": j.other, "reason": j.reason}
        for j in read_judgements(store.quads(graph=GRAPH.judgements))
    ]


# -- actors ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Person:
    iri: str
    name: str
    countries: tuple[str, ...]

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries else None

    @property
    def shown(self) -> str:
        return f"{self.name} ({', '.join(self.countries)})" if self.countries else self.name


Pair = tuple[_Person, _Person]


def _actors(store: Store, judged: Judged) -> Iterator[Row]:
    persons = sorted(_persons(store), key=lambda p: p.iri)
    seen: set[tuple[str, str]] = set()
    for reason, pairs in (
        ("one name, of different states", _namesakes(persons)),
        ("names that sound alike", _alike(persons)),
        ("an initial that fits the other's name", _initials(persons)),
    ):
        for one, other in pairs:
            if (one.iri, other.iri) in seen or other.iri in judged.different(one.iri):
                continue
            seen.add((one.iri, other.iri))
            names = [one.shown, other.shown]
            yield {
                "kind": "actor", "one": one.iri, "other": other.iri, "names": names,
                "reason": reason,
            }  # fmt: skip


def _persons(store: Store) -> Iterator[_Person]:
    """The persons with full names."""
    names = gazetteer()
    for quad in store.quads(None, RDF.type, DIP.Person, GRAPH.derived):
        node = quad.subject
        assert isinstance(node, NamedNode)
        labels = store.quads(node, RDFS.label, None, GRAPH.derived)
        name = min(q.object.value for q in labels if isinstance(q.object, Literal))
        states = (
            q.object.value.rpartition("/")[2]
            for q in store.quads(node, DIP.actsFor, None, GRAPH.derived)
            if isinstance(q.object, NamedNode)
        )
        if is_full(name):
            known = [code for code in states if names.state_by_code(code)]
            yield _Person(node.value, name, tuple(sorted(known)))


def _namesakes(persons: Iterable[_Person]) -> Iterator[Pair]:
    for one, other in _pairs(persons, lambda p: spelling(p.name, p.country)):
        if not set(one.countries) & set(other.countries):
            yield one, other


def _alike(persons: Iterable[_Person]) -> Iterator[Pair]:
    yield from _pairs(persons, lambda p: (sound, p.country) if (sound := skeleton(p.name)) else "")


def _initials(persons: Iterable[_Person]) -> Iterator[Pair]:
    def family(person: _Person) -> Hashable:
        return fold(surname(person.name, person.country)), person.country

    for one, other in _pairs(persons, family):
        a, b = fold(one.name), fold(other.name)
        if a[:1] == b[:1] and (len(a.split()[0]) == 1) != (len(b.split()[0]) == 1):
            yield one, other


def _pairs(persons: Iterable[_Person], key: Callable[[_Person], Hashable]) -> Iterator[Pair]:
    """Pairs of those who share a key; an empty one is none."""
    groups: dict[Hashable, list[_Person]] = defaultdict(list)
    for person in persons:
        groups[key(person)].append(person)
    for shared, group in groups.items():
        if shared:
            yield from combinations(group, 2)


# -- events ---------------------------------------------------------------------------------------


def _events(store: Store, reader: Reader, judged: Judged) -> Iterator[Row]:
    """Events that stand apart because an account of one fits several, or could be either."""
    accounts: dict[str, list[Report]] = defaultdict(list)
    for report, key in _beside_others(store):
        raw = reader.raw(report)
        if (
            raw is not None
            and raw.kind != "statement"
            and raw.date
            and length(raw.date) <= _LONGEST
        ):
            accounts[key].append(reader.told(raw))
    near: dict[str, list[Account]] = defaultdict(list)
    for reports in accounts.values():
        account = Account(tuple(sorted(reports, key=lambda r: r.hash)))
        for shared in account.keys:
            near[shared].append(account)
    events = {
        q.object.value: q.subject.value
        for q in store.quads(None, DIP.reportedBy, None, GRAPH.derived)
        if isinstance(q.object, NamedNode) and isinstance(q.subject, NamedNode)
    }
    seen: set[tuple[str, str]] = set()
    for group in near.values():
        for a, b in combinations(sorted(group, key=lambda x: x.hash), 2):
            one, other = sorted((events[a.reports[0].iri], events[b.reports[0].iri]))
            if one == other or (one, other) in seen or not _could_be_one(a, b):
                continue
            seen.add((one, other))
            if any(r.iri in judged.different(s.iri) for r in a.reports for s in b.reports):
                continue
            told = [_named(store, account) for account in (a, b)]
            if one != events[a.reports[0].iri]:
                told.reverse()
            yield {
                "kind": a.kind, "one": one, "other": other, "names": told,
                "reason": "each could be an account of the other, or of a third",
            }  # fmt: skip


def _beside_others(store: Store) -> list[tuple[str, str]]:
    """The reports that share a join key with one of another account, and their accounts."""
    of = {
        quad.subject: quad.object.value
        for quad in store.quads(None, DIP.accountKey, None, GRAPH.derived)
        if isinstance(quad.object, Literal)
    }
    by_key: dict[str, list[NamedNode]] = defaultdict(list)
    for quad in store.quads(None, DIP.joinKey, None, GRAPH.derived):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            by_key[quad.object.value].append(quad.subject)
    several = {
        node for group in by_key.values() if len({of[n] for n in group}) > 1 for node in group
    }
    return [(node.value, of[node]) for node in sorted(several, key=str)]


def _could_be_one(a: Account, b: Account) -> bool:
    if a.actors != b.actors:
        return joins(a, b) or joins(b, a)
    return {"held"} == a.statuses == b.statuses and all(
        agree(r, s) and same_time(r, s) for r in a.reports for s in b.reports
    )


def _named(store: Store, account: Account) -> str:
    """Who acts in an account, and when."""
    names = []
    for actor in account.actors:
        labels = store.quads(iri(actor), RDFS.label, None, GRAPH.derived)
        found = (q.object.value for q in labels if isinstance(q.object, Literal))
        names.append(next(found, actor))
    days = sorted({r.date for r in account.reports if r.date})
    return f"{', '.join(names)} ({'; '.join(days)})"
