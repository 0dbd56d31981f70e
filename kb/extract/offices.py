"""Offices: a title with its remit and the titles joined to it, up to where a name may follow.

"President of the Republic of Chile", "Director of the Office of Energy and Senior Adviser",
"chairman of the U.S. Joint Chiefs of Staff".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.lookup import Lookup, TitleAt, people
from kb.extract.naming import NameReader
from kb.extract.phrases import Phrase
from kb.language.dates import calendar_words

_REMIT = frozenset({"of", "for", "the", "to", "and", "on", "in", "&"})
_LONGEST_REMIT = 18
_SECOND_FIELD = 4
_PLAIN_KINDS = ("honorific", "military")
_NOT_SENT = frozenset(
    {"head_of_state", "head_of_government", "leader", "foreign_minister", "monarch"}
)
_TOP = ("head_of_state", "head_of_government")


@dataclass(slots=True)
class Office:
    """A title with what belongs to it; ``words_end`` is the index after the title's own words,
    ``end`` that after its remit."""

    start: int
    end: int
    words_end: int
    kind: str
    plural: bool
    honorific: str | None = None
    states: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    organization: str | None = None
    elect: bool = False


class OfficeReader:
    """Reads offices."""

    def __init__(self, lookup: Lookup, names: NameReader) -> None:
        self.lookup, self.names = lookup, names

    def read(self, phrase: Phrase, title: TitleAt, stop: int) -> Office:
        """The title at ``phrase.at`` with its remit and any title joined to it."""
        office = Office(
            phrase.at, title.end, title.end, title.kind, title.plural,
            title.name if title.kind == "honorific" else None,
            list(phrase.states), organization=phrase.organization,
        )  # fmt: skip
        self._stacked(office, stop)
        self._inserted_body(office, stop)
        self._second_field(office, stop)
        self._elect(office, stop)
        self._remit(office, stop)
        self._employer(office, stop)
        self._acronym(office, stop)
        self._addressed(office, stop)
        self._joined(phrase, office, stop)
        return office

    def _stacked(self, office: Office, stop: int) -> None:
        """Further titles right behind: "Defence Minister General Lee"."""
        again = self.lookup.title(office.end)
        while again is not None and not office.plural and again.end <= stop:
            self._take(office, again)
            again = self.lookup.title(office.end)

    def _addressed(self, office: Office, stop: int) -> None:
        """A title between the remit and the name: "Emir of Qatar Sheikh Tamim"."""
        if office.end > office.words_end and not office.plural:
            title = self.lookup.title(office.end)
            named = title is not None and self.names.end(title.end, stop) is not None
            if title is not None and named and not title.plural:
                office.end = title.end

    def _inserted_body(self, office: Office, stop: int) -> None:
        """A body between two titles: "Commander NATO General Lee"."""
        body = self.lookup.entry(office.end, "organization")
        rank = self.lookup.title(office.end + body.length) if body is not None else None
        if body is not None and rank is not None and rank.end < stop and not office.plural:
            office.organization = body.name
            if body.country and not office.states:
                office.states = [body.country]
            office.end = rank.end

    def _second_field(self, office: Office, stop: int) -> None:
        """ "and Trade" behind "Minister of Industry", where a name follows."""
        if self.lookup.lower(office.end, stop) != "and" or self.lookup.title(office.end + 1):
            return
        k = office.end + 1
        while k < stop and k <= office.end + _SECOND_FIELD and self.lookup.words[k][:1].isupper():
            if self.names.starts_person(k, stop):
                if k > office.end + 1:
                    office.end = k
                return
            k += 1

    def _take(self, office: Office, title: TitleAt) -> None:
        if office.kind in _PLAIN_KINDS and title.kind != "honorific":
            office.kind = title.kind
        office.end = title.end
        if title.kind not in _PLAIN_KINDS:
            office.words_end = title.end

    def _elect(self, office: Office, stop: int) -> None:
        """ "President-elect"."""
        modifier = self.lookup.gazetteer.modifier(self.lookup.lower(office.end + 1, stop))
        if self.lookup.lower(office.end, stop) == "-" and modifier == "elect":
            office.elect = True
            office.end = office.words_end = office.end + 2

    def _remit(self, office: Office, stop: int) -> None:
        """ "of Kenya", "of the European Council", "for the Office of Trade Policy"."""
        while self.lookup.lower(office.end, stop) in ("of", "for", "to", "from", "on"):
            at = office.end + 1
            listed, past = self.lookup.states(at, stop)
            force = self._force(at, stop)
            if force is not None and self.lookup.is_genitive(past, stop):
                office.states, office.end = [force[0]], force[1]  # "for China's foreign ministry"
                continue
            if listed and not self._body_follows(past, stop):
                owned = self.lookup.is_genitive(past, stop)
                preposition = self.lookup.lower(office.end, stop)
                if preposition == "to" and office.kind in _NOT_SENT:
                    return  # "a visit by the President of Chad to Mali"
                sent = preposition == "to" or (preposition == "for" and office.kind == "envoy")
                if sent:  # an ambassador to Chad is not of Chad
                    office.posted = listed
                else:
                    office.states = listed
                body = self.lookup.entry(past, "organization")
                if body is not None:  # "of the U.S. Joint Chiefs of Staff"
                    office.organization, past = body.name, past + body.length
                office.end = (self._capitalised_remit(past + 1, stop) if owned else None) or past
                continue
            superior = self._superior(at, stop)
            if superior is not None:
                office.end = superior
                continue
            body = self.lookup.entry(self.lookup.past_the(at), "organization")
            if body is not None and not self._body_follows(
                self.lookup.past_the(at) + body.length, stop
            ):
                office.organization = body.name
                if body.country and not office.states:
                    office.states = [body.country]
                office.end = self.lookup.past_the(at) + body.length
                if self.lookup.lower(office.end, stop) in people("bodies") | people("forces"):
                    office.end += 1  # "head of the U.N. mission"
                continue
            if force is not None:
                office.states, office.end = [force[0]], force[1]
                continue
            common = people("bodies") | people("forces")
            if self.lookup.lower(at, stop) == "the" and self.lookup.lower(at + 1, stop) in common:
                office.end = at + 2  # "of the mission"
                continue
            past_run = self._capitalised_remit(at, stop)
            if past_run is None:
                return
            if office.organization is None:
                name = self.lookup.text.slice(self.lookup.past_the(at), past_run)
                office.organization = name.removesuffix("'s").removesuffix("’s")
            office.end = past_run

    def _employer(self, office: Office, stop: int) -> None:
        """ "at the Foreign Office"."""
        if self.lookup.lower(office.end, stop) not in ("at", "with"):
            return
        at = self.lookup.past_the(office.end + 1)
        state = self.lookup.state(at)
        if state is not None and self.lookup.is_genitive(state.end, stop):
            past = self._capitalised_remit(state.end + 1, stop)
            if past is not None:  # "at Poland's Presidential Chancellery"
                office.states, office.end = office.states or [state.code], past
            return
        body = self.lookup.entry(at, "organization")
        if body is not None and office.organization is None:
            office.organization, office.end = body.name, at + body.length
            office.states = office.states or ([body.country] if body.country else [])

    def _superior(self, i: int, stop: int) -> int | None:
        """Past "the President" at ``i``; "to President Smith" names somebody else."""
        if self.lookup.lower(i, stop) != "the" or self.lookup.lower(i - 1, stop) not in (
            "to",
            "of",
        ):
            return None
        title = self.lookup.title(i + 1)
        if title is None or title.plural or title.kind == "honorific":
            return None
        address = self.lookup.title(title.end)
        return address.end if address and address.kind in _PLAIN_KINDS else title.end

    def _force(self, i: int, stop: int) -> tuple[str, int] | None:
        """ "the Pakistani army", "Canadian special forces": the state and the index behind."""
        state = self.lookup.state(self.lookup.past_the(i))
        if state is None:
            return None
        heads = people("bodies") | people("forces")
        k = state.end + self.lookup.is_genitive(state.end, stop)
        while self.lookup.lower(k, stop) in people("fields") and (
            self.lookup.lower(k + 1, stop) in people("fields") | heads
        ):
            k += 1
        return (state.code, k + 1) if self.lookup.lower(k, stop) in heads else None

    def _body_follows(self, i: int, stop: int) -> bool:
        """Whether a name goes on as that of a body: "the White House Office of Trade Policy"."""
        end = self.names.end(i, stop)
        return end is not None and self.names.has_body_word(i, end)

    def _capitalised_remit(self, i: int, stop: int) -> int | None:
        """Where a remit that no table has ends: before the name of a person or another title, else
        where the capitals end. None where no words of a body follow."""
        end = i
        for k in range(i, min(i + _LONGEST_REMIT, stop)):
            token = self.lookup[k]
            if token.lower in _REMIT or token.tag == "POS":
                continue
            before = self.lookup.lower(k - 1, stop) if k > i else ""
            if before in ("in", "on") and self._when_or_where(k):
                break  # "ministers of the Coalition in Washington on July 21"
            behind_noun = bool(before) and before not in _REMIT
            named = self.names.starts_person(k, stop)
            if before in ("and", "&") and self.lookup.title(k) is not None:
                return k - 1 if self.names.has_body_word(i, k - 1) else None
            if behind_noun and named:
                return k
            if behind_noun and self.lookup.title(k) is not None:
                return k if self.names.has_body_word(i, k) else None
            if named or not token.text[:1].isupper() or (end == i and self.lookup.title(k)):
                break
            end = k + 1
        return end if self.names.has_body_word(i, end) else None

    def _when_or_where(self, i: int) -> bool:
        """Whether a town, a state, a month or a weekday stands at ``i``."""
        token = self.lookup[i]
        place = self.lookup.entry(i, "place") or self.lookup.entry(i, "state")
        return place is not None or token.lower in calendar_words()

    def _acronym(self, office: Office, stop: int) -> None:
        """ "(DNI)" between a title and the name."""
        closes = self.lookup.lower(office.end + 2, stop) == ")"
        opens = self.lookup.lower(office.end, stop) == "("
        if opens and closes and self.names.end(office.end + 3, stop) is not None:
            office.end += 3

    def _joined(self, phrase: Phrase, office: Office, stop: int) -> None:
        """ "and Foreign Minister" where a name follows: two offices of one person. "The president
        and Prime Minister Sato" are two persons."""
        if office.plural or self.lookup.lower(office.end, stop) not in ("and", "/", "&"):
            return
        at = office.end + 1
        while at < stop and self.lookup.gazetteer.modifier(self.lookup.words[at]) and (
            self.lookup.title(at) is None
        ):  # fmt: skip
            at += 1
        title = self.lookup.title(at)
        if title is None or title.plural:
            return
        if phrase.definite and title.kind in _TOP:
            return
        second = self.read(Phrase(at, at), title, stop)
        if self.names.end(second.end, stop) is None or second.kind in _PLAIN_KINDS:
            return
        office.end = second.end
        office.words_end = second.words_end if second.words_end > office.words_end else office.end
        office.states = office.states or second.states
        office.organization = office.organization or second.organization
        if self.lookup.gazetteer.rank(second.kind) < self.lookup.gazetteer.rank(office.kind):
            office.kind = second.kind
