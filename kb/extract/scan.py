"""Finding mentions: a left-to-right reader of noun phrases that name actors.

One pass over each sentence. At every position the reader tries, in this order: a pronoun; a pair
("the two leaders"); a noun phrase built of state adjectives, modifiers, titles and a name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date as Date
from functools import cache

from kb.extract.mentions import Mention, Mentions
from kb.gazetteer import Entry, Gazetteer
from kb.language.dates import calendar_words
from kb.language.words import Word, Words
from kb.lexicon import words
from kb.names import fold

_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "both", "all", "some",
                          "several", "many", "other", "another", "every", "each", "any", "no", "its", "his", "her", "their", "our", "my", "various", "top",
                          "two", "three", "four", "five", "six"})  # fmt: skip
_REMIT = frozenset({"of", "for", "the", "to", "and", "on", "in", "at", "&"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "every", "no", "each"})
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def _people(section: str, key: str = "nouns") -> frozenset[str]:
    return words("people", section, key)


def _acronym(word: str) -> bool:
    return 3 <= len(word) <= 5 and word.isalpha() and word.isupper()


@cache
def _calendar() -> frozenset[str]:
    """Months and weekdays: no names, unless a given name stands before ("Theresa May")."""
    return frozenset(calendar_words())


@cache
def _calendar_always() -> frozenset[str]:
    return frozenset(w for w in calendar_words() if w.endswith("day"))


@dataclass(slots=True)
class _Phrase:
    """What has been read of one noun phrase."""

    start: int
    at: int
    states: list[str]
    organization: str | None = None
    modifiers: set[str] | None = None
    owner: int | None = None
    owner_word: str = ""
    definite: bool = False
    indefinite: bool = False
    count: int | None = None


class Scanner:
    """Reads the mentions of one article."""

    def __init__(self, tree: Words, gazetteer: Gazetteer, published: Date | None = None) -> None:
        self.tree = tree
        self.gazetteer = gazetteer
        self.published = published
        self.words = [t.text for t in tree.tokens]
        self.singular = [t.lemma if t.tag in ("NNS", "NNPS") else t.text for t in tree.tokens]
        self.mentions = Mentions()
        self.capitals = self._seen_capitalised()

    def _seen_capitalised(self) -> Counter[str]:
        """Words that stand capitalised inside a sentence: what a sentence begins with is a name
        only if it is seen so elsewhere or tagged as one."""
        out: Counter[str] = Counter()
        for sentence in self.tree.sentences:
            for token in self.tree.span(sentence)[1:]:
                if token.text[:1].isupper():
                    out[token.text] += 1
        return out

    def scan(self) -> Mentions:
        for sentence in self.tree.sentences:
            i = sentence.start
            while i < sentence.end:
                mention = self._read(i, sentence.end)
                if mention is None:
                    i += 1
                    continue
                self.mentions.add(mention)
                self._apposition(mention, sentence.end)
                i = max(mention.end, i + 1)
        self._single_names()
        return self.mentions

    def _single_names(self) -> None:
        """A capitalised word alone is a person where the article gives the name in full, or where
        the gazetteer has somebody in high office of that name."""
        known: set[str] = set()
        for mention in self.mentions:
            if mention.kind == "person" and mention.name:
                words = fold(mention.name).split()
                if len(words) > 1:
                    known |= {words[-1], words[0], " ".join(words[-2:])}
        for mention in self.mentions:
            if mention.kind != "unknown" or not mention.name:
                continue
            folded = fold(mention.name)
            if folded in known or (
                " " not in folded and self.gazetteer.prominent(mention.name, self.published)
            ):
                mention.kind = "person"

    # -- one noun phrase ------------------------------------------------------------------

    def _read(self, i: int, stop: int) -> Mention | None:
        token = self.tree[i]
        pronoun = self._pronoun(token)
        if pronoun is not None:
            return pronoun
        phrase = _Phrase(start=i, at=i, states=[], modifiers=set())
        self._determiners(phrase, stop)
        pair = self._pair(phrase, stop)
        if pair is not None:
            return pair
        before = phrase.at
        self._premodifiers(phrase, stop)
        return self._head(phrase, before, stop)

    def _pronoun(self, token: Word) -> Mention | None:
        word = token.lower
        if token.pos not in ("PRON", "DET") and token.tag not in ("PRP", "PRP$"):
            return None
        for key in ("male", "female", "plural"):
            if word in _people("pronouns", key):
                if word in _people("pronouns", "possessive") and self._owns_title(token.i):
                    return None  # "his Chinese counterpart" is read as a phrase of its own
                return Mention(token.i, token.i + 1, "pronoun", token.text, plural=key == "plural")
        if word in ("it", "its") and token.tag in ("PRP", "PRP$"):
            return Mention(token.i, token.i + 1, "pronoun", token.text)
        return None

    def _owns_title(self, i: int) -> bool:
        for k in range(i + 1, min(i + 9, len(self.tree))):
            if self.tree[k].lower in _people("counterpart") or self._title(k) is not None:
                return True
            if self.tree[k].pos not in ("ADJ", "PROPN", "NOUN", "CCONJ", "PUNCT", "PART"):
                return False
        return False

    def _determiners(self, phrase: _Phrase, stop: int) -> None:
        while phrase.at < stop:
            token = self.tree[phrase.at]
            if token.lower not in _DETERMINERS or (token.text.isupper() and len(token.text) > 2):
                return
            if token.lower == "that" and token.pos not in ("DET",):
                phrase.start = phrase.at = phrase.at + 1
                continue
            if token.lower in _INDEFINITE:
                phrase.indefinite = True
            if token.lower in _people("pronouns", "possessive"):
                phrase.owner, phrase.owner_word = token.i, token.lower
            if token.lower in ("the", "this", "that", "these", "those", "both", "all"):
                phrase.definite = True
            phrase.count = _NUMBERS.get(token.lower, phrase.count)
            phrase.at += 1

    def _pair(self, phrase: _Phrase, stop: int) -> Mention | None:
        """ "the two leaders", "both sides", "the pair"."""
        i = phrase.at
        if i >= stop or not (phrase.count or phrase.definite):
            return None
        k = i
        while k < stop and k < i + 2 and self.tree[k].pos == "ADJ" and self.tree[k].text.islower():
            k += 1
        if k < stop and self._title(k) is not None and k + 1 < stop and self.tree[k].tag == "NN":
            k = max(k, self._title(k)[1] - 1)  # type: ignore[index]
        if k >= stop:
            return None
        noun = self.tree[k]
        fits = noun.lower in _people("pair") and (
            phrase.count or noun.lower in ("pair", "duo", "sides", "leaders")
        )
        if not fits:
            return None
        following = self.tree[k + 1].lower if k + 1 < stop else ""
        if following in ("of", "from") and self._states_after(k + 2, stop)[0]:
            return None  # "the two leaders of X and Y" is told in full
        people = noun.lower in _people("pair", "people") or noun.lower == "sides"
        return Mention(
            phrase.start, k + 1, "pair", self.tree.slice(phrase.start, k + 1),
            plural=True, count=phrase.count or 2, definite=people,
        )  # fmt: skip

    def _premodifiers(self, phrase: _Phrase, stop: int) -> None:
        """State adjectives and names, bodies and modifiers in front of a title or name."""
        while phrase.at < stop:
            i = phrase.at
            token = self.tree[i]
            state = self._state(i, adjective=True)
            if state is not None and self._leads_on(state[1], stop):
                phrase.states.append(state[0])
                phrase.at = self._past_genitive(state[1], stop)
                continue
            body = self._entry(i, "organization")
            if body is not None and self._leads_on(i + body.length, stop):
                phrase.organization = body.name
                if body.country and not phrase.states:
                    phrase.states.append(body.country)
                phrase.at = self._past_genitive(i + body.length, stop)
                continue
            modifier = self.gazetteer.modifier(token.text)
            if modifier and self._leads_on(i + 1, stop):
                phrase.modifiers = {*(phrase.modifiers or ()), modifier}
                phrase.at += 1
                continue
            joins = token.lower in ("and", ",", "&") and phrase.states
            if joins and self._state(i + 1, adjective=True) and self._leads_on(i + 1, stop):
                nxt = self._state(i + 1, adjective=True)
                if nxt and self._leads_on(nxt[1], stop):
                    phrase.at += 1
                    continue
            if token.pos == "ADJ" and token.text.islower() and self._leads_on(i + 1, stop):
                phrase.at += 1
                continue
            if token.lower == "-" and phrase.states and self._leads_on(i + 1, stop):
                phrase.at += 1
                continue
            return

    def _past_genitive(self, i: int, stop: int) -> int:
        return i + 1 if i < stop and self.tree[i].tag == "POS" else i

    def _leads_on(self, i: int, stop: int) -> bool:
        """Whether a title, group noun or further premodifier follows at ``i`` within the phrase."""
        for k in range(i, min(i + 6, stop)):
            token = self.tree[k]
            if self._title(k) is not None or token.lower in _people("counterpart"):
                return True
            if token.lower in _people("group") or token.lower in _people("state"):
                return True
            if token.lower in _people("media"):
                return True
            if token.tag == "POS" or token.lower in ("and", ",", "-", "&"):
                if token.lower in (",", "and") and not self._state(k + 1, adjective=True):
                    return False
                continue
            entry = self._state(k, adjective=True) or self._entry(k, "organization")
            if entry or token.pos in ("ADJ",) or self.gazetteer.modifier(token.text):
                continue
            if (
                k == i
                and token.pos == "NOUN"
                and k + 1 < stop
                and self.tree[k + 1].pos in ("NOUN",)
            ):
                continue  # "US trade officials"
            return False
        return False

    # -- heads ----------------------------------------------------------------------------

    def _head(self, phrase: _Phrase, before: int, stop: int) -> Mention | None:
        i = phrase.at
        if i >= stop:
            return None
        title = self._title(i)
        if title is not None:
            return self._titled(phrase, title, stop)
        token = self.tree[i]
        word = token.lower
        if word in _people("counterpart") or (
            word == "opposite" and i + 1 < stop and self.tree[i + 1].lower == "number"
        ):
            return self._counterpart(phrase, i + (2 if word == "opposite" else 1), stop)
        if phrase.states and word in _people("state") and phrase.at > before:
            return self._make(phrase, i + 1, "state")
        if word in _people("media") and phrase.states:
            return self._make(phrase, i + 1, "group")
        if word in _people("group") and token.pos in ("NOUN", "PROPN"):
            return self._group(phrase, i + 1, stop)
        if (
            token.pos in ("NOUN", "ADJ")
            and token.text.islower()
            and i + 1 < stop
            and phrase.states
            and self.tree[i + 1].lower in _people("group")
        ):  # "US trade officials"
            return self._group(phrase, i + 2, stop)
        phrase.at, phrase.states, phrase.organization = before, [], None
        return self._plain(phrase, stop)

    def _plain(self, phrase: _Phrase, stop: int) -> Mention | None:
        """A state, body, place or bare name."""
        i = phrase.at
        name_end = self._name(i, stop)
        person = self._entry(i, "person")
        if person is not None and person.length > 1:
            return self._person(phrase, self._past_suffix(i + person.length, stop), stop)
        best = self._longest(i, ("organization", "state", "demonym", "place"))
        if best is not None and name_end is not None and name_end > i + best.length:
            best = None if not self._is_compound_of(best, i, name_end) else best
        if best is not None:
            return self._entity(phrase, best, stop)
        if name_end is not None:
            return self._named(phrase, name_end, stop)
        return None

    def _is_compound_of(self, entry: Entry, i: int, name_end: int) -> bool:
        """ "Russia Foreign", "China Daily": whether the entry stands on its own in the run."""
        rest = self.words[i + entry.length : name_end]
        return (
            entry.kind in ("state", "organization")
            and any(w.lower() in _people("organization", "keywords") for w in rest) is False
            and len(rest) == 1
        )

    def _entity(self, phrase: _Phrase, entry: Entry, stop: int) -> Mention | None:
        i = phrase.at
        end = i + entry.length
        text = self.tree.slice(phrase.start, end)
        if entry.kind == "organization":
            return Mention(phrase.start, end, "organization", text, name=entry.name,
                           organization=entry.name, states=(entry.country,) if entry.country else ())  # fmt: skip
        if entry.kind == "state":
            place = (
                self.tree.slice(i, end) if self.gazetteer.place(self.tree.slice(i, end)) else None
            )
            return Mention(phrase.start, end, "state", text, name=entry.name,
                           states=tuple(entry.countries), place=place, definite=phrase.definite)  # fmt: skip
        if entry.kind == "demonym":
            if not phrase.definite and self.tree[i].tag not in ("NNS", "NNPS", "NNP"):
                return None
            return Mention(
                phrase.start, end, "group", text, states=tuple(entry.countries), plural=True
            )
        place = self.tree.slice(i, end)
        return Mention(phrase.start, self._past_region(end, entry, stop), "place", text, name=place,
                       states=tuple(entry.countries), place=place)  # fmt: skip

    def _past_region(self, i: int, entry: Entry, stop: int) -> int:
        """Past ", Germany," or ", D.C." after a town."""
        if i + 1 >= stop or self.tree[i].text != ",":
            return i
        region = self._longest(i + 1, ("state", "place"))
        if region is None or region.country not in (None, entry.country):
            return i
        end = i + 1 + region.length
        return end + 1 if end < stop and self.tree[end].text == "," else end

    def _titled(self, phrase: _Phrase, title: tuple[Entry, int], stop: int) -> Mention | None:
        """A title: with a name a person, alone a role, in the plural several roles."""
        entry, end = title
        title_start = phrase.at
        kind = entry.office_kind
        plural = self.tree[end - 1].tag in ("NNS", "NNPS")
        states, organization, after = list(phrase.states), phrase.organization, end
        again = self._title(after)
        while again is not None and not plural:  # "State Councilor and Foreign Minister", "Gen."
            kind = again[0].office_kind if kind in ("honorific", "military") else kind
            after, end = again[1], again[1]
            again = self._title(after)
        if after < stop and self.tree[after].lower in ("and", "/") and self._title(after + 1):
            second = self._title(after + 1)
            if second is not None and self._name(second[1], stop) and not plural:
                after, end = second[1], second[1]
        if after < stop and self.tree[after].lower in ("of", "for", "to", "from"):
            listed, past = self._states_after(after + 1, stop)
            if listed:
                states, after = listed, past
            else:
                body = self._entry(self._skip_the(after + 1), "organization")
                if body is not None:
                    organization = body.name
                    if body.country and not states:
                        states = [body.country]
                    after = self._skip_the(after + 1) + body.length
        name_end = self._name(after, stop)
        if not plural and self.tree[title_start].text[:1].isupper():
            name_start = self._past_remit(after, stop)
            if name_start is not None:
                after, name_end = name_start, self._name(name_start, stop)
        if name_end is not None and not plural:
            mention = self._person(phrase, name_end, stop, name_start=after)
            mention.states = tuple(states) or mention.states
            mention.organization = organization
            mention.office = None if kind == "honorific" else self.tree.slice(title_start, end)
            mention.office_kind = None if kind == "honorific" else kind
            mention.honorific = entry.name if kind == "honorific" else None
            mention.title_start = title_start
            return mention
        if kind == "honorific":
            return None
        if end > after:
            after = end
        if after < stop and not plural and self.tree[after].pos == "NOUN" and after == end:
            return None  # "an official visit", "the leader summit"
        bare = not states and not organization and phrase.owner is None
        if bare and not (phrase.definite or plural) and self.tree[title_start].text.islower():
            return None if phrase.start == title_start else self._role(
                phrase, title_start, end, after, kind, states, organization, plural)  # fmt: skip
        return self._role(phrase, title_start, end, after, kind, states, organization, plural)

    def _past_remit(self, i: int, stop: int) -> int | None:
        """Where the name begins after a title's remit: "Director of the Office of ... Commission and
        Foreign Minister Wang Yi". None where no name of a person follows the capitalised words."""
        k = i
        while k < min(i + 18, stop):
            token = self.tree[k]
            person = self._entry(k, "person")
            named = person is not None and person.length > 1
            given = (
                self.gazetteer.is_first_name(token.text)
                and k + 1 < stop
                and self._name_word(k + 1, first=False)
            )
            if k > i and (named or given) and self.tree[k - 1].lower not in _REMIT:
                return k
            if token.text[:1].isupper() or token.lower in _REMIT or token.tag == "POS":
                k += 1
                continue
            return None
        return None

    def _role(
        self, phrase: _Phrase, title_start: int, end: int, after: int, kind: str | None,
        states: list[str], organization: str | None, plural: bool,
    ) -> Mention:  # fmt: skip
        return Mention(
            phrase.start, max(after, end), "role", self.tree.slice(phrase.start, max(after, end)),
            office=self.tree.slice(title_start, end), office_kind=kind, states=tuple(states),
            organization=organization, modifiers=frozenset(phrase.modifiers or ()),
            owner=phrase.owner, owner_word=phrase.owner_word, plural=plural, count=phrase.count, definite=phrase.definite,
            indefinite=phrase.indefinite, title_start=title_start,
        )  # fmt: skip

    def _counterpart(self, phrase: _Phrase, end: int, stop: int) -> Mention:
        plural = self.tree[end - 1].lower.endswith("s")
        states = list(phrase.states)
        if end < stop and self.tree[end].lower in ("from", "in", "of"):
            listed, past = self._states_after(end + 1, stop)
            if listed:
                states, end = listed, past
        name_end = self._name(end, stop)
        if name_end is None and end < stop and self.tree[end].lower == ",":
            name_end = self._name(end + 1, stop)
            name_start = end + 1
        else:
            name_start = end
        if name_end is not None and not plural and self._looks_personal(name_start, name_end):
            mention = self._person(phrase, name_end, stop, name_start=name_start)
            mention.states = tuple(states) or mention.states
            mention.counterpart, mention.owner, mention.owner_word = (
                True,
                phrase.owner,
                phrase.owner_word,
            )
            return mention
        return Mention(
            phrase.start, end, "role", self.tree.slice(phrase.start, end), states=tuple(states),
            owner=phrase.owner, owner_word=phrase.owner_word, plural=plural, counterpart=True, definite=True,
            modifiers=frozenset(phrase.modifiers or ()), organization=phrase.organization,
        )  # fmt: skip

    def _group(self, phrase: _Phrase, end: int, stop: int) -> Mention:
        states = list(phrase.states)
        if end < stop and self.tree[end].lower in ("of", "from"):
            listed, past = self._states_after(end + 1, stop)
            if listed:
                states, end = listed, past
        return self._make(phrase, end, "group", states)

    def _make(
        self, phrase: _Phrase, end: int, kind: str, states: list[str] | None = None
    ) -> Mention:
        found = phrase.states if states is None else states
        return Mention(
            phrase.start, end, kind, self.tree.slice(phrase.start, end),  # type: ignore[arg-type]
            states=tuple(found), organization=phrase.organization, owner=phrase.owner, owner_word=phrase.owner_word,
            plural=self.tree[end - 1].tag in ("NNS", "NNPS") or kind == "group",
            modifiers=frozenset(phrase.modifiers or ()), definite=phrase.definite,
        )  # fmt: skip

    # -- names ----------------------------------------------------------------------------

    def _person(
        self, phrase: _Phrase, end: int, stop: int, name_start: int | None = None
    ) -> Mention:
        start = phrase.at if name_start is None else name_start
        while (
            end - start > 1 and _acronym(self.words[start]) and not _acronym(self.words[start + 1])
        ):
            start += 1
        mention = Mention(
            phrase.start, end, "person", self.tree.slice(phrase.start, end),
            name=self.tree.slice(start, end), states=tuple(phrase.states),
            modifiers=frozenset(phrase.modifiers or ()), owner=phrase.owner, owner_word=phrase.owner_word,
            organization=phrase.organization,
        )  # fmt: skip
        if end < stop and self.tree[end].lower == "of":
            listed, past = self._states_after(end + 1, stop)
            if listed and len(listed) == 1 and not mention.states:
                mention.states, mention.end = tuple(listed), past
        return mention

    def _named(self, phrase: _Phrase, end: int, stop: int) -> Mention | None:
        """A capitalised run that no table knows: a person, a body or unknown."""
        i = phrase.at
        lowers = [w.lower() for w in self.words[i:end]]
        text = self.tree.slice(i, end)
        if any(w in _people("organization", "keywords") for w in lowers):
            return Mention(phrase.start, end, "organization", text, name=text)
        entity = Counter(self.tree[k].entity[2:] for k in range(i, end) if self.tree[k].entity)
        label = entity.most_common(1)[0][0] if entity else ""
        if phrase.definite and label != "PERSON":
            return Mention(phrase.start, end, "unknown", text, name=text)
        if label == "ORG" and not self._looks_personal(i, end):
            return Mention(phrase.start, end, "organization", text, name=text)
        if label == "PLACE" and not self._looks_personal(i, end):
            return Mention(phrase.start, end, "place", text, name=text, place=text)
        if label == "PERSON" or self._looks_personal(i, end):
            return self._person(phrase, end, stop)
        return Mention(phrase.start, end, "unknown", text, name=text)

    def _looks_personal(self, i: int, end: int) -> bool:
        lowers = [w.lower() for w in self.words[i:end]]
        if any(w in _people("organization", "keywords") for w in lowers):
            return False
        if self._entry(i, "person") is not None or self.gazetteer.is_first_name(self.words[i]):
            return True
        if any(self.tree[k].entity.endswith("PERSON") for k in range(i, end)):
            return True
        return end - i >= 2 and not any(self._entry(k, "place") for k in range(i, end))

    def _name(self, i: int, stop: int) -> int | None:
        """End of the capitalised name that starts at ``i``, or None where none starts."""
        if i >= stop or not self._name_word(i, first=True):
            return None
        known = self._entry(i, "person")
        if known is not None and known.length > 1 and i + known.length <= stop:
            return self._past_suffix(i + known.length, stop)
        k = i + 1
        while k < stop:
            token = self.tree[k]
            if self._name_word(k, first=False):
                k += 1
                continue
            if token.text in ("-", "’", "'") and k + 1 < stop and self._glued(k):
                k += 2
                continue
            particle = token.lower in _people("not_names", "particles")
            if (
                particle
                and k + 1 < stop
                and self._name_word(k + 1, first=False)
                and token.lower != "the"
            ):
                k += 2
                continue
            break
        return self._past_suffix(k, stop)

    def _past_suffix(self, k: int, stop: int) -> int:
        """Past "Jr." and "III", with or without a comma before them."""
        suffixes = _people("not_names", "suffixes")
        if k < stop and self.tree[k].lower in suffixes:
            return k + 1
        if k + 1 < stop and self.tree[k].text == "," and self.tree[k + 1].lower in suffixes:
            return k + 2
        return k

    def _glued(self, k: int) -> bool:
        """A hyphen or apostrophe with no space on either side, inside a name (Jong-un)."""
        a, b, c = self.tree[k - 1], self.tree[k], self.tree[k + 1]
        return a.end == b.start and b.end == c.start and a.text[:1].isupper()

    def _name_word(self, i: int, first: bool) -> bool:
        token = self.tree[i]
        word = token.text
        if not word[:1].isupper() or token.lower in _people("not_names", "words"):
            return False
        if token.lower.strip(".") in _calendar() and (first or token.lower in _calendar_always()):
            return False
        if self._title(i) is not None and not (not first and self._entry(i, "person")):
            return False
        if token.pos in ("VERB", "AUX", "ADV", "DET", "ADP", "CCONJ", "NUM") and token.tag != "VBN":
            if not (self.capitals[word] >= 2 and self.gazetteer.is_first_name(word)):
                return False
        if first and self._state(i, adjective=True) and token.pos != "PROPN":
            return False
        at_start = self.tree.sentence_of(i).start == i
        if at_start and first:
            return token.pos == "PROPN" or self.capitals[word] > 0 or bool(self._entry(i, "person"))
        if (
            not first
            and self._state(i, adjective=True)
            and self._state(i, adjective=True)[2] == "adjective"
        ):  # type: ignore[index]
            return False
        return token.pos in ("PROPN", "NOUN", "ADJ", "X", "INTJ") or word[0].isupper()

    # -- appositions ----------------------------------------------------------------------

    def _apposition(self, mention: Mention, stop: int) -> None:
        """ ", the Russian foreign minister," after a name; ", Wang Yi," after a title."""
        i = mention.end
        if i + 1 >= stop or self.tree[i].text != ",":
            return
        if mention.kind == "person" and mention.office is None:
            phrase = _Phrase(start=i + 1, at=i + 1, states=[], modifiers=set())
            self._determiners(phrase, stop)
            self._premodifiers(phrase, stop)
            title = self._title(phrase.at)
            if title is None or self.tree[title[1] - 1].tag in ("NNS", "NNPS"):
                return
            role = self._titled(phrase, title, stop)
            if role is None or role.kind != "role":
                return
            mention.office, mention.office_kind = role.office, role.office_kind
            mention.states = role.states or mention.states
            mention.organization = role.organization or mention.organization
            mention.modifiers = mention.modifiers | role.modifiers
            closing = role.end < stop and self.tree[role.end].text == ","
            self._extend(mention, role.end + closing)
        elif mention.kind == "role" and not mention.plural:
            end = self._name(i + 1, stop)
            closes = end is not None and (
                end >= stop or self.tree[end].text in (",", ".", ";", ")")
            )
            if end is not None and closes and self._looks_personal(i + 1, end) and end - i > 1:
                if self._state(i + 1, adjective=False) or self._entry(i + 1, "place"):
                    return
                mention.kind = "person"
                mention.name = self.tree.slice(i + 1, end)
                closing = end < stop and self.tree[end].text == "," and mention.definite
                self._extend(mention, end + closing)

    def _extend(self, mention: Mention, end: int) -> None:
        self.mentions.cover(mention, mention.end, end)
        mention.end = end

    # -- tables ---------------------------------------------------------------------------

    def _entry(self, i: int, kind: str) -> Entry | None:
        if i >= len(self.words):
            return None
        found = [e for e in self.gazetteer.match(self.words, i) if e.kind == kind]
        return max(found, key=lambda e: e.length, default=None)

    def _longest(self, i: int, kinds: tuple[str, ...]) -> Entry | None:
        found = [e for e in self.gazetteer.match(self.words, i) if e.kind in kinds]
        return max(found, key=lambda e: (e.length, -kinds.index(e.kind)), default=None)

    def _title(self, i: int) -> tuple[Entry, int] | None:
        """The title that starts at ``i`` (plural ones too) and the index after it."""
        if i >= len(self.words):
            return None
        entry = self._entry(i, "title")
        plural = [e for e in self.gazetteer.match(self.singular, i) if e.kind == "title"]
        best = max([*plural, *([entry] if entry else [])], key=lambda e: e.length, default=None)
        return (best, i + best.length) if best is not None else None

    def _state(self, i: int, adjective: bool) -> tuple[str, int, str] | None:
        """``(ISO code, index after it, kind)`` of the state name or adjective at ``i``."""
        if i >= len(self.words):
            return None
        kinds = ("state", "adjective") if adjective else ("state",)
        entry = self._longest(i, kinds)
        if entry is None or not entry.countries or not self.words[i][:1].isupper():
            return None
        return entry.countries[0], i + entry.length, entry.kind

    def _skip_the(self, i: int) -> int:
        return i + 1 if i < len(self.words) and self.words[i].lower() == "the" else i

    def _states_after(self, i: int, stop: int) -> tuple[list[str], int]:
        """A list of states ("Iran, Turkey and Russia") from ``i``: codes, and the index after it."""
        codes: list[str] = []
        end = i
        k = i
        while k < stop:
            k = self._skip_the(k)
            state = self._state(k, adjective=False)
            if state is None:
                break
            codes.append(state[0])
            end = k = state[1]
            if k < stop and self.tree[k].text == ",":
                k += 1
                if k < stop and self.tree[k].lower == "and":
                    k += 1
            elif k < stop and self.tree[k].lower in ("and", "&"):
                k += 1
            else:
                break
        return codes, end
