"""Titles: an office with its remit, alone (a role) or with the name of who holds it (a person).

"President of the Republic of Chile", "Director of the Office of Energy and Senior Adviser Ann Lee",
"the foreign ministers of Iran and Turkey", "his Chinese counterpart".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.lookup import Lookup, TitleAt, people
from kb.extract.mentions import Mention
from kb.extract.naming import NameReader
from kb.extract.phrases import Phrase

_REMIT = frozenset({"of", "for", "the", "to", "and", "on", "in", "&"})
_LONGEST_REMIT = 18
_SECOND_FIELD = 4
_PLAIN_KINDS = ("honorific", "military")
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
    organization: str | None = None
    elect: bool = False


class TitleReader:
    """Reads mentions headed by a title."""

    def __init__(self, lookup: Lookup, names: NameReader) -> None:
        self.lookup, self.names = lookup, names

    def mention(
        self, phrase: Phrase, title: TitleAt, stop: int, apposed: bool = False
    ) -> Mention | None:
        """A title with a name is a person, alone a role, in the plural several roles. None where
        the words are no actor ("he was president"); ``apposed`` to a name they are one."""
        office = self.office(phrase, title, stop)
        name_end = self.names.end(office.end, stop)
        if name_end is not None and self._is_holder(office, name_end):
            mention = self.person(phrase, name_end, stop, office.end)
            mention.states = tuple(office.states) or mention.states
            mention.organization = office.organization
            if office.kind == "honorific":
                mention.honorific = office.honorific
            else:
                mention.office = self._office_words(office)
                mention.office_kind = office.kind
            if office.elect:
                mention.modifiers |= {"elect"}
            return mention
        return self._role(phrase, office, stop, apposed)

    def _is_holder(self, office: Office, name_end: int) -> bool:
        """Whether the name behind a title is that of its holder: "Presidents Lula and Boric" too,
        "Iranian officials Hezbollah trusts" not."""
        if not office.plural:
            return True
        capital = self.lookup.words[office.start][:1].isupper()
        return capital and self.names.is_personal(office.end, name_end)

    def _office_words(self, office: Office) -> str:
        text = self.lookup.text.slice(office.start, office.words_end)
        return singular(text) if office.plural else text

    # -- the office -------------------------------------------------------------------------

    def office(self, phrase: Phrase, title: TitleAt, stop: int) -> Office:
        """The title at ``phrase.at`` with its remit and any title joined to it."""
        office = Office(
            phrase.at, title.end, title.end, title.kind, title.plural,
            title.name if title.kind == "honorific" else None,
            list(phrase.states), phrase.organization,
        )  # fmt: skip
        self._stacked(office, stop)
        self._inserted_body(office, stop)
        self._second_field(office, stop)
        self._elect(office, stop)
        self._remit(office, stop)
        self._acronym(office, stop)
        self._joined(phrase, office, stop)
        return office

    def _stacked(self, office: Office, stop: int) -> None:
        """Further titles right behind: "Defence Minister General Lee"."""
        again = self.lookup.title(office.end)
        while again is not None and not office.plural and again.end <= stop:
            self._take(office, again)
            again = self.lookup.title(office.end)

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
            if listed and not self._body_follows(past, stop):
                owned = self.lookup.is_genitive(past, stop)
                preposition = self.lookup.lower(office.end, stop)
                sent = preposition == "to" or (preposition == "for" and office.kind == "envoy")
                if not sent:  # an ambassador to Chad is not of Chad
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
                continue
            force = self._force(at, stop)
            if force is not None:
                office.states, office.end = [force[0]], force[1]
                continue
            past_run = self._capitalised_remit(at, stop)
            if past_run is None:
                return
            office.end = past_run

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
        k = state.end + self.lookup.is_genitive(state.end, stop)
        while k < stop and self.lookup.lower(k, stop) in people("fields"):
            k += 1
        heads = people("bodies") | people("forces")
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
        second = self.office(Phrase(at, at), title, stop)
        if self.names.end(second.end, stop) is None or second.kind in _PLAIN_KINDS:
            return
        office.end = second.end
        office.words_end = second.words_end if second.words_end > office.words_end else office.end
        office.states = office.states or second.states
        office.organization = office.organization or second.organization
        if self.lookup.gazetteer.rank(second.kind) < self.lookup.gazetteer.rank(office.kind):
            office.kind = second.kind

    # -- mentions ---------------------------------------------------------------------------

    def person(self, phrase: Phrase, end: int, stop: int, start: int) -> Mention:
        """The person named by the words ``start`` to ``end``, with "of Kenya" behind the name."""
        acronym = self.lookup.words[start]
        while (
            end - start > 1
            and _is_acronym(acronym)
            and not _is_acronym(self.lookup.words[start + 1])
        ):
            start += 1  # "UNHCR Filippo Grandi"
            acronym = self.lookup.words[start]
        mention = Mention(
            phrase.start, end, "person", self.lookup.text.slice(phrase.start, end),
            name=self.lookup.text.slice(start, end), states=tuple(phrase.states),
            modifiers=frozenset(phrase.modifiers), owner=phrase.owner, owner_word=phrase.owner_word,
            organization=phrase.organization,
        )  # fmt: skip
        if self.lookup.lower(end, stop) == "of" and not mention.states:
            listed, past = self.lookup.states(end + 1, stop)
            if len(listed) == 1:
                mention.states, mention.end = tuple(listed), past
                mention.text = self.lookup.text.slice(phrase.start, past)
        return mention

    def _role(self, phrase: Phrase, office: Office, stop: int, apposed: bool) -> Mention | None:
        if office.kind == "honorific":
            return None
        title_alone = office.end == office.words_end
        if office.plural and title_alone:
            office.end = self.lookup.past_countries(office.end, stop)
        following = self.lookup[office.end] if office.end < stop else None
        if title_alone and not office.plural and following is not None and following.pos == "NOUN":
            return None  # "the president pro tempore election", "a leader summit"
        bare = not office.states and not office.organization and phrase.owner is None
        lower = self.lookup.words[office.start].islower()
        told = phrase.definite or office.plural or phrase.start != office.start or apposed
        if bare and lower and not told:
            return None  # "he was president"
        return Mention(
            phrase.start, office.end, "role", self.lookup.text.slice(phrase.start, office.end),
            office=self.lookup.text.slice(office.start, office.words_end), office_kind=office.kind,
            states=tuple(office.states), organization=office.organization,
            modifiers=frozenset(phrase.modifiers | ({"elect"} if office.elect else set())),
            owner=phrase.owner, owner_word=phrase.owner_word, plural=office.plural,
            count=phrase.count, definite=phrase.definite, indefinite=phrase.indefinite,
        )  # fmt: skip

    def counterpart(self, phrase: Phrase, end: int, stop: int) -> Mention:
        """ "his Chinese counterpart", with the name or the state where it follows."""
        plural = self.lookup[end - 1].lower.endswith("s")
        states = list(phrase.states)
        if self.lookup.lower(end, stop) in ("from", "in", "of"):
            listed, past = self.lookup.states(end + 1, stop)
            if listed and not self.lookup.is_genitive(past, stop):
                states, end = listed, past
        start = end + 1 if self.lookup.lower(end, stop) == "," else end
        name_end = self.names.end(start, stop)
        if name_end is not None and start > end:
            closed = name_end >= stop or self.lookup.words[name_end] in (",", ".", ";", ")")
            name_end = name_end if closed and not self.lookup.state(start) else None
        if name_end is not None and not plural and self.names.is_personal(start, name_end):
            mention = self.person(phrase, name_end, stop, start)
            mention.states = tuple(states) or mention.states
            mention.counterpart = True
            if start > end and self.lookup.lower(mention.end, stop) == ",":
                mention.end += 1
            return mention
        return Mention(
            phrase.start, end, "role", self.lookup.text.slice(phrase.start, end),
            states=tuple(states), owner=phrase.owner, owner_word=phrase.owner_word, plural=plural,
            counterpart=True, definite=True, modifiers=frozenset(phrase.modifiers),
            organization=phrase.organization, count=phrase.count,
        )  # fmt: skip


def singular(office: str) -> str:
    """ "foreign ministers" → "foreign minister"; only the head noun is plural."""
    head, *rest = office.split(" of ", 1)
    parts = head.split()
    if parts and parts[-1].endswith("s") and not parts[-1].endswith("ss"):
        parts[-1] = parts[-1][:-3] + "y" if parts[-1].endswith("ies") else parts[-1][:-1]
    return " of ".join([" ".join(parts), *rest])


def _is_acronym(word: str) -> bool:
    return 3 <= len(word) <= 5 and word.isalpha() and word.isupper()
