"""Mentions without a title: groups, states, bodies, places, bare names, "both sides"."""

from __future__ import annotations

from collections import Counter

from kb.extract.lookup import Lookup, people
from kb.extract.mentions import Kind, Mention
from kb.extract.naming import NameReader
from kb.extract.phrases import Phrase, PhraseReader
from kb.extract.titles import TitleReader
from kb.gazetteer import Entry


class HeadReader:
    """Reads the head of a noun phrase and what belongs behind it."""

    def __init__(
        self, lookup: Lookup, names: NameReader, phrases: PhraseReader, titles: TitleReader
    ) -> None:
        self.lookup, self.names, self.phrases, self.titles = lookup, names, phrases, titles

    # -- heads after modifiers --------------------------------------------------------------

    def common(self, phrase: Phrase, stop: int) -> Mention | None:
        """The mention whose head ``PhraseReader.modifiers`` has found."""
        i = phrase.at
        title = self.lookup.title(i)
        if title is not None:
            return self.titles.mention(phrase, title, stop)
        word = self.lookup[i].lower
        if word in people("counterpart"):
            return self.titles.counterpart(phrase, i + 1, stop)
        if word == "opposite":
            return self.titles.counterpart(phrase, i + 2, stop)
        if phrase.states and word in people("state"):
            return self._make(phrase, i + 1, "state")
        if word in people("capital"):
            return self._capital(phrase, i + 1)
        if phrase.states and word in people("media"):
            return self._make(phrase, i + 1, "group")
        if word in people("offices"):
            return self._make(phrase, i + 1, "organization")
        if word in people("bodies") and (phrase.definite or word not in people("group")):
            return self._body(phrase, self._past_field(i + 1, stop))
        bare = phrase.start == i and not phrase.states and phrase.organization is None
        if bare and self.lookup[i].tag == "NN" and self.lookup.lower(i + 1, stop) != "of":
            return None  # "in opposition to"
        return self._group(phrase, i + 1, stop)

    def _capital(self, phrase: Phrase, end: int) -> Mention:
        """ "the Venezuelan capital" by its name."""
        mention = self._make(phrase, end, "place")
        state = self.lookup.gazetteer.state_by_code(phrase.states[0])
        mention.place = mention.name = state.capital if state is not None else None
        return mention

    def _body(self, phrase: Phrase, end: int) -> Mention:
        """ "the Polish foreign ministry": the Foreign Ministry of Poland. One without a state goes
        without a name: it was named before."""
        mention = self._make(phrase, end, "organization")
        start = phrase.at
        head = self.lookup[start].lower
        if not phrase.states:
            return mention
        while start > phrase.start and self.lookup[start - 1].lower in people("fields"):
            start -= 1
        words = self.lookup.text.slice(start, end)
        state = self.lookup.gazetteer.state_by_code(phrase.states[0])
        if head in people("bodies", "owned") and state is not None:
            mention.name = f"{words.title() if words.islower() else words} of {state.of}"
        else:
            mention.name = self.lookup.text.slice(phrase.past_determiners, end)
        return mention

    def _group(self, phrase: Phrase, end: int, stop: int) -> Mention:
        """Unnamed people, with their states ("ministers from Chad and Niger") or with the people
        they are of ("members of the opposition")."""
        mention = self._make(phrase, end, "group")
        if self.lookup.lower(end, stop) not in ("of", "from", "across", "throughout", "around"):
            return mention
        listed, past = self.lookup.states(end + 1, stop)
        if listed and not self.lookup.is_genitive(past, stop):
            mention.states, mention.end = tuple(listed), past
        else:
            mention.end = self.lookup.past_countries(end, stop)
        if mention.end == end:
            self._whole(mention, end + 1, stop)
        mention.text = self.lookup.text.slice(mention.start, mention.end)
        return mention

    def _whole(self, mention: Mention, i: int, stop: int) -> None:
        """Take in the group or body that a group is part of."""
        phrase = Phrase(i, i)
        self.phrases.determiners(phrase, stop)
        whole = self.common(phrase, stop) if self.phrases.modifiers(phrase, stop) else None
        if whole is None and phrase.at < stop and self.lookup.words[phrase.at][:1].isupper():
            whole = self.plain(phrase, stop)
        if whole is None or whole.kind not in ("group", "organization"):
            return
        if self.lookup.is_genitive(whole.end, stop):
            return
        mention.end = whole.end
        mention.states = mention.states or whole.states
        mention.organization = mention.organization or whole.organization

    def _make(self, phrase: Phrase, end: int, kind: Kind) -> Mention:
        return Mention(
            phrase.start, end, kind, self.lookup.text.slice(phrase.start, end),
            states=tuple(phrase.states), organization=phrase.organization, owner=phrase.owner,
            owner_word=phrase.owner_word, modifiers=frozenset(phrase.modifiers),
            plural=self.lookup[end - 1].tag in ("NNS", "NNPS") or kind == "group",
            definite=phrase.definite, count=phrase.count,
        )  # fmt: skip

    # -- "the two leaders" ------------------------------------------------------------------

    def pair(self, phrase: Phrase, stop: int) -> Mention | None:
        """ "the two leaders", "both sides", "the pair": the parties last spoken of."""
        k = phrase.at
        if k >= stop or not (phrase.count or phrase.definite):
            return None
        if self.lookup[phrase.start].tag == "CD":
            return None  # "two diplomats said"
        if phrase.count == 2 and phrase.definite and self._acts(k, stop):
            return Mention(
                phrase.start, k, "pair", self.lookup.text.slice(phrase.start, k), plural=True,
                count=2, definite=True,
            )  # fmt: skip
        while k + 1 < stop and self.lookup[k].pos == "ADJ" and k < phrase.at + 2:
            if not self.lookup.words[k].islower():
                break
            k += 1
        title = self.lookup.title(k)
        if title is not None:
            k = title.end - 1
        noun = self.lookup[k].lower
        if noun not in people("pair") or not (phrase.count or noun in people("pair", "sure")):
            return None
        if phrase.count is not None and phrase.count > 3:
            return None
        if self.lookup.lower(k + 1, stop) in ("of", "from"):
            if self.lookup.states(k + 2, stop)[0]:
                return None  # "the two leaders of Iran and Turkey" is told in full
            behind = {self.lookup.lower(i, stop) for i in range(k + 2, min(k + 5, stop))}
            if behind & people("pair", "countries"):
                return None  # "the leaders of both governments": theirs
        return Mention(
            phrase.start, k + 1, "pair", self.lookup.text.slice(phrase.start, k + 1), plural=True,
            count=phrase.count, definite=noun in people("pair", "people"),
        )  # fmt: skip

    def _acts(self, i: int, stop: int) -> bool:
        """Whether a finite verb follows ("the two last met")."""
        k = i
        while k < stop and (self.lookup[k].pos == "ADV" or self.lookup[k].lower == "last"):
            k += 1
        return k < stop and self.lookup[k].tag in ("VBD", "VBP", "VBZ", "MD")

    # -- names ------------------------------------------------------------------------------

    def plain(self, phrase: Phrase, stop: int) -> Mention | None:
        """A state, body, place or bare name."""
        i = phrase.at
        if i >= stop:
            return None
        end = self.names.end(i, stop)
        known = self.lookup.full_name(i)
        if known is not None and end is not None and end >= i + known.length:
            return self.titles.person(phrase, end, stop, i)
        best = self.lookup.longest(i, ("organization", "state", "demonym", "place"))
        if best is not None and best.kind in ("state", "adjective"):
            owned = self._owned_body(phrase, best, stop)
            if owned is not None:
                return owned
        if end is not None:
            led = self._administration(phrase, end, stop)
            if led is not None:
                return led
        if best is not None and end is not None and end > i + best.length:
            best = best if self._stands_alone(best, i, end) else None
        if best is not None and not self._doubtful(best, phrase, stop):
            return self._entity(phrase, best, stop)
        return None if end is None else self._named(phrase, end, stop)

    def _owned_body(self, phrase: Phrase, state: Entry, stop: int) -> Mention | None:
        """ "the U.S. State Department": a body of the tables behind the name of its state."""
        at = phrase.at + state.length
        at += self.lookup.is_genitive(at, stop)
        body = self.lookup.entry(at, "organization") if at < stop else None
        if body is None or body.country not in (None, state.country):
            return None
        owned = Phrase(phrase.start, at, definite=phrase.definite)
        return self._entity(owned, body, stop)

    def _administration(self, phrase: Phrase, end: int, stop: int) -> Mention | None:
        """ "the Obama administration", "Modi's government": the state he leads."""
        if self.lookup.lower(end - 1, stop) in people("state", "led"):
            end -= 1  # "the Biden Administration"
        at = end + self.lookup.is_genitive(end, stop)
        if end <= phrase.at or self.lookup.lower(at, stop) not in people("state", "led"):
            return None
        name = self.lookup.text.slice(phrase.at, end)
        leader = self.lookup.gazetteer.prominent(name, self.lookup.published)
        known = self.lookup.longest(phrase.at, ("organization", "state", "place", "adjective"))
        if leader is None and (known is not None or end - phrase.at > 1):
            return None
        states = (leader.country,) if leader is not None and leader.country else ()
        return Mention(
            phrase.start, at + 1, "state", self.lookup.text.slice(phrase.start, at + 1),
            name=name, states=states, definite=phrase.definite,
        )  # fmt: skip

    def _stands_alone(self, entry: Entry, i: int, end: int) -> bool:
        """Whether an entry is a name of its own in a longer capitalised run ("China Daily" not)."""
        rest = i + entry.length
        return (
            entry.kind in ("state", "organization")
            and end - rest == 1
            and not self.names.has_body_word(rest, end)
        )

    def _doubtful(self, entry: Entry, phrase: Phrase, stop: int) -> bool:
        """Whether a town's name is rather somebody's here: "Victoria", "Jackson"."""
        if entry.kind != "place" or self._located(phrase.start):
            return False
        i = phrase.at
        name = self.lookup.text.slice(i, i + entry.length)
        known = self.lookup.gazetteer.place(name)
        unsure = bool(known) and known[0].ambiguous and not self.lookup.gazetteer.metonyms(name)
        return unsure and self._past_region(i + entry.length, entry, stop) == i + entry.length

    def _entity(self, phrase: Phrase, entry: Entry, stop: int) -> Mention | None:
        i = phrase.at
        end = i + entry.length
        name = self.lookup.text.slice(i, end)
        mention = Mention(
            phrase.start, end, "place", self.lookup.text.slice(phrase.start, end), name=name,
            states=tuple(entry.countries), definite=phrase.definite,
        )  # fmt: skip
        if entry.kind == "organization":
            mention.kind, mention.name, mention.organization = (
                "organization",
                entry.name,
                entry.name,
            )
            return mention
        if entry.kind == "demonym":
            if not phrase.definite and self.lookup[i].tag not in ("NNS", "NNPS", "NNP"):
                return None
            mention.kind, mention.name, mention.plural = "group", None, True
            return mention
        seat = self.lookup.gazetteer.metonyms(name)
        if entry.kind == "state" and not seat:
            known = self.lookup.gazetteer.place(name)
            mention.kind, mention.name = "state", entry.name
            mention.place = name if known else None
            return mention
        mention.place = name
        located = self._located(phrase.start) and not self._begins_clause(phrase.start, end, stop)
        if seat and (not located or self.lookup.is_genitive(end, stop)):
            mention.kind = "state"
            mention.states = ("EU",) if "EU" in seat else seat
            return mention
        mention.states = tuple(c for c in mention.states if c != "EU" or len(mention.states) == 1)
        mention.end = self._past_region(end, entry, stop)
        mention.text = self.lookup.text.slice(phrase.start, mention.end)
        return mention

    def _located(self, i: int) -> bool:
        """Whether a preposition of place stands before: "in Moscow" is the town, "Moscow" that
        warns or is told is the government."""
        k = i - 1
        while k > 0 and self.lookup[k].lower in ("and", ",", "nearby"):
            k -= 2 if self.lookup[k].lower != "nearby" else 1
        return k >= 0 and self.lookup[k].lower in people("located", "prepositions")

    def _begins_clause(self, i: int, end: int, stop: int) -> bool:
        """Whether a name behind a comma is the subject of what follows (", the Kremlin said")."""
        comma = i > 0 and self.lookup.words[i - 1] == ","
        return comma and end < stop and self.lookup[end].tag in ("VBD", "VBZ", "VBP", "MD")

    def _past_region(self, i: int, entry: Entry, stop: int) -> int:
        """Past ", Germany," or ", D.C." after a town."""
        if i + 1 >= stop or self.lookup.words[i] != ",":
            return i
        town = self.lookup.gazetteer.place(entry.name)
        if town and town[0].kind not in ("city", "site"):
            return i
        region = self.lookup.longest(i + 1, ("state", "place"))
        if region is None or region.country not in (None, entry.country):
            return i
        if region.kind == "state" and self.lookup.gazetteer.metonyms(region.name):
            return i  # "in Washington, White House aides said"
        end = i + 1 + region.length
        if self.lookup.is_genitive(end, stop):
            return i  # "in Nairobi, Kenya's ministry said"
        return end + 1 if self.lookup.lower(end, stop) == "," else end

    def _named(self, phrase: Phrase, end: int, stop: int) -> Mention:
        """A capitalised run that no table knows: a person, a body or unknown."""
        i = phrase.at
        field = self.lookup.lower(i, stop) in people("fields")
        if field and end - i > 2 and self.names.is_personal(i + 1, end):
            return self._named(Phrase(i + 1, i + 1), end, stop)  # "for Transport Ivan Petrov"
        name = self.lookup.text.slice(i, end)
        kind: Kind = "unknown"
        label = self._label(i, end)
        personal = self.names.is_personal(i, end)
        if self.names.has_body_word(i, end) or (label == "ORG" and not personal):
            return self._named_body(phrase, end, stop)
        if label != "PERSON" and (phrase.definite or phrase.indefinite or phrase.count):
            kind = "unknown"  # "the Minsk Package" is nobody
        elif label == "PLACE" and not personal:
            kind = "place"
        elif label == "PERSON" or personal:
            return self.titles.person(phrase, end, stop, i)
        return Mention(
            phrase.start, end, kind, self.lookup.text.slice(phrase.start, end), name=name,
            place=name if kind == "place" else None, definite=phrase.definite,
        )  # fmt: skip

    def _past_field(self, end: int, stop: int) -> int:
        """Past "of Trade and Energy" behind "Ministry"."""
        joins = {"of", "for"} if self.lookup.lower(end - 1, stop) in people("bodies") else set()
        while self.lookup.lower(end, stop) in joins:
            at = end + 1
            past = self.names.end(at, stop)
            if past is None or self.lookup.state(at) or self.names.starts_person(at, stop):
                break
            end, joins = past, {"and"}
        return end

    def _named_body(self, phrase: Phrase, end: int, stop: int) -> Mention:
        """A body by a name that no table has, with its field and its state ("the Ministry of Trade
        and Energy of Chad")."""
        i = phrase.at
        end = self._past_field(end, stop)
        mention = Mention(
            phrase.start, end, "organization", "", name=self.lookup.text.slice(i, end),
            definite=phrase.definite,
        )  # fmt: skip
        listed, past_states = self.lookup.states(end + 1, stop)
        if self.lookup.lower(end, stop) == "of" and len(listed) == 1:
            state = self.lookup.gazetteer.state_by_code(listed[0])
            mention.end, mention.states = past_states, (listed[0],)
            mention.name = f"{mention.name} of {state.of}" if state else mention.name
        mention.text = self.lookup.text.slice(mention.start, mention.end)
        return mention

    def _label(self, i: int, end: int) -> str:
        """What the pipeline's own recogniser, where it has one, calls most of the run."""
        labels = Counter(self.lookup[k].entity[2:] for k in range(i, end) if self.lookup[k].entity)
        return labels.most_common(1)[0][0] if labels else ""
