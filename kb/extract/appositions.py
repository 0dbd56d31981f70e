"""Appositions: a title behind a name (", the Russian foreign minister,"), a name behind a title."""

from __future__ import annotations

from kb.extract.lookup import Lookup
from kb.extract.mentions import Mention, Mentions
from kb.extract.naming import NameReader
from kb.extract.phrases import Phrase, PhraseReader
from kb.extract.titles import TitleReader

_CLOSING = frozenset({",", ".", ";", ")", ":", "—", "–", "-", "”", '"', "?", "!"})
_GOING_ON = frozenset({"of", "for", "to", "in", "at", "on", "who", "said", "told", "from", "under"})
_OPEN_KINDS = (None, "military", "honorific")


class AppositionReader:
    """Joins a mention and the apposition behind it."""

    def __init__(
        self, lookup: Lookup, names: NameReader, phrases: PhraseReader, titles: TitleReader
    ) -> None:
        self.lookup, self.names, self.phrases, self.titles = lookup, names, phrases, titles

    def join(self, mention: Mention, mentions: Mentions, stop: int) -> None:
        """Read the apposition behind a mention of a person or role, if one follows a comma, and
        let its words belong to the mention."""
        i = mention.end
        if i + 1 >= stop or self.lookup.words[i] != ",":
            return
        if mention.kind == "person":
            end = self._title_behind(mention, self._past_age(i + 1, stop), stop)
        elif mention.kind == "role" and not mention.plural:
            end = self._name_behind(mention, i + 1, stop)
        else:
            return
        if end is not None:
            mentions.cover(mention, mention.end, end)
            mention.end = end

    def _past_age(self, i: int, stop: int) -> int:
        """Past "54," """
        numeral = self.lookup[i].tag == "CD" and self.lookup.lower(i + 1, stop) == ","
        return i + 2 if numeral and i + 2 < stop else i

    def _title_behind(self, mention: Mention, i: int, stop: int) -> int | None:
        phrase = Phrase(i, i)
        self.phrases.determiners(phrase, stop)
        if not self.phrases.modifiers(phrase, stop):
            return None
        title = self.lookup.title(phrase.at)
        if title is None or title.plural:
            return None
        role = self.titles.mention(phrase, title, stop, apposed=True)
        if role is None or role.kind != "role":
            return None
        if mention.states and role.states and not set(mention.states) & set(role.states):
            return None  # "met Premier Lee of Chad, a Nigerian official said"
        role.end = self._past_joined(role.end, stop)
        following = self.lookup.lower(role.end, stop)
        if following and following not in _CLOSING and following not in _GOING_ON:
            return None  # "Lee, the prime minister and the king met" is a list
        if mention.office_kind in _OPEN_KINDS:
            mention.office, mention.office_kind = role.office, role.office_kind
        mention.states = role.states or mention.states
        mention.organization = role.organization or mention.organization
        mention.modifiers = mention.modifiers | role.modifiers
        return role.end + (following == ",")

    def _past_joined(self, i: int, stop: int) -> int:
        """Past "and director of the Office of Trade" behind a title."""
        if self.lookup.lower(i, stop) != "and":
            return i
        phrase = Phrase(i + 1, i + 1)
        self.phrases.determiners(phrase, stop)
        title = self.lookup.title(phrase.at) if self.phrases.modifiers(phrase, stop) else None
        if title is None or title.plural:
            return i
        second = self.titles.mention(phrase, title, stop, apposed=True)
        closed = second is not None and self.lookup.lower(second.end, stop) in {"", *_CLOSING}
        return second.end if second is not None and second.kind == "role" and closed else i

    def _name_behind(self, mention: Mention, i: int, stop: int) -> int | None:
        address = self.lookup.title(i)
        if address is not None and address.kind in ("honorific", "military"):
            i = address.end  # ", Ayatollah Ali Rahimi,"
        end = self.names.end(i, stop)
        if end is None or end - i < 2 or not self.names.is_personal(i, end):
            return None
        if end < stop and self.lookup.words[end] not in _CLOSING:
            return None
        if self.lookup.state(i, adjective=False) or self.lookup.entry(i, "place"):
            return None
        mention.kind = "person"
        mention.name = self.lookup.text.slice(i, end)
        return end + (self.lookup.lower(end, stop) == "," and mention.definite)
