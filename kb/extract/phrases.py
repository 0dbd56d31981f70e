"""The front of a noun phrase that stands for actors: determiners, states, bodies and modifiers up
to the noun that heads it ("the", "three", "senior", "Chinese" … "officials")."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.extract.lookup import Lookup, people
from kb.extract.naming import NameReader

_LONGEST = 10  # modifiers before a head
_MOST_DETERMINERS = 12  # articles, possessives and numbers before them
_RUN = 4  # capitalised words that may stand as one modifier
_BARE = frozenset({"honorific", "military", "head_of_state", "head_of_government", "monarch"})
"""Titles that take no field in front: "Acme President" is a list cut short."""


@dataclass(slots=True)
class Phrase:
    """What has been read of one noun phrase; ``at`` is the token to read next."""

    start: int
    at: int
    states: list[str] = field(default_factory=list)
    organization: str | None = None
    modifiers: set[str] = field(default_factory=set)
    owner: int | None = None
    owner_word: str = ""
    definite: bool = False
    indefinite: bool = False
    count: int | None = None
    past_determiners: int = -1

    def copy(self) -> Phrase:
        return Phrase(
            self.start, self.at, list(self.states), self.organization, set(self.modifiers),
            self.owner, self.owner_word, self.definite, self.indefinite, self.count,
            self.past_determiners,
        )  # fmt: skip


class PhraseReader:
    """Reads what stands before the head of a noun phrase."""

    def __init__(self, lookup: Lookup, names: NameReader) -> None:
        self.lookup, self.names = lookup, names

    def determiners(self, phrase: Phrase, stop: int) -> None:
        """Read articles, possessives and numbers."""
        numbers = {w: n for n, w in enumerate(("zero", "one", "two", "three", "four", "five", "six",
                                               "seven", "eight", "nine", "ten"))}  # fmt: skip
        stop = min(stop, phrase.at + _MOST_DETERMINERS)
        while phrase.at < stop:
            phrase.past_determiners = phrase.at
            token = self.lookup[phrase.at]
            word = token.lower
            if word == "that" and token.pos != "DET":
                phrase.start = phrase.at = phrase.at + 1  # a conjunction before the phrase
                continue
            if word == "more" and self.lookup.lower(phrase.at + 1, stop) == "than":
                phrase.at += 2  # "more than 20 countries"
                continue
            counted = token.tag == "CD" and (word in numbers or word.isdigit())
            if not counted and word not in people("determiners", "words"):
                return
            if self.lookup.title(phrase.at) is not None:
                return  # "his majesty King Otto"
            following = self.lookup.words[phrase.at + 1] if phrase.at + 1 < stop else ""
            if token.text.isupper() and len(word) > 2 and not following.isupper():
                return
            if counted and word.isdigit() and len(word) > 3:
                return  # a year
            phrase.indefinite |= word in people("determiners", "indefinite")
            phrase.definite |= word in people("determiners", "definite")
            if word in people("pronouns", "possessive"):
                phrase.owner, phrase.owner_word = token.i, word
            if counted:
                phrase.count = numbers[word] if word in numbers else int(word)
            elif word == "both":
                phrase.count = 2
            phrase.at += 1

    def modifiers(self, phrase: Phrase, stop: int) -> bool:
        """Read on to the head of the phrase; False, and nothing read, where there is none."""
        trial = phrase.copy()
        for _ in range(_LONGEST):
            if trial.at >= stop:
                return False
            if self.is_head(trial, stop):
                phrase.at, phrase.states = trial.at, trial.states
                phrase.organization, phrase.modifiers = trial.organization, trial.modifiers
                return True
            if not self._modifier(trial, stop):
                return False
        return False

    def is_head(self, phrase: Phrase, stop: int) -> bool:
        """Whether a title or a noun for people or states stands next."""
        i = phrase.at
        title = self.lookup.title(i)
        if title is not None:
            rank = title.end == i + 1 and self.lookup[i].lower in people("fields", "ranks")
            if rank and self.lookup.longest(i + 1, ("organization", "state", "adjective")):
                return False  # "Chief U.N. weapons inspector"
            return not self._begins_name(i)
        token = self.lookup[i]
        word = token.lower
        if word in people("counterpart"):
            return True
        if word == "opposite" and self.lookup.lower(i + 1, stop) == "number":
            return True
        if token.pos not in ("NOUN", "PROPN"):
            return False
        if word in people("offices"):
            return phrase.start == i and i > 0 and self.lookup.is_genitive(i - 1, stop)
        if self.lookup.entry(i, "organization") is not None:
            return False  # "US State Department"
        if self._hyphenated(i, stop) is not None:
            return False  # "state-run media"
        if phrase.states and word in people("capital"):
            return len(phrase.states) == 1 and token.text.islower()
        if phrase.states and (word in people("state") or word in people("media")):
            return not self._head_follows(i + 1, stop)
        if word in people("bodies") and token.tag in ("NN", "NNP"):
            known = bool(phrase.states) or (phrase.definite and token.text.islower())
            return known and not self._compounded(i + 1, stop)
        if word not in people("group"):
            return False
        if word in people("group", "counted") and not self._counted(phrase):
            return False
        return not (token.tag == "NN" and self._head_follows(i + 1, stop))

    def _counted(self, phrase: Phrase) -> bool:
        """Whether a number or a measure stands before: "three countries", "a dozen nations"."""
        before = {self.lookup[i].lower for i in range(phrase.start, phrase.at)}
        return phrase.count is not None or bool(before & people("determiners", "counts"))

    def _begins_name(self, i: int) -> bool:
        """Whether what looks like a title begins a longer name of the tables ("Prince Rupert" the
        town, "Council President" not)."""
        title = self.lookup.title(i)
        longer = self.lookup.longest(i, ("place", "organization"))
        return longer is not None and title is not None and i + longer.length > title.end

    def _compounded(self, i: int, stop: int) -> bool:
        """Whether a noun at ``i`` goes on, so that what stands before only modifies it ("French
        embassy workers")."""
        if i >= stop:
            return False
        noun = self.lookup[i].tag in ("NN", "NNS") and self.lookup[i].text.islower()
        return noun or self._head_follows(i, stop)

    def _head_follows(self, i: int, stop: int) -> bool:
        """Whether a noun at ``i`` continues the compound ("opposition leaders")."""
        if i >= stop:
            return False
        token = self.lookup[i]
        common = token.lower in people("group") or token.lower in people("media")
        if common and token.tag in ("NN", "NNS"):
            return True
        return token.text.islower() and self.lookup.title(i) is not None

    # -- one modifier -----------------------------------------------------------------------

    def _modifier(self, phrase: Phrase, stop: int) -> bool:
        """Read one modifier; False where none stands next."""
        return (
            self._state(phrase, stop)
            or self._region(phrase)
            or self._body(phrase, stop)
            or self._adjective(phrase, stop)
            or self._joined_state(phrase, stop)
            or self._run(phrase, stop)
        )

    def _state(self, phrase: Phrase, stop: int) -> bool:
        state = self.lookup.state(phrase.at) or self._metonym(phrase.at)
        if state is None:
            return False
        phrase.states.append(state[0])
        phrase.at = self._past_genitive(state[1], stop)
        return True

    def _region(self, phrase: Phrase) -> bool:
        """ "Latin American" (leaders)."""
        region = self.lookup.longest(phrase.at, ("adjective",))
        if region is None or region.countries:
            return False
        phrase.at += region.length
        return True

    def _metonym(self, i: int) -> tuple[str, int] | None:
        """A seat of government or a town: "Beijing's top diplomat", "Osaka mayor"."""
        place = self.lookup.entry(i, "place")
        if place is None or not self.lookup.words[i][:1].isupper():
            return None
        codes = self.lookup.gazetteer.metonyms(place.name)
        if not codes and self.lookup.title(i + place.length) is not None:
            codes = place.countries
        end = i + place.length
        following = self.lookup.words[end] if end < len(self.lookup.words) else ","
        before = self.lookup.lower(i - 1, i) if i else ""
        town = before in people("located", "prepositions") and following[:1].isupper()
        return (codes[0], end) if codes and following != "," and not town else None

    def _body(self, phrase: Phrase, stop: int) -> bool:
        body = self.lookup.entry(phrase.at, "organization")
        if body is None:
            return False
        phrase.organization = body.name
        if body.country and not phrase.states:
            phrase.states.append(body.country)
        phrase.at = self._past_genitive(phrase.at + body.length, stop)
        return True

    def _adjective(self, phrase: Phrase, stop: int) -> bool:
        """ "former", "senior", "high-level", "trade" (officials)."""
        i = phrase.at
        token = self.lookup[i]
        modifier = self.lookup.gazetteer.modifier(token.text)
        if modifier:
            phrase.modifiers.add(modifier)
        hyphen = self._hyphenated(i, stop)
        if hyphen is not None and (modifier or token.text.islower() or token.tag == "CD"):
            phrase.at = hyphen
            return True
        plain = (token.text.islower() and token.pos == "ADJ") or (
            token.lower in people("fields") or token.lower in people("fields", "ranks")
        )
        if not (modifier or plain):
            compound = token.tag == "NN" and bool(phrase.states) and i + 1 < stop
            if not (compound and self.lookup.lower(i + 1, stop) in people("group")):
                return False
        phrase.at += 1
        if self.lookup.lower(phrase.at, stop) == "and" and self.lookup.title(phrase.at + 1):
            phrase.at += 1  # "foreign and defence ministers"
        return True

    def _hyphenated(self, i: int, stop: int) -> int | None:
        """Index after "high-level" or "48-year-old" at ``i``; after the hyphen alone in "ex-"."""
        k = i
        while self.lookup.lower(k + 1, stop) == "-" and k + 2 < stop:
            if self.lookup[k].end != self.lookup[k + 1].start:
                break
            if k == i and self.lookup.gazetteer.modifier(self.lookup.words[i]):
                return i + 2
            tight = self.lookup[k + 1].end == self.lookup[k + 2].start
            if not tight or not self.lookup.words[k + 2].islower():
                break
            k += 2
        return k + 1 if k > i else None

    def _joined_state(self, phrase: Phrase, stop: int) -> bool:
        """ "and South Korean" after "Japanese"; "-Russian" after "U.S."."""
        if not phrase.states or self.lookup.lower(phrase.at, stop) not in ("and", ",", "&", "-"):
            return False
        last = phrase.at - 1
        if self.lookup.entry(last, "place") is not None and self.lookup.state(last) is None:
            return False  # "in Jerusalem and Palestinian President X in Ramallah"
        listed = self.lookup.lower(phrase.at, stop) == ","
        k = phrase.at + 1
        if self.lookup.lower(k, stop) == "and":
            listed = False
            k += 1
        state = self.lookup.state(k) if k < stop else None
        if state is None or (listed and self.lookup.entry(k, "adjective") is None):
            return False  # "in Nairobi, Kenya's ministers said"
        phrase.at = k
        return True

    def _run(self, phrase: Phrase, stop: int) -> bool:
        """A capitalised name that no table has: "Fatah officials", "Port Security Adviser Lee"."""
        i = phrase.at
        end = self.names.end(i, stop)
        if end is None or end >= stop:
            return False
        if end - i <= _LONGEST and self._heads_name(i, end, stop):
            phrase.at = end
            return True
        if end - i > _RUN:
            return False
        if self.lookup.lower(end, stop) == "administration":
            end += 1  # "Trump administration officials"
        if end >= stop or not self._head_follows(end, stop) or self.names.starts_person(i, end):
            return False
        leader = self.lookup.gazetteer.prominent(self.lookup.words[i], self.lookup.published)
        if leader is None:
            phrase.organization = self.lookup.text.slice(i, end)
        elif leader.country and not phrase.states:
            phrase.states.append(leader.country)  # "Putin aide"
        phrase.at = end
        return True

    def _heads_name(self, i: int, end: int, stop: int) -> bool:
        """Whether a run is the front of a capitalised title with a name behind it."""
        title = self.lookup.title(end)
        if title is None or title.plural or not self.lookup.words[end][:1].isupper():
            return False
        personal = any(self.lookup.gazetteer.is_first_name(w) for w in self.lookup.words[i:end])
        return not personal and title.kind not in _BARE and title.end < stop

    def _past_genitive(self, i: int, stop: int) -> int:
        return i + 1 if i < stop and self.lookup[i].tag == "POS" else i
