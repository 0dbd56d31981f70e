"""Titles: an office alone (a role) or with the name of who holds it (a person).

"the foreign ministers of Iran and Turkey", "Director Ann Lee", "his Chinese counterpart".
"""

from __future__ import annotations

from kb.extract.lookup import Lookup, TitleAt, people
from kb.extract.mentions import Mention
from kb.extract.naming import NameReader
from kb.extract.offices import Office, OfficeReader
from kb.extract.phrases import Phrase

_CIVIL = 6  # tokens of "from the private sector"


class TitleReader:
    """Reads mentions headed by a title."""

    def __init__(self, lookup: Lookup, names: NameReader) -> None:
        self.lookup, self.names = lookup, names
        self.offices = OfficeReader(lookup, names)

    def mention(
        self, phrase: Phrase, title: TitleAt, stop: int, apposed: bool = False
    ) -> Mention | None:
        """A title with a name is a person, alone a role, in the plural several roles. None where
        the words are no actor ("he was president"); ``apposed`` to a name they are one."""
        if title.modifier is not None:
            phrase.modifiers.add(title.modifier)
        office = self.offices.read(phrase, title, stop)
        name_end = self.names.end(office.end, stop)
        if name_end is not None and self._is_holder(office, name_end):
            mention = self.person(phrase, name_end, stop, office.end)
            mention.states = tuple(office.states) or mention.states
            mention.organization = office.organization or mention.organization
            mention.posted = tuple(office.posted)
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
        if name_end == office.end + 1 and self.names.has_body_word(office.end, name_end):
            return False  # "Sovereign Council"
        body = self.lookup.longest(office.end, ("organization", "state"))
        if body is not None and office.end + body.length >= name_end:
            return self.lookup.full_name(office.end) is not None
        if not office.plural:
            return True
        capital = self.lookup.words[office.start][:1].isupper()
        return capital and self.names.is_personal(office.end, name_end)

    def _office_words(self, office: Office) -> str:
        text = self._without_prefix(office)
        return singular(text) if office.plural else text

    def _without_prefix(self, office: Office) -> str:
        """The words of an office without "ex-" or "then-"."""
        text = self.lookup.text.slice(office.start, office.words_end)
        prefix, _, rest = text.partition("-")
        return rest if rest and self.lookup.gazetteer.modifier(prefix) else text

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
                mention.states, mention.end = tuple(listed), self._past_body(mention, past, stop)
                mention.text = self.lookup.text.slice(phrase.start, mention.end)
        return mention

    def _past_body(self, mention: Mention, past: int, stop: int) -> int:
        """Past "'s Regional Government" behind "of Iraq": whom the person acts for."""
        if not self.lookup.is_genitive(past, stop):
            return past
        body = self.lookup.entry(past + 1, "organization")
        end = past + 1 + (body.length if body is not None else 0)
        while body is None and end < stop and self.lookup.words[end][:1].isupper():
            end += 1
        if body is None and not self.names.has_body_word(past + 1, end):
            return past
        mention.organization = body.name if body else self.lookup.text.slice(past + 1, end)
        return end

    def _role(self, phrase: Phrase, office: Office, stop: int, apposed: bool) -> Mention | None:
        if office.kind == "honorific":
            return None
        title_alone = office.end == office.words_end
        if office.plural and title_alone:
            office.end = self.lookup.past_countries(office.end, stop)
            self._of_civil_life(office, stop)
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
            office=self._without_prefix(office), office_kind=office.kind,
            states=tuple(office.states), posted=tuple(office.posted),
            organization=office.organization,
            modifiers=frozenset(phrase.modifiers | ({"elect"} if office.elect else set())),
            owner=phrase.owner, owner_word=phrase.owner_word, plural=office.plural,
            count=phrase.count, definite=phrase.definite, indefinite=phrase.indefinite,
        )  # fmt: skip

    def _of_civil_life(self, office: Office, stop: int) -> None:
        """ "leaders from the private sector" lead no state."""
        if office.kind != "leader" or office.states or office.end != office.words_end:
            return
        if self.lookup.lower(office.end, stop) not in ("from", "of", "in", "across"):
            return
        for k in range(office.end + 1, min(office.end + _CIVIL, stop)):
            if self.lookup[k].lower in people("domestic", "words"):
                office.kind, office.end = "official", k + 1
        if self.lookup.lower(office.end, stop) in people("fields"):
            office.end += 1

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
