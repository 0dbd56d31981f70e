"""Second step: a vaguer account of an event joins the more exact one, where only one fits.

An account is vaguer than another where it leaves out who else was there ("A met B" beside "A met B
and C"), or names a state, an office or "officials" where the other names who acts for it ("China's
leader met …"). Both have to be dated, within a month, the vaguer one no closer than the other, and
they must not contradict each other in day, place or medium. So that what pairs do at the edge of a
large gathering stays apart, the vaguer account must have at least two thirds of those the other
has; and what one text tells apart is two events.

Accounts are the clusters of the first step (:mod:`kb.derive.clusters`). To be vaguer is a strict
order: an account joins the one that all which it could join come to, and stays apart where they
come to several. One that leaves somebody out has to tell the same place or country, and where
several leave out different people, all of them stay apart. What a cluster joins follows from the
accounts around it alone, so that a store finds those by *join keys* and works out anew only what a
change touches.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from kb import edtf
from kb.derive.agreement import agree, closest, length, not_yet, same_time
from kb.lexicon import words
from kb.reports import EventKind, Report, Side, kind_of

LONGEST = 31
"""Days within which a report must tell the time of an event to be joined to another account."""

LEAST_SHARE = 2 / 3
"""Of those who act in the fuller account, so many the other has to name."""


@dataclass(frozen=True)
class Account:
    """A cluster of the first step: reports of one event with the same actors, sorted."""

    reports: tuple[Report, ...]

    @property
    def hash(self) -> str:
        return self.reports[0].hash

    @property
    def kind(self) -> EventKind:
        return self.reports[0].kind

    @property
    def actors(self) -> tuple[str, ...]:
        return self.reports[0].actors

    @cached_property
    def sides(self) -> dict[str, Side]:
        """What all reports together tell of each actor."""
        states: dict[str, set[str]] = defaultdict(set)
        offices: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for side in (side for report in self.reports for side in report.sides):
            states[side.actor].update(side.states)
            offices[side.actor].update(side.offices)
        return {
            a: Side(a, tuple(sorted(states[a])), tuple(sorted(offices[a]))) for a in self.actors
        }

    @cached_property
    def days(self) -> int:
        """How many days its closest date can mean; very many where none is told."""
        return min((length(r.date) for r in self.reports if r.date is not None), default=10**6)

    @cached_property
    def statuses(self) -> frozenset[str]:
        return frozenset(report.status for report in self.reports)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts that report it."""
        return frozenset(report.digest for report in self.reports)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The join keys of all its reports."""
        return frozenset(key for report in self.reports for key in join_keys(report))


def join_keys(report: Report) -> tuple[str, ...]:
    """What a report shares with those that can tell of the same event with other actors: a pair of
    sides (for a visit, a side and the destination) and a month. 16 hexadecimal digits each."""
    if report.kind == "statement" or not _close(report):
        return ()
    sides = sorted({state for side in report.sides for state in side.states or (side.actor,)})
    pairs: Iterable[tuple[str, ...]]
    if report.kind == "visit":
        pairs = [(side, report.country) for side in sides if report.country]
    else:
        pairs = [*combinations(sides, 2), *((side, side) for side in _twice(report))]
    return tuple(
        sorted(
            hashlib.sha256("\0".join((report.kind, *pair, month)).encode()).hexdigest()[:16]
            for pair in pairs
            for month in _months(report)
        )
    )


def _twice(report: Report) -> list[str]:
    """States for which two act in a report."""
    told = [state for side in report.sides for state in side.states]
    return sorted({state for state in told if told.count(state) > 1})


def _close(report: Report) -> bool:
    return report.date is not None and length(report.date) <= LONGEST


def _months(report: Report) -> Iterator[str]:
    assert report.date is not None
    slack = timedelta(days=report.medium in ("phone", "video"))
    day, last = edtf.earliest(report.date) - slack, edtf.latest(report.date) + slack
    while day <= last:
        yield day.isoformat()[:7]
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


# -- which account is the vaguer one --------------------------------------------------------------


def joins(vague: Account, exact: Account) -> bool:
    """Whether an account can be a vaguer one of what another tells."""
    return (
        vague.kind == exact.kind != "statement"
        and exact.days <= vague.days <= LONGEST
        and vague.actors != exact.actors
        and not vague.texts & exact.texts
        and _by_status(vague, exact)
        and _vaguer(vague, exact)
        and _compatible(vague, exact)
    )


def _by_status(vague: Account, exact: Account) -> bool:
    """What took place is not made of what was planned, nor is a denial told of others."""
    if "denied" in vague.statuses or exact.statuses == {"denied"}:
        return False
    if "held" in vague.statuses:
        days = closest([r.date for r in exact.reports if r.date is not None])
        return "held" in exact.statuses and not any(not_yet(r, days) for r in vague.reports)
    return "held" not in exact.statuses or (
        "cancelled" not in vague.statuses and _ahead(vague, exact)
    )


def _ahead(vague: Account, exact: Account) -> bool:
    """Whether what was planned was told before, or on the day of, what took place."""
    told = [r.published for r in vague.reports if r.published]
    held = [edtf.latest(r.date) for r in exact.reports if r.date and r.status == "held"]
    return not told or not held or max(told) <= max(held)


def _compatible(one: Account, other: Account) -> bool:
    return all(
        agree(a, b) and same_time(a, b) and _same_place(a, b)
        for a in one.reports
        for b in other.reports
    )


def _same_place(a: Report, b: Report) -> bool:
    """Other people in another house are another event, whatever the day."""
    return a.kind == "visit" or not (a.place and b.place) or a.place == b.place


def _vaguer(vague: Account, exact: Account) -> bool:
    few, many = len(vague.actors), len(exact.actors)
    if few > many or few < many * LEAST_SHARE:
        return False
    if few < many and not _whereabouts(vague) & _whereabouts(exact):
        return False
    if vague.kind == "visit" and vague.reports[0].country != exact.reports[0].country:
        return False
    return _matched(vague, exact, list(vague.actors), set(exact.actors))


def _whereabouts(account: Account) -> frozenset[str]:
    """The places and countries that its reports tell."""
    told = {place for r in account.reports for place in (r.place, r.country)}
    return frozenset(place for place in told if place is not None)


def _matched(vague: Account, exact: Account, left: Sequence[str], free: set[str]) -> bool:
    """Whether each of those left can be given one of the free that is he or stands behind him."""
    if not left:
        return True
    first, *others = left
    return any(
        _matched(vague, exact, others, free - {actor})
        for actor in sorted(free)
        if actor == first or stands_for(vague.sides[first], exact.sides[actor])
    )


def stands_for(vague: Side, exact: Side) -> bool:
    """Whether somebody who is named can be meant by a state, an office or "officials"."""
    kind, other = kind_of(vague.actor), kind_of(exact.actor)
    if kind == "state":
        return other != "state" and vague.actor in exact.states
    if not set(vague.states) & set(exact.states):
        return False
    if kind == "group":
        name = vague.actor.rpartition("/")[2].partition(".")[0]
        generic = name.rpartition("-")[2] in words("derive", "officials", "words")
        return generic and other in ("person", "role") and not _leads(exact.offices)
    return (
        kind == "role"
        and other == "person"
        and any(_holds(office, exact.offices) for office in vague.offices)
    )


def _holds(office: tuple[str, str], offices: Sequence[tuple[str, str]]) -> bool:
    kind, told = office
    if told in words("derive", "leader", "words"):
        return any(k in words("derive", "leader", "kinds") for k, _ in offices)
    if told in words("derive", "official", "words"):
        return bool(offices) and not _leads(offices)
    alone = kind in words("derive", "alone", "kinds")
    own = set(told.split())
    return any(
        k == kind and (alone or own <= set(o.split()) or set(o.split()) <= own) for k, o in offices
    )


def _leads(offices: Sequence[tuple[str, str]]) -> bool:
    """Whether all that somebody is, is the leader of a state."""
    heads = words("derive", "leader", "kinds")
    return bool(offices) and all(kind in heads for kind, _ in offices)


# -- groups ---------------------------------------------------------------------------------------


def join(accounts: Iterable[Account]) -> list[list[Account]]:
    """Accounts put together by event, the one that names most first. They are to be all that any
    of them could join, or that could join them: see :func:`joins`."""
    found = sorted(accounts, key=lambda a: a.hash)
    by_key: dict[str, list[Account]] = defaultdict(list)
    for account in found:
        for key in account.keys:
            by_key[key].append(account)
    above: dict[Account, list[Account]] = {}
    for account in found:
        near = dict.fromkeys(other for key in account.keys for other in by_key[key])
        above[account] = [other for other in near if joins(account, other)]
    roots: dict[Account, Account] = {}

    def root(account: Account) -> Account:
        if account not in roots:
            ends = {root(other) for other in above[account]}
            roots[account] = next(iter(ends)) if len(ends) == 1 else account
        return roots[account]

    groups: dict[Account, list[Account]] = {}
    for account in found:
        groups.setdefault(root(account), []).append(account)
    return [group for top, members in groups.items() for group in _settled(top, members)]


def _settled(top: Account, members: Sequence[Account]) -> list[list[Account]]:
    """Those of a group that contradict another that has joined stand apart. So do those that leave
    out different people: where A met B and A met C, they met beside the meeting of all three."""
    joined = [m for m in members if m is not top]
    fewer = [m for m in joined if len(m.actors) < len(top.actors)]
    odd = [
        m
        for m in joined
        if not _compatible(m, top)
        or any(o is not m and not _compatible(m, o) for o in joined)
        or (m in fewer and any(not _nested(m, o) for o in fewer))
    ]
    return [[top, *(m for m in joined if m not in odd)], *([m] for m in odd)]


def _nested(one: Account, other: Account) -> bool:
    """Whether one of two accounts names nobody that the other leaves out."""
    return any(
        few.actors == many.actors or _matched(few, many, list(few.actors), set(many.actors))
        for few, many in ((one, other), (other, one))
    )


def actors_of(group: Sequence[Account]) -> tuple[str, ...]:
    """Who acts in an event: those of the account that names most, and whoever else is named and is
    not meant by one of them already."""
    ranked = sorted(group, key=lambda a: (-len(a.actors), -_named(a), a.hash))
    sides = dict(ranked[0].sides)
    for account in ranked[1:]:
        for actor, side in account.sides.items():
            if actor not in sides and not any(stands_for(side, known) for known in sides.values()):
                vaguer = [a for a, known in sides.items() if stands_for(known, side)]
                for other in vaguer:
                    del sides[other]
                sides[actor] = side
    return tuple(sorted(sides))


def _named(account: Account) -> int:
    return sum(kind_of(actor) == "person" for actor in account.actors)
