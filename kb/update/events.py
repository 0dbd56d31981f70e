"""Events anew: of the reports that come and go, and of whatever those touch.

A change of a report changes its block; the accounts of the block that come out differently touch
the accounts they could join, or that could join them, and those again theirs. All others stay as
they are (:mod:`kb.derive`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from pyoxigraph import NamedNode, Quad

from kb.derive import Account, accounts_of, block_key, join_keys, joins, settle
from kb.judgements import Judged
from kb.rdf import (
    Minter,
    by_rule,
    event_quads,
    filing_quads,
    iri,
    string_literal,
    value_of,
)
from kb.reports import Report
from kb.store import Store
from kb.update.reader import Reader
from kb.vocabulary import DCTERMS, DIP, GRAPH

Change = tuple[list[Quad], list[Quad]]
"""What to add and what to remove."""


class EventUpkeep:
    """Works out one change of the events of a store.

    ``goes_under`` has the IRIs that those actors went under until now who go under others from now
    on; the reader knows the new ones.
    """

    def __init__(
        self,
        store: Store,
        minter: Minter,
        reader: Reader,
        judged: Judged,
        before: Mapping[str, str],
    ) -> None:
        self.store, self.minter, self.reader, self.judged = store, minter, reader, judged
        self.before = before
        self._gone: dict[str, Report] = {}
        self._new: dict[str, Account] = {}
        """Accounts of the blocks that are worked out anew, by each of their reports."""
        self._new_by_key: dict[str, dict[Account, None]] = defaultdict(dict)
        """The same, by their join keys."""
        self._stored: dict[str, Account] = {}
        """Accounts of the store, by their keys."""

    def change(self, gone: Iterable[Report], come: Iterable[Report], tied: Iterable[str]) -> Change:
        """The quads to add and to remove. ``gone`` and ``come`` are raw reports; one that is in
        both has actors who go under another IRI now. ``tied`` are the IRIs of reports whose events
        are to be looked at again because of a judgement."""
        self._gone = {r.iri: self.reader.told(r, self.before) for r in gone}
        won = {r.iri: self.reader.told(r) for r in come}
        add, remove, seeds = self._blocks(won)
        component, events = self._touched([*seeds, *filter(None, map(self._account, tied))])
        after = settle(component, self.judged)
        told = [quad for event in after for quad in event_quads(event, self.minter)]
        remove += [quad for event in events for quad in self._about(event)]
        met, parted = self._met(events, told)
        return add + told + met, remove + parted

    # -- accounts -----------------------------------------------------------------------------

    def _blocks(self, won: Mapping[str, Report]) -> tuple[list[Quad], list[Quad], list[Account]]:
        """Work out the blocks that reports have left or come to: how reports are filed, and the
        accounts that are new or next to one that is no more."""
        blocks: dict[str, dict[str, Report]] = {}
        for report in (*self._gone.values(), *won.values()):
            blocks.setdefault(block_key(report), {})
        old: dict[str, list[Report]] = defaultdict(list)
        for key, members in blocks.items():
            for node in self._subjects(DIP.blockKey, key):
                member = self._gone.get(node) or self._read(node)
                if member is not None:
                    old[self._filed(node)].append(member)
                    if node not in self._gone:
                        members[node] = member
        for fresh in won.values():
            blocks[block_key(fresh)][fresh.iri] = fresh
        add: list[Quad] = []
        remove: list[Quad] = []
        before = {Account(tuple(sorted(was, key=lambda r: r.hash))) for was in old.values()}
        after = {
            account: key
            for key, members in blocks.items()
            for account in accounts_of(members.values())
        }
        for account in after:
            self._new |= dict.fromkeys((r.iri for r in account.reports), account)
            for join_key in account.keys:
                self._new_by_key[join_key][account] = None
        for account, key in after.items():
            if account not in before:
                for filed in account.reports:
                    add += filing_quads(filed.iri, key, account.hash, join_keys(filed))
        vanished = [account for account in before if account not in after]
        for left in (r for account in vanished for r in account.reports):
            remove += self.store.quads(iri(left.iri), None, None, GRAPH.derived)
        seeds = [account for account in after if account not in before]
        seeds += [other for account in vanished for other in self._near(account)]
        return add, remove, seeds

    def _touched(self, seeds: Iterable[Account]) -> tuple[list[Account], list[NamedNode]]:
        """All accounts that could join, directly or through others, or are tied by a judgement;
        and the events that their reports and those that are gone have been in."""
        found: dict[Account, None] = {}
        events: dict[NamedNode, None] = {}
        open_ = list(seeds)
        for lost in self._gone:
            events |= dict.fromkeys(self._events(lost))
        looked_at: set[NamedNode] = set()
        while open_ or set(events) - looked_at:
            while open_:
                account = open_.pop()
                if account in found:
                    continue
                found[account] = None
                open_ += self._near(account)
                for report in account.reports:
                    open_ += filter(None, map(self._account, self.judged.same(report.iri)))
                    events |= dict.fromkeys(self._events(report.iri))
            for event in [e for e in events if e not in looked_at]:
                looked_at.add(event)
                for quad in self.store.quads(event, DIP.reportedBy, None, GRAPH.derived):
                    open_ += filter(None, [self._account(value_of(quad))])
        return sorted(found, key=lambda a: a.hash), list(events)

    def _near(self, account: Account) -> Iterator[Account]:
        """The accounts that this one could join, or that could join it."""
        keys = account.keys
        near: dict[Account, None] = {}
        for key in sorted(keys):
            near |= self._new_by_key.get(key, {})
            for node in self._subjects(DIP.joinKey, key):
                if node not in self._gone and node not in self._new:
                    other = self._account(node)
                    near |= {other: None} if other is not None else {}
        for other in near:
            if other != account and (joins(account, other) or joins(other, account)):
                yield other

    def _account(self, report: str) -> Account | None:
        """The account, as it will be, that a report belongs to; None where there is no report."""
        if report in self._new:
            return self._new[report]
        if report in self._gone:
            return None
        key = self._filed(report)
        if key and key not in self._stored:
            told = filter(None, map(self._read, self._subjects(DIP.accountKey, key)))
            self._stored[key] = Account(tuple(sorted(told, key=lambda r: r.hash)))
        return self._stored.get(key)

    def _read(self, report: str) -> Report | None:
        raw = self.reader.raw(report)
        return None if raw is None else self.reader.told(raw)

    # -- the store ----------------------------------------------------------------------------

    def _filed(self, report: str) -> str:
        """The key of the account that a report is filed under; empty where it is not."""
        found = self.store.quads(iri(report), DIP.accountKey, None, GRAPH.derived)
        return next(map(value_of, found), "")

    def _subjects(self, predicate: NamedNode, key: str) -> list[str]:
        found = self.store.quads(None, predicate, string_literal(key), GRAPH.derived)
        return [q.subject.value for q in found if isinstance(q.subject, NamedNode)]

    def _events(self, report: str) -> list[NamedNode]:
        found = self.store.quads(None, DIP.reportedBy, iri(report), GRAPH.derived)
        return [q.subject for q in found if isinstance(q.subject, NamedNode)]

    def _about(self, event: NamedNode) -> Iterator[Quad]:
        yield from self.store.quads(event, None, None, GRAPH.derived)
        yield from self.store.quads(None, DCTERMS.isReplacedBy, event, GRAPH.derived)

    # -- who met whom -------------------------------------------------------------------------

    def _met(self, before: list[NamedNode], quads: list[Quad]) -> Change:
        """``dip:met`` by its rule: of the new events, which ``quads`` are about, and for those who
        met in events that are no more, of all others in which both take part."""
        add = by_rule("met", quads)
        stand = {(q.subject, q.object) for q in add}
        doubtful = sorted({p for e in before for p in self._pairs(e)} - stand, key=str)
        gone = set(before)
        others = {e for one, two in doubtful for e in self._takes_part(one) & self._takes_part(two)}
        premises = (
            quad
            for event in sorted(others - gone, key=str)
            for quad in self.store.quads(event, None, None, GRAPH.derived)
        )
        add += by_rule("met", premises)
        remove = [
            quad
            for one, two in doubtful
            for quad in self.store.quads(one, DIP.met, two, GRAPH.derived)
        ]
        return add, remove

    def _pairs(self, event: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
        found = self.store.quads(event, DIP.participant, None, GRAPH.derived)
        yield from permutations([q.object for q in found if isinstance(q.object, NamedNode)], 2)

    def _takes_part(self, actor: NamedNode) -> set[NamedNode]:
        found = self.store.quads(None, DIP.participant, actor, GRAPH.derived)
        return {q.subject for q in found if isinstance(q.subject, NamedNode)}
