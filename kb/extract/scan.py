"""Finding mentions: one pass over each sentence, left to right.

At every position the reader tries, in this order: a pronoun; a pair ("the two leaders"); a noun
phrase with modifiers and a head ("senior Chinese officials"); a bare name. What remains open at the
end, single capitalised words, is settled by the names that the article gives in full.
"""

from __future__ import annotations

from datetime import date

from kb.extract.appositions import AppositionReader
from kb.extract.heads import HeadReader
from kb.extract.lookup import Lookup, people
from kb.extract.mentions import Mention, Mentions
from kb.extract.naming import NameReader
from kb.extract.phrases import Phrase, PhraseReader
from kb.extract.titles import TitleReader
from kb.gazetteer import Gazetteer
from kb.language.words import Word, Words
from kb.names import fold, surname

_OWNED = frozenset({"ADJ", "PROPN", "NOUN", "CCONJ", "PUNCT", "PART"})
_OWNED_REACH = 9  # tokens between "his" and the title it belongs to


class Scanner:
    """Reads the mentions of one article."""

    def __init__(self, text: Words, gazetteer: Gazetteer, published: date | None = None) -> None:
        self.text = text
        self.lookup = Lookup(text, gazetteer, published)
        self.names = NameReader(self.lookup)
        self.phrases = PhraseReader(self.lookup, self.names)
        self.titles = TitleReader(self.lookup, self.names)
        self.heads = HeadReader(self.lookup, self.names, self.phrases, self.titles)
        self.appositions = AppositionReader(self.lookup, self.names, self.phrases, self.titles)

    def scan(self) -> Mentions:
        """All mentions of the article in order."""
        mentions = Mentions()
        for sentence in self.text.sentences:
            i = sentence.start
            while i < sentence.end:
                mention = self._read(i, sentence.end)
                if mention is None:
                    i += 1
                    continue
                self._genitive_state(mention, mentions)
                mentions.add(mention)
                self.appositions.join(mention, mentions, sentence.end)
                self._part_of_a_state(mention)
                i = max(mention.end, i + 1)
        self._single_names(mentions)
        return mentions

    def _read(self, i: int, stop: int) -> Mention | None:
        pronoun = self._pronoun(self.lookup[i])
        if pronoun is not None:
            return pronoun
        phrase = Phrase(i, i)
        self.phrases.determiners(phrase, stop)
        pair = self.heads.pair(phrase, stop)
        if pair is not None:
            return pair
        if self.phrases.modifiers(phrase, stop):
            mention = self.heads.common(phrase, stop)
            if mention is not None:
                return mention
            phrase = Phrase(i, i)
            self.phrases.determiners(phrase, stop)
        return self.heads.plain(phrase, stop)

    def _genitive_state(self, mention: Mention, mentions: Mentions) -> None:
        """ "Japan's Kenji Mori": the state that owns a bare name is its state."""
        before = mention.start - 1
        if mention.kind != "person" or mention.states or before < 1:
            return
        owner = mentions.at(before - 1) if self.lookup[before].tag == "POS" else None
        if owner is not None and owner.kind == "state" and owner.end == before:
            mention.states = owner.states[:1]

    def _part_of_a_state(self, mention: Mention) -> None:
        """ "the governor of Georgia" acts for the United States."""
        if mention.office and len(mention.states) == 1:
            whole = self.lookup.gazetteer.whole_state(mention.office, mention.states[0])
            mention.states = (whole,)

    def _pronoun(self, token: Word) -> Mention | None:
        word = token.lower
        if token.pos not in ("PRON", "DET") and token.tag not in ("PRP", "PRP$"):
            return None
        plural = word in people("pronouns", "plural")
        if plural or word in people("pronouns", "male") or word in people("pronouns", "female"):
            if word in people("pronouns", "possessive") and self._owns_title(token.i):
                return None  # "his Chinese counterpart" is read as a phrase of its own
            return Mention(token.i, token.i + 1, "pronoun", token.text, plural=plural)
        if word in ("it", "its") and token.tag in ("PRP", "PRP$"):
            return Mention(token.i, token.i + 1, "pronoun", token.text)
        return None

    def _owns_title(self, i: int) -> bool:
        for k in range(i + 1, min(i + _OWNED_REACH, len(self.text))):
            word = self.lookup[k].lower
            if word in people("counterpart") or word == "opposite":
                return True
            if self.lookup.title(k) is not None:
                return True
            if self.lookup[k].pos not in _OWNED:
                return False
        return False

    # -- afterwards -------------------------------------------------------------------------

    def _single_names(self, mentions: Mentions) -> None:
        """Settle capitalised words alone: persons where the article gives the name in full, where
        somebody in high office has it, or where one official of a state of the article has it."""
        names, surnames = self._told_names(mentions)
        states = {code for mention in mentions for code in mention.states}
        for mention in mentions:
            if not mention.name or mention.kind not in ("unknown", "place"):
                continue
            folded = fold(mention.name)
            if mention.kind == "place":
                if folded in surnames and not self._located(mention):
                    mention.kind, mention.states, mention.place = "person", (), None
            elif folded in names or folded in surnames:
                mention.kind = "person"
            elif " " not in folded:
                self._known_surname(mention, states)

    def _known_surname(self, mention: Mention, states: set[str]) -> None:
        gazetteer, day = self.lookup.gazetteer, self.lookup.published
        name = mention.name or ""
        once = gazetteer.once_prominent(name, day, states)
        if gazetteer.prominent(name, day) is not None or once is not None:
            mention.kind = "person"
            return
        official = gazetteer.official(name, day, states)
        if official is not None:
            mention.kind, mention.states = "person", (official,)

    @staticmethod
    def _told_names(mentions: Mentions) -> tuple[set[str], set[str]]:
        """Folded parts by which the persons of the article may be taken up: all, and surnames."""
        names: set[str] = set()
        surnames: set[str] = set()
        for mention in mentions:
            if mention.kind != "person" or not mention.name:
                continue
            parts = fold(mention.name).split()
            if len(parts) > 1:
                names |= {parts[-1], parts[0], fold(surname(mention.name))}
            if len(parts) > 1 or mention.office is not None or mention.honorific is not None:
                surnames |= set(parts[-1:])
        return names, surnames

    def _located(self, mention: Mention) -> bool:
        before = mention.start - 1
        return before >= 0 and self.lookup[before].lower in people("located", "prepositions")
