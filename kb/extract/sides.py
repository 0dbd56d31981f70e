"""Who takes part: from arguments' head tokens to mentions, lists and delegations.

Where the tree found an argument, the list it stands in is completed from the words; a delegation
whose leaders the article names stands for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract import arguments as arg
from kb.extract import flat
from kb.extract.events import Said
from kb.extract.first_person import FirstPerson
from kb.extract.mentions import Mention, Mentions
from kb.extract.order import Order
from kb.extract.timing import event_nouns
from kb.extract.turns import find_turns
from kb.language.tree import Token, Tree
from kb.lexicon import words

ACTING = frozenset(
    {"person", "role", "state", "organization", "group", "pronoun", "pair", "unknown"}
)
PEOPLE = frozenset({"person", "role", "group", "pronoun", "pair"})
_BREAKS = frozenset({";", ":", "who", "which", "where", "whom", "whose", "while", "when", "–", "—"})
_DASHES = frozenset({"--", "–", "—", ":"})
_VISIT = 10  # tokens from a visit to its purpose
_ENUMERATION = 8  # tokens between a plural and the dash behind it


class Sides:
    """Reads participants off one article's tree and words; ``timed`` are the tokens of dates,
    ``said`` what is quoted of whom."""

    def __init__(
        self, tree: Tree, mentions: Mentions, timed: frozenset[int], said: Sequence[Said] = ()
    ) -> None:
        self.tree, self.mentions, self.timed = tree, mentions, timed
        self.turns = find_turns(Order(tree, mentions, [], timed))
        self.talk = FirstPerson.of(tree, self.turns, said)
        self.led: dict[int, list[Mention]] = {}
        self.led = self._delegations()

    # -- arguments --------------------------------------------------------------------------

    def of(self, tokens: list[int], lists: bool = True) -> list[Mention]:
        """The mentions that arguments with these head tokens stand for, in order, once each."""
        out: list[Mention] = []
        for i in tokens:
            out += [m for m in self.talk.at(i) if m not in out]
            for mention in self._at(i):
                listed = flat.listed_after(self.tree, self.mentions, mention) if lists else []
                for one in (mention, *listed):
                    if one.kind in ACTING and one not in out and not self._apart(out, one):
                        out.append(one)
        return self.expanded(out)

    def _at(self, i: int) -> list[Mention]:
        found = self.mentions.at(i)
        if found is not None:
            return [found]
        # a head that no mention covers: "contender John Doe", "two of the ministers"
        for kid in self.tree.children(i, "appos", "flat"):
            named = self.mentions.at(kid.i)
            if named is not None and kid.i == i + 1 and named.kind == "person":
                return [named]
        for kid in self.tree.children(i, "nmod"):
            if kid.case == ("of",) and self.tree[i].pos not in ("NOUN", "PROPN"):
                return [m for k in arg.with_conjuncts(self.tree, kid.i) for m in self._at(k)]
            if self._people_noun(i) and kid.case in (("from",), ("of",)):
                return [m for k in arg.with_conjuncts(self.tree, kid.i) for m in self._at(k)]
        return []

    def _people_noun(self, i: int) -> bool:
        return self.tree[i].lower in words("people", "group", "official")

    def _apart(self, before: list[Mention], one: Mention) -> bool:
        """Whether a clause boundary stands between a mention and those it is said to be listed
        with: coordination that reaches over it is a slip of the parser."""
        if not before:
            return False
        left, right = sorted((before[-1], one), key=lambda m: m.start)
        between = self.tree.tokens[left.end : right.start]
        return any(t.lower in _BREAKS or (t.tag in ("VBD", "VBZ", "VBP", "MD")) for t in between)

    def elsewhere(self, a: Mention, b: Mention) -> bool:
        """Whether a place or day of its own stands behind the first of two listed mentions."""
        between = self.tree.tokens[a.end : b.start]
        return any(t.lower in ("in", "at") or t.i in self.timed for t in between)

    def possessive(self, mention: Mention) -> bool:
        """Whether a mention only owns what follows: "welcomed X's decision"."""
        following = self.tree.tokens[mention.end : mention.end + 1]
        return any(t.tag == "POS" for t in following)

    # -- second readings --------------------------------------------------------------------

    def before(self, verb: int) -> list[Mention]:
        """Who stands directly before a verb."""
        found = flat.subject_left(self.tree, self.mentions, verb)
        return self.expanded([m for m in found if m.kind in ACTING])

    def subjects(self, verb: Token, passive: bool) -> list[Mention]:
        """Who does it: the tree's agents, completed by the list that stands before a finite verb;
        what stands there is asked first where the verb has no subject of its own."""
        tree = self.tree
        told = self.of(arg.agents(tree, verb))
        if passive:
            return told
        if verb.tag == "VBG" and (beside := self._right_before(verb.i)):
            return beside
        group = flat.before_verb(tree, verb.i)
        finite = verb.tag in ("VBD", "VBZ", "VBP", "NNS") or any(
            t.tag == "MD" or t.lemma in ("be", "have") for t in group
        )
        infinitive = any(t.lower == "to" for t in group)
        if infinitive and (there := self._on_the_spot(group[-1].i)):
            return there
        if infinitive and (guest := self._on_a_visit(group[-1].i)):
            return guest
        if infinitive and (asking := self._asking(group[-1].i)):
            return asking
        if infinitive and verb.head == verb.i:  # a headline's "X to meet Y"
            return self.before(verb.i) or told
        if not finite or infinitive:
            return told or self.understood(verb.i) or self.before_clause(verb.i)
        before = self.before(verb.i)
        own = tree.children(verb.i, "subj", "subj_pass")
        if before and not own:
            return before
        if any(m in told for m in before):
            return [*told, *(m for m in before if m not in told)]
        return told or before or ([] if own else self.understood(verb.i))

    def _right_before(self, gerund: int) -> list[Mention]:
        """Whose doing a gerund tells: "the anniversary of X taking a call"."""
        found = self.mentions.at(gerund - 1) if gerund else None
        if found is None or found.kind != "person" or found.start < 1:
            return []
        return [found] if self.tree[found.start - 1].tag == "IN" else []

    def _on_the_spot(self, to: int) -> list[Mention]:
        """Whoever is, or goes, somewhere to do it: "is in Rome to meet", "flew to Rome to meet"."""
        place = self.mentions.at(to - 1)
        if place is None or place.kind not in ("place", "state") or place.start < 2:
            return []
        k = place.start - 1
        while k > 0 and self.tree[k].tag == "DT":
            k -= 1
        if self.tree[k].lower not in ("in", "at", "to") or not self.tree[k - 1].is_verb:
            return []
        return self.before(k - 1)

    def _asking(self, to: int) -> list[Mention]:
        """Whose request it is: "a request by X to meet Y", whatever the tree hangs it on."""
        who = self.mentions.at(to - 1)
        if who is None or who.start < 2 or self.tree[who.start - 1].lower != "by":
            return []
        noun = self.tree[who.start - 2].lower
        return [who] if noun in words("governors", "proposed", "nouns") else []

    def _on_a_visit(self, to: int) -> list[Mention]:
        """Whose visit it is that serves to do it: "X's visit to Rome this week to meet Y"."""
        first = max(self.tree.sentence_of(to).start, to - _VISIT)
        for k in range(to - 1, first - 1, -1):
            token = self.tree[k]
            if token.is_verb or token.lower in _BREAKS:
                return []
            if token.pos == "NOUN" and token.lower in words("visits", "nouns", "words"):
                owners = arg.possessors(self.tree, token)
                return self.of([o.i for o in owners if o.i not in self.timed])
        return []

    def understood(self, verb: int) -> list[Mention]:
        """The subject of an infinitive or participle where the tree lost it: whoever stands before
        the word that governs it."""
        for above in list(self.tree.ancestors(verb))[:3]:
            found = self.before(above.i) if above.i < verb else []
            if found:
                return found
        return []

    def before_clause(self, i: int) -> list[Mention]:
        """Who stands before the verb of a token's clause, or of the clause above ("Speaking after
        the talks, X said")."""
        clause = self.tree.clause_of(i)
        for verb in [clause, *(t for t in self.tree.ancestors(clause.i) if t.is_verb)][:2]:
            found = self.before(verb.i) if verb.is_verb else []
            if found:
                return found
        return []

    def owners(self, noun: Token, owner: Token) -> list[Mention]:
        """Whose meeting or visit it is. A fronted "In his meeting with X, Y said" looks ahead to
        the subject."""
        found = self.of(arg.with_conjuncts(self.tree, owner.i))
        clause = self.tree.clause_of(noun.i)
        fronted = len(found) == 1 and found[0].kind == "pronoun" and noun.i < clause.i
        if not fronted or noun.rel not in ("obl", "nmod"):
            return found
        ahead = [m for m in self.before(clause.i) if m.start > noun.i and m.kind == "person"]
        return ahead if ahead and found[0].plural == (len(ahead) > 1) else found

    def after(self, i: int, skip: frozenset[str]) -> list[Mention]:
        """Who stands directly after a token, but for adverbs and the words to skip."""
        limit = self.tree.sentence_of(i).end
        k = i + 1
        while k < limit and (
            self.tree[k].lower in skip
            or (self.tree[k].pos == "ADV" and self.mentions.at(k) is None)
        ):
            k += 1
        return self.list_at(k) if k < limit else []

    def introduced(self, trigger: int, prepositions: frozenset[str]) -> list[Mention]:
        """Who follows a trigger behind one of the prepositions in the same stretch of the sentence:
        "talks in Rome on Monday with A and B". Behind a noun no other noun may stand between, as
        what follows would be its own ("talks on the accord between A and B")."""
        limit = self.tree.sentence_of(trigger).end
        nominal = self.tree[trigger].pos == "NOUN"
        passed = words("meetings", "of_a_meeting", "nouns")
        for k in range(trigger + 1, min(limit, trigger + 12)):
            token = self.tree[k]
            if token.lower in prepositions and k + 1 < limit:
                found = self.list_at(self._past_determiners(k + 1, limit))
                if found:
                    return found
            if token.lower in _BREAKS or token.lower in ("that", ",", ".", "after", "before"):
                return []
            if token.tag in ("VBD", "VBZ", "VBP", "MD", "VB"):
                return []
            common = token.pos == "NOUN" and self.mentions.at(k) is None and k not in self.timed
            object_ = token.rel == "obj" and token.head == trigger  # "discussed a visit with X"
            if token.lower in event_nouns() and token.lower not in passed and not object_:
                return []  # "spoke ahead of a meeting with X"
            if nominal and common and token.lower not in passed:
                return []
        return []

    def _past_determiners(self, k: int, limit: int) -> int:
        passed = ("DET", "ADJ", "NUM")
        while k < limit - 1 and (
            self.tree[k].tag == "PRP$"
            or (self.mentions.at(k) is None and self.tree[k].pos in passed)
        ):
            k += 1
        return k

    def list_at(self, k: int) -> list[Mention]:
        """The mention that begins with a token, and its list."""
        found = flat.opening_at(self.tree, self.mentions, k) if k < len(self.tree) else None
        if found is None or found.kind not in ACTING:
            return []
        return self.expanded([found, *flat.listed_after(self.tree, self.mentions, found)])

    # -- delegations ------------------------------------------------------------------------

    def expanded(self, found: list[Mention]) -> list[Mention]:
        """The mentions, a delegation replaced by its named members."""
        out: list[Mention] = []
        for mention in found:
            for one in self._named(mention) or self._enumerated(mention) or self._members(mention):
                if one not in out:
                    out.append(one)
        return out

    def _named(self, mention: Mention) -> list[Mention]:
        """Those who hold an office of several states, where they are named behind it: "the prime
        ministers of A and B, X and Y"."""
        count = len(mention.states)
        if mention.kind != "role" or count < 2 or mention.end + 1 >= len(self.tree):
            return []
        first = flat.opening_at(self.tree, self.mentions, mention.end + 1)
        if self.tree[mention.end].text != "," or first is None or first.kind != "person":
            return []
        named = [first, *flat.listed_after(self.tree, self.mentions, first)]
        return named if len(named) == count else []

    def _enumerated(self, mention: Mention) -> list[Mention]:
        """Those a plural stands for where they are named behind it: "the five powers -- A, B and
        C -- and D", "leaders, including A and B"."""
        if not mention.plural or mention.kind not in ("group", "role", "unknown", "pair"):
            return []
        limit = self.tree.sentence_of(mention.start).end
        for k in range(mention.end, min(limit, mention.end + _ENUMERATION)):
            including = self.tree[k].lower in words("meetings", "delegation", "among")
            if self.tree[k].text not in _DASHES and not including:
                continue
            first = flat.opening_at(self.tree, self.mentions, k + 1)
            if first is None or first.kind not in ("state", "person"):
                return []
            named = [first, *flat.listed_after(self.tree, self.mentions, first)]
            after = named[-1].end
            closing = [t.lower for t in self.tree.tokens[after : after + 2]]
            last = self.mentions.at(after + 2) if after + 2 < limit else None
            if closing[1:] == ["and"] and last is not None and last.kind == first.kind:
                named.append(last)
            return named if len(named) > 1 + (not including) else []
        return []

    def _members(self, mention: Mention) -> list[Mention]:
        if not self.led:
            return [mention]
        if id(mention) in self.led:
            return self.led[id(mention)]
        if mention.kind == "pronoun":
            before = self._subject_before(mention) if mention.plural else None
            return [mention] if before is None else self._members(before)
        if mention.kind not in ("group", "role", "unknown"):
            return [mention]
        bare = mention.definite or mention.text.lower().startswith("the ")
        if bare and not mention.states and self._delegation(mention):
            told = [m for m in self.mentions if id(m) in self.led and m.start < mention.start]
            if told:
                return self.led[id(told[-1])]
        return [mention]

    def _subject_before(self, pronoun: Mention) -> Mention | None:
        """The delegation that "they" takes up: the plural subject last told, of this sentence or
        the one before."""
        here = self.tree[pronoun.start].sentence
        for mention in reversed([m for m in self.mentions if m.end <= pronoun.start]):
            if here - self.tree[mention.start].sentence > 1:
                return None
            if mention.plural and self.tree[mention.end - 1].rel in ("subj", "subj_pass"):
                if mention.kind == "pronoun":
                    continue
                return mention if self._delegation(mention) else None
        return None

    def _delegation(self, mention: Mention) -> bool:
        last = mention.text.lower().split()[-1] if mention.text else ""
        return last in words("meetings", "delegation", "nouns")

    def _delegations(self) -> dict[int, list[Mention]]:
        """Delegations whose members are told: "a delegation led by A and B", "A leads a team that
        includes B"."""
        out: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            if mention.kind not in ("group", "role") or not self._delegation(mention):
                continue
            named = self._led_by(mention) + self._leading(mention)
            if named:
                out[id(mention)] = list({id(m): m for m in named}.values())
        return out

    def _led_by(self, mention: Mention) -> list[Mention]:
        """The persons behind "led by", up to the next clause."""
        limit = self.tree.sentence_of(mention.start).end
        by = [k for k in range(mention.end, min(limit, mention.end + 8))
              if self.tree[k].lower == "by" and self._leads(k - 1)]  # fmt: skip
        out: list[Mention] = []
        for k in range(by[0] + 1, limit) if by else ():
            token = self.tree[k]
            if token.lower in _BREAKS or token.tag in ("VBD", "VBZ", "VBP", "MD", "TO"):
                break
            found = self.mentions.at(k)
            named = found is not None and found.kind == "person" and " " in (found.name or "")
            if found is not None and found.start == k and (named or found.kind == "role"):
                out.append(found)
        return out

    def _leading(self, mention: Mention) -> list[Mention]:
        """ "X leads a delegation that includes Y and Z"."""
        first = self.tree.sentence_of(mention.start)
        verbs = [k for k in range(first.start, mention.start) if self._leads(k)]
        if not verbs or mention.start - verbs[-1] > 3:
            return []
        leaders = self.before(verbs[-1]) or self.of(arg.agents(self.tree, self.tree[verbs[-1]]))
        leaders = [m for m in leaders if m.kind in ("person", "role", "pronoun")]
        if not leaders:
            return []
        for k in range(mention.end, min(first.end, mention.end + 4)):
            if self.tree[k].lemma in words("meetings", "delegation", "including") or (
                self.tree[k].lower in words("meetings", "delegation", "including")
            ):
                members = self.mentions.at(k + 1) if k + 1 < first.end else None
                if members is not None and members.kind in ("person", "role"):
                    return [
                        *leaders,
                        members,
                        *flat.listed_after(self.tree, self.mentions, members),
                    ]
        return leaders

    def _leads(self, k: int) -> bool:
        return k >= 0 and self.tree[k].lemma in words("meetings", "delegation", "verbs")
