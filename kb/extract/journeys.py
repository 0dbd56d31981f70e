"""A journey as told: one telling for each traveller and destination."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.extract.events import Place, Told
from kb.extract.mentions import Mention, Mentions
from kb.extract.settings import Settings
from kb.extract.sides import PEOPLE
from kb.extract.status import status_of
from kb.extract.tense import Finding, announced, later
from kb.language.tree import Token, Tree
from kb.lexicon import words
from kb.model import Status

ONE = frozenset({"person", "role", "group"})


def people(found: list[Mention]) -> list[Mention]:
    """Those of the mentions who can travel on business: no tourists, ships or teams."""
    return [m for m in found if m.kind in PEOPLE and not _unofficial(m)]


def _unofficial(mention: Mention) -> bool:
    last = mention.text.lower().split()[-1]
    return last in words("visits", "not_official", "visitors")


@dataclass(slots=True)
class Journeys:
    """Builds the tellings of one article's journeys."""

    tree: Tree
    mentions: Mentions
    settings: Settings

    def all(
        self,
        trigger: Token,
        visitors: list[Mention],
        places: list[Place],
        anchors: tuple[int, ...],
        rule: str,
        status: Status | None,
        host: Mention | None = None,
    ) -> list[Told]:
        """Each of the visitors in each of the places; ``anchors`` are further tokens whose dates
        count, ``status`` is the frame's own. Nothing where the trigger tells of no event."""
        if not visitors or not places:
            return []
        finding = self.finding(trigger, rule, status)
        if finding is None:
            return []
        return [
            self.one(trigger, visitor, place, anchors, finding, rule, host)
            for place in places
            for visitor in visitors
        ]

    def open(
        self, trigger: Token, visitors: list[Mention], rule: str, anchors: tuple[int, ...] = ()
    ) -> list[Told]:
        """Tellings that leave the place open; one without a traveller where there is none."""
        finding = self.finding(trigger, rule)
        if finding is None:
            return []
        who: list[Mention | None] = [*visitors] if visitors else [None]
        return [self.one(trigger, one, None, anchors, finding, rule) for one in who]

    def finding(self, trigger: Token, rule: str, status: Status | None = None) -> Finding | None:
        """The status of a journey told by a trigger."""
        finding = status_of(self.tree, self.mentions, trigger.i)
        if finding is None:
            return None
        if rule.startswith("verb:") and trigger.tag in ("NNS", "NN"):  # a headline's verb
            ahead = later(self.tree, trigger)
            finding = replace(finding, present=True, status="planned" if ahead else finding.status)
        under_way = finding.present and finding.status == "held"
        if under_way and self.settings.timing.ahead(trigger.i):  # "flies to Rome next week"
            finding = replace(finding, status="planned")
        if status in ("planned", "proposed") and finding.status == "held":
            finding = Finding(status, trigger.text)
        return finding

    def one(
        self,
        trigger: Token,
        visitor: Mention | None,
        place: Place | None,
        anchors: tuple[int, ...],
        finding: Finding,
        rule: str,
        host: Mention | None = None,
    ) -> Told:
        """One telling, dated by the trigger's clause."""
        day = self.settings.timing.date(trigger.i, finding.status, anchors, finding.present)
        finding = announced(finding, day)
        since = self.settings.timing.since(trigger.sentence)
        if finding.status == "denied" and since is not None:
            finding, day = replace(finding, status="held"), since  # "has not visited since 2014"
        return Told(
            trigger=trigger.i,
            sentence=trigger.sentence,
            status=finding.status,
            source=finding.source,
            borrowed=finding.borrowed,
            present=finding.present,
            sides=[] if visitor is None else [visitor],
            date=day,
            place=place,
            rule=rule,
            host=host,
            earlier=self.settings.timing.former(trigger.i),
            another=self._then(trigger),
        )

    def _then(self, trigger: Token) -> bool:
        """ "will then visit": the next station."""
        return (
            trigger.i > 0
            and trigger.tag.startswith("VB")
            and (self.tree[trigger.i - 1].lower == "then")
        )

    def earlier(self, trigger: Token, visitor: Mention, place: Place, rule: str) -> Told:
        """A journey that is only recalled ("the first since X's in 1982"): held, on the day that
        stands behind the visitor."""
        day = self.settings.timing.behind(visitor.end, "held")
        return Told(
            trigger=trigger.i,
            sentence=trigger.sentence,
            status="held",
            source=rule,
            sides=[visitor],
            date=day,
            place=place,
            rule=rule,
        )
