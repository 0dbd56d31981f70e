"""What people have decided: that two actors, or two accounts of events, are the same or are not.

A judgement wins over what the program makes of names and dates. It names actors by their IRIs, and
events by those of reports: an event's own IRI is that of its first report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A decision on two things, by their IRIs, the lesser first; with the reason, where given."""

    one: str
    other: str
    verdict: Verdict
    reason: str = ""

    @classmethod
    def of(cls, one: str, other: str, verdict: Verdict, reason: str = "") -> Judgement:
        return cls(min(one, other), max(one, other), verdict, reason)

    @property
    def about(self) -> tuple[str, str]:
        """The two things."""
        return self.one, self.other


class Judged:
    """Judgements, to be looked up by what they are about."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self.all = tuple(sorted(judgements))
        self._same: dict[str, set[str]] = defaultdict(set)
        self._different: dict[str, set[str]] = defaultdict(set)
        for judgement in self.all:
            by = self._same if judgement.verdict == "same" else self._different
            by[judgement.one].add(judgement.other)
            by[judgement.other].add(judgement.one)

    def same(self, thing: str) -> frozenset[str]:
        """What is judged to be the same as a thing."""
        return frozenset(self._same.get(thing, ()))

    def different(self, thing: str) -> frozenset[str]:
        """What is judged to be another thing."""
        return frozenset(self._different.get(thing, ()))

    def arrange(self, groups: Iterable[Sequence[str]]) -> list[list[str]]:
        """Groups of things as judgements leave them: what is the same together, what is different
        apart. Of a group that comes apart each thing goes with the first that it is not judged to
        be different from, in the order of their IRIs. Different wins over what follows from two
        judgements of sameness. The result does not depend on the order of groups or things."""
        told = sorted(sorted(group) for group in groups)
        here = {thing for group in told for thing in group}
        if not any(thing in self._same or thing in self._different for thing in here):
            return [list(group) for group in told]
        classes = _Classes(here, self._different)
        for judgement in self.all:
            if judgement.verdict == "same" and {judgement.one, judgement.other} <= here:
                classes.unite(judgement.one, judgement.other)
        for group in told:
            firsts: list[str] = []
            for thing in group:
                if not any(classes.unite(first, thing) for first in firsts):
                    firsts.append(thing)
        return classes.lists()


class _Classes:
    """Things in classes that are united unless two of them are judged to be different."""

    def __init__(self, things: Iterable[str], different: dict[str, set[str]]) -> None:
        self._of = {thing: {thing} for thing in things}
        self._different = different

    def unite(self, one: str, other: str) -> bool:
        """Whether both are in one class now."""
        a, b = self._of[one], self._of[other]
        if a is b:
            return True
        small, large = sorted((a, b), key=len)
        if any(
            self._different.get(thing, set()) & large for thing in small if thing in self._different
        ):
            return False
        large |= small
        for thing in small:
            self._of[thing] = large
        return True

    def lists(self) -> list[list[str]]:
        distinct = {id(members): members for members in self._of.values()}
        return sorted(sorted(members) for members in distinct.values())
