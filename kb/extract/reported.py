"""Reported speech: which words of a sentence an attribution makes somebody's.

"Lee said (that) WORDS", "WORDS, Lee said", "WORDS, Lee said, WORDS", "Lee urged them WORDS". Where
the words begin and end is read from the flat order: behind what tells when, where and to whom they
were said, up to the next attribution or what the reporter adds.
"""

from __future__ import annotations

from kb.extract.events import Said
from kb.extract.mentions import Mention
from kb.extract.order import DASHES, FINITE, Order
from kb.extract.saying import Attribution, is_medium
from kb.language.tree import Token
from kb.lexicon import speech, table, words

_JOINS = frozenset({"and", "but", "while", "yet", "though", "although", "whereas", "or", "as"})
_STOPS = frozenset({".", "?", "!", ";", ":", ")", "”", '"', "''"})
_LISTING = frozenset({"including", "excluding", "regarding", "concerning", "according"})
_GERUND_MARKS = frozenset({"while"})
Span = tuple[int, int]


class ReportRules:
    """Finds reported speech, given the attributions of the article."""

    def __init__(self, order: Order, attributions: list[Attribution]) -> None:
        self.order, self.tree = order, order.tree
        self.attributions = attributions
        self.by_sentence: dict[int, list[Attribution]] = {}
        for a in attributions:
            self.by_sentence.setdefault(self.tree[a.verb].sentence, []).append(a)

    def find(self) -> list[Said]:
        """Every report, nested ones included; a speaker that only the context tells is None."""
        out: list[Said] = []
        for a in self.attributions:
            if a.speaker is None and not a.nominal:
                continue
            front = self._front(a)
            if front is not None:
                out += [self._said(a, *span, "front") for span in front]
                continue
            back = self._back(a)
            if back is not None:
                start, end, rule = back
                out.append(self._said(a, start, end, rule))
        return [s for s in out if s.end > s.start]

    def _said(self, a: Attribution, start: int, end: int, rule: str) -> Said:
        speaker, addressees = a.speaker, self.addressees(a)
        source = self._cited(a.verb)
        if source is not None and is_medium(speaker):
            speaker = source
        first, last = self._trim(start, end)
        whole = self._as_quote(first, last)
        return Said(first, last, speaker, whole, self.tree[a.verb].sentence, a.verb,
                    f"{'quote' if whole else 'reported'}:{rule}", addressees)  # fmt: skip

    # -- the words in front -----------------------------------------------------------------

    def _front(self, a: Attribution) -> list[Span] | None:
        """ "WORDS, Lee said": None where the words do not stand in front; an empty list where they
        are a quotation of their own."""
        order, tree = self.order, self.tree
        lower, upper = order.sentence(a.verb)
        if tree[a.verb].lemma not in speech("quote"):
            return None
        if tree[a.verb].tag == "VBG" and tree[a.verb - 1].lower != "as":
            return None
        before = a.start - 1
        if before < lower or not (a.own or a.inverted):
            return None
        quoted = order.is_mark(before) and tree[before].tag != "POS"
        if not quoted and not order.is_comma(before):
            return None
        if tree[before].text == "," and before - 1 >= lower and order.is_mark(before - 1):
            quoted = True
        start = self._opening(lower, before)
        if quoted:
            inside = [k for k in range(start, before) if order.quote_of[k] >= 0]
            if not inside:
                return None
            if inside[0] <= start + 1 and not any(
                order.quote_of[k] < 0 and order.is_verb(k) for k in range(start, before)
            ):  # fmt: skip
                return []
            return [(start, before)] if a.inverted or self._closes(a, upper) else None
        if not a.inverted and not self._closes(a, upper):
            return None
        if start >= before:
            return None
        stop = before + (tree[before].text != ",")
        if order.has_finite(start, stop):
            return [(start, stop)]
        after = self._behind(a, upper)
        if after is None or tree[after].text != "," or after + 1 >= upper:
            return None
        if order.is_preposition(start) and not order.has_finite(after + 1, upper):
            return None
        pieces = [(start, stop)] if not order.is_preposition(start) else []
        return [*pieces, (after + 1, self._end(after + 1, a, upper, "clause"))]

    def _opening(self, lower: int, stop: int) -> int:
        """Past "However," and "But" at the start of a sentence, and dashes behind a dateline."""
        k = lower
        while lower == 0 and k < stop and _capitals(self.tree[k].text):
            k += 1
        while k < stop and (
            self.tree[k].lower in words("speech", "openers", "words")
            or self.tree[k].text in (",", *DASHES)
        ):
            k += 1
        for i in range(k, stop):
            if self.tree[i].text == ";" and self.order.quote_of[i] < 0:
                k = i + 1
        return k

    def _behind(self, a: Attribution, upper: int) -> int | None:
        """The first token behind an attribution and its circumstances."""
        k = a.end
        if self.tree[a.verb].lemma in speech("addressee_object") and not a.inverted:
            k = max(k, self.order.phrase_end(k, upper))
        k = self.order.past_circumstances(k, upper, told=self.tree[a.verb].lemma == "tell")
        return k if k < upper else None

    def _closes(self, a: Attribution, upper: int) -> bool:
        """Whether no words follow the attribution but circumstances."""
        k = self._behind(a, upper)
        if k is None:
            return True
        token = self.tree[k]
        if self.order.quote_of[k] >= 0 or token.lower == "that":
            return False
        if token.text == ":":
            return False
        if token.text in (",", *_STOPS, *DASHES) and not (
            self.order.is_mark(k) and k + 1 < upper and self.order.quote_of[k + 1] >= 0
        ):
            return True
        if token.tag in ("VBG", "CC"):
            return True
        return token.lower in words("speech", "ends", "subordinators") or token.lower == "when"

    # -- the words behind -------------------------------------------------------------------

    def _back(self, a: Attribution) -> tuple[int, int, str] | None:
        """ "Lee said (that) WORDS": their tokens and how the verb takes them."""
        order, tree = self.order, self.tree
        _, upper = order.sentence(a.verb)
        lemma = tree[a.verb].lemma
        k = a.end
        if a.inverted or k >= upper:
            return None
        particle = tree[k].lower in table("speech")["particle"].get(lemma, ())
        k += particle
        prepositions = table("speech")["prepositional"].get(lemma, ())
        while prepositions and k + 1 < upper:
            past = k + 2 if order.is_preposition(k) and order.is_date(k + 1) else k + 1
            if past == k + 1 and not order.is_date(k):
                break
            k = past
        if k < upper and tree[k].lower in prepositions:
            return self._behind_preposition(a, k, upper)
        told = order.phrase_end(k, upper) if lemma in speech("addressee_object") else k
        about = k < told < upper and tree[told].lower in prepositions
        if about and tree[told].lower not in ("on", "upon", "to", "with"):
            return self._behind_preposition(a, told, upper)
        if lemma in speech("infinitive"):
            at = self._infinitive(k, upper)
            bare = lemma in words("speech", "promising", "verbs")
            if at is not None and (bare or at > k):
                return at, self._end(at, a, upper, "infinitive"), "infinitive"
        if (
            lemma in speech("whole")
            and told_something(order, k, upper)
            and not self._in_person(a, k)
        ):
            return a.verb, self._end(k, a, upper, "object"), "whole"
        if lemma in speech("naming"):
            if order.is_mark(k) and k + 1 < upper and order.quote_of[k + 1] >= 0:
                quote = order.quotes[order.quote_of[k + 1]]
                return k, order.tokens_in(0, quote.end)[1], "naming"
            at = self._named(k, upper)
            if at is not None:
                return k, self._end(at, a, upper, "object"), "naming"
        if lemma in speech("clause") or particle:
            at = self._clause(a, k, upper)
            if at is not None:
                end = self._end(at, a, upper, "clause")
                strict = lemma in speech("object") or lemma in words("speech", "strict", "verbs")
                if tree[at - 1].lower == "that" or self._is_clause(at, end, strict):
                    return at, end, "clause"
        if lemma in speech("object"):
            if lemma in speech("addressee_to"):
                k = order.past_circumstances(k, upper)
            if told_something(order, k, upper) and self._sayable(lemma, k, upper):
                return k, self._end(k, a, upper, "object"), "object"
        return None

    def _behind_preposition(
        self, a: Attribution, k: int, upper: int
    ) -> tuple[int, int, str] | None:
        if self.tree[k].lower in ("on", "upon", "to", "with"):
            told = self.order.phrase_end(k + 1, upper)
            at = self._infinitive(k + 1, upper)
            if at is not None and at <= told:
                return at, self._end(at, a, upper, "infinitive"), "infinitive"
            if told == k + 1 or (at is None and self.tree[a.verb].lemma in ("appeal", "call")):
                return None
        if k + 1 >= upper or (self.tree[k + 1].text in _STOPS and not self.order.is_mark(k + 1)):
            return None
        return k + 1, self._end(k + 1, a, upper, "object"), "preposition"

    def _sayable(self, lemma: str, k: int, upper: int) -> bool:
        """Whether an object can be what was said: no source that is cited, no visa denied."""
        if lemma == "cite":
            mention = self.order.mentions.at(k)
            return mention is None or mention.kind not in ("person", "role", "group")
        if lemma == "deny":
            return any(
                self.tree[i].lower in words("speech", "denied", "nouns")
                or self.tree[i].tag == "VBG"
                for i in range(k, min(k + 8, upper))
            )
        return True

    def _in_person(self, a: Attribution, k: int) -> bool:
        """ "welcomed his guest": a reception, no words."""
        if self.tree[a.verb].lemma != "welcome":
            return False
        mention = self.order.mentions.at(k)
        received = mention is not None and mention.kind in ("person", "role", "pronoun", "group")
        return received and mention is not None and self.tree[mention.start].tag != "PRP$" and not (
            mention.end < len(self.tree) and self.tree[mention.end].tag == "POS"
        )  # fmt: skip

    def _infinitive(self, k: int, upper: int) -> int | None:
        """The "to" of "urged (the two sides) to act"."""
        for i in range(k, min(upper, k + 14)):
            if (
                self.order.is_finite(i)
                or self.order.quote_of[i] >= 0
                or self.tree[i].text in (":", ";")
            ):
                return None
            to = self.tree[i].lower == "to" or (self.tree[i].lower == "not" and i + 1 < upper and self.tree[i + 1].lower == "to")  # fmt: skip
            if to:
                verb = i + 1 + (self.tree[i].lower == "not")
                while verb < upper and (self.tree[verb].tag in ("RB",) or self.order.is_mark(verb)):
                    verb += 1
                named = verb + 1 < upper and self.tree[verb + 1].lemma in (
                    "name",
                    "identify",
                    "quote",
                )
                plain = verb < upper and self.tree[verb].tag in ("VB", "VBP")
                if plain:
                    return i if not named else None
        return None

    def _named(self, k: int, upper: int) -> int | None:
        """The name in "called the move a mistake", "described it as useful"."""
        end = self.order.phrase_end(k, upper)
        while k < end < upper and self.tree[end].lower in (
            "of",
            "in",
            "on",
            "with",
            "between",
            "toward",
            "towards",
            "over",
            "for",
        ):
            end = max(self.order.phrase_end(end + 1, upper), end + 1)
        if end == k or end >= upper:
            return None
        if self.tree[end].lower == "to":  # "called the choice to leave “a mistake”"
            for i in range(end, min(end + 10, upper)):
                if self.order.is_mark(i) and self.tree[i].tag != "POS":
                    return i
        token = self.tree[end]
        named = token.lower in ("as", "a", "an") or token.tag in ("JJ", "DT")
        return end if named or (self.order.is_mark(end) and token.tag != "POS") else None

    def _clause(self, a: Attribution, k: int, upper: int) -> int | None:
        """Where a reported clause begins: behind "that", or behind whom, when and where."""
        order, tree = self.order, self.tree
        lemma = tree[a.verb].lemma
        if lemma in speech("addressee_object"):
            end = order.phrase_end(k, upper)
            plain = lemma == "tell" or (
                end > k and end < upper and order.mentions.at(k) is not None
                and not order.is_finite(end) and tree[end].tag not in ("RB", "CC")
            )  # fmt: skip
            if plain and tree[k].lower != "that":
                k = end
        start = order.past_circumstances(k, upper, told=lemma == "tell")
        if (
            start < upper
            and tree[start].text == ","
            and start + 1 < upper
            and tree[start + 1].lower == "that"
        ):
            start += 1
        if start >= upper or tree[start].text in (",", *_STOPS) or tree[start].tag == "CC":
            return None
        if tree[start].lower == "that":
            return start + 1
        if order.is_preposition(start) and tree[start].lower not in ("if", "whether", "because", "after", "before", "as", "while"):  # fmt: skip
            for i in range(start, min(upper, start + 16)):
                if tree[i].lower == "that" and tree[i].tag == "IN":
                    return i + 1
                if order.is_finite(i):
                    break
        return start

    def _is_clause(self, start: int, end: int, strict: bool) -> bool:
        """Whether a finite verb follows that is not a relative clause's. ``strict``: right behind
        its subject, as behind verbs that take objects just as well ("claims an island")."""
        order, tree = self.order, self.tree
        if (
            not strict
            and self.tree[start].tag not in ("WRB", "WP")
            and not order.has_finite(start, end)
        ):
            return any(tree[i].tag == "VBN" for i in range(start, end))  # a past tense mistagged
        if strict and tree[start].tag not in ("WRB", "WP"):
            k = start + 1 if tree[start].tag in ("EX", "PRP") else order.phrase_end(start, end)
            while start < k < end and tree[k].lower in (
                "of",
                "between",
                "in",
                "on",
                "with",
                "for",
                "to",
                "from",
                "and",
            ):
                k = max(order.phrase_end(k + 1, end), k + 1)
            while k < end and tree[k].tag == "RB":
                k += 1
            return k < end and order.is_finite(k)
        relative = 0
        for i in range(start, end):
            if tree[i].tag in ("WDT", "WP") and i > start:
                relative += 1
            if order.is_finite(i) and not (order.is_finite(i - 1) and i > start):
                if not relative:
                    return True
                relative -= 1
        return any(self.order.quote_of[i] >= 0 for i in range(start, min(start + 2, end)))

    # -- where the words end ----------------------------------------------------------------

    def _end(self, start: int, a: Attribution, upper: int, frame: str) -> int:
        """The token after the last of the words that begin at ``start``."""
        order, tree = self.order, self.tree
        within = self._before_auxiliaries(a.verb).tag in ("WP", "WDT") or (
            a.start > 0 and tree[a.start - 1].tag in ("WP", "WDT")
        )
        others = {
            b.start: b for b in self.by_sentence.get(tree[a.verb].sentence, ()) if b.start > start
        }
        k = start
        while k < upper:
            quote = order.quote_of[k]
            if quote >= 0:
                if self._quotation_follows(k, start):
                    return self._back_over_marks(k, start)
                past = order.tokens_in(0, order.quotes[quote].end)[1]
                k = max(k + 1, past)
                upper = max(upper, min(k, len(tree)))
                continue
            token = tree[k]
            if k in others and k > start:
                cut = self._at_attribution(k, others[k], a, start)
                if cut is not None:
                    return cut
            if token.text == "," and k + 1 < upper:
                if within and order.is_finite(k + 1):
                    return k
            elif (
                within and token.tag == "CC" and k + 1 < upper and tree[k + 1].tag in ("WP", "WDT")
            ):
                return k
            if token.text == "," and k + 1 < upper:
                if self._comma_ends(k, upper, frame):
                    return k
            if frame != "clause" and k > start and self._clause_follows(k, upper):
                return k
            if token.lower == "according" and k + 1 < upper and tree[k + 1].lower == "to":
                return k
            if token.text in DASHES and self._dash_ends(k, start, upper):
                return k
            if (
                frame != "clause"
                and token.lower in words("speech", "ends", "adjuncts")
                and k > start
            ):
                return k
            if (
                k > start
                and token.lower in _GERUND_MARKS
                and k + 1 in others
                and tree[k + 1].tag == "VBG"
            ):
                return k
            k += 1
        if frame != "clause":
            return self._before_date(start, k)
        return k

    def _before_date(self, start: int, end: int) -> int:
        """Without the day at the end that tells when it was said ("voiced concern on Monday")."""
        k = end
        while k - 1 > start and self.tree[k - 1].text in (".", "?", "!"):
            k -= 1
        if k - 3 <= start or not self.order.is_date(k - 1):
            return end
        day = k - 1
        k = day - 1 if self.tree[day - 1].lower in ("on", "late", "early", "last") else day
        before = self.tree[k - 1]
        noun = before.tag.startswith("NN") and not self.order.is_date(k - 1)
        return k if noun or before.tag == "CD" or self.order.is_mark(k - 1) else end

    def _before_auxiliaries(self, verb: int) -> Token:
        k = verb - 1
        while k > 0 and (
            self.tree[k].tag in ("MD", "RB") or self.tree[k].lemma in ("have", "be", "do")
        ):
            k -= 1
        return self.tree[k]

    def _clause_follows(self, k: int, upper: int) -> bool:
        """ "asked them to wait after Lee had left": when it was, told by a clause."""
        if self.tree[k].lower not in ("after", "while", "when", "before"):
            return False
        return any(self.order.is_finite(i) for i in range(k + 1, min(upper, k + 7)))

    def _quotation_follows(self, k: int, start: int) -> bool:
        """A full quotation behind a comma or colon is told for itself."""
        mark = k - 1
        if mark - 1 <= start or not self.order.is_mark(mark):
            return False
        return self.tree[mark - 1].text in (",", ":") and self.tree[k].text[:1].isupper() and (
            len(self._quoted_words(k)) > 3
        )  # fmt: skip

    def _quoted_words(self, k: int) -> list[str]:
        quote = self.order.quotes[self.order.quote_of[k]]
        return self.tree.text[quote.start : quote.end].split()

    def _back_over_marks(self, k: int, start: int) -> int:
        while k - 1 > start and (self.order.is_mark(k - 1) or self.tree[k - 1].text in (",", ":")):
            k -= 1
        return k

    def _at_attribution(self, k: int, b: Attribution, a: Attribution, start: int) -> int | None:
        """Whether a further attribution ends the words, and where; a nested one does not."""
        tree = self.tree
        left = k - 1
        while left > start and (tree[left].tag in ("RB", "RBR") or self.order.is_mark(left)):
            left -= 1
        before = tree[left]
        join = before.lower in _JOINS or before.text == ";"
        if b.own and not b.inverted and tree[b.verb].tag != "VBG":
            if self.order.is_comma(left):
                after = b.speaker is a.speaker and not a.own  # "Calling it a farce, Lee said"
                cut = left + (before.text != ",")
                return cut if after or self._front(b) is not None else None
            if join and left - 1 >= start and (tree[left - 1].text == "," or before.text == ";" or before.lower == "but"):  # fmt: skip
                return left - (tree[left - 1].text == ",")
            return None
        if b.inverted:
            return left if before.text == "," else None
        same = b.speaker is a.speaker
        if tree[b.verb].tag == "VBG":
            if before.text in (",", *DASHES):
                return left
            return left if before.lower in ("with", "but", "while") and left > start else None
        if join and same and tree[b.verb].tag in (*FINITE, "VBN"):
            return left - (tree[left - 1].text == ",")
        return (
            left if before.text == "," and same and tree[a.verb].tag == tree[b.verb].tag else None
        )

    def _comma_ends(self, k: int, upper: int, frame: str) -> bool:
        """Whether a comma parts the words from what the reporter adds."""
        order, tree = self.order, self.tree
        following = tree[k + 1]
        lower = following.lower
        if lower == "according" or lower in words("speech", "ends", "relaying"):
            return True
        if lower == "with":
            end = order.phrase_end(k + 2, upper)
            return end < upper and tree[end].tag == "VBG"
        if following.tag == "VBG" and following.pos == "VERB" and lower not in _LISTING:
            return True
        if lower in words("speech", "ends", "subordinators"):
            if lower in ("as", "even") and k + 2 < upper and tree[k + 2].lower in ("well", "as"):
                return False
            loose = lower in ("as", "while", "although", "though", "whereas", "after", "even")
            return frame != "clause" or not loose
        if lower == "but":
            after = tree[k + 2] if k + 2 < upper else following
            if after.lower in ("also", "not", "only", "rather") or after.tag in (
                "IN",
                "WRB",
                "TO",
                "MD",
            ):
                return False
            return True
        if following.tag in ("WP", "WDT", "WP$") and frame == "infinitive":
            return True
        if lower == "and" and frame != "clause":
            return order.has_finite(k + 2, upper)
        if lower in ("a", "an", "one") or (
            following.tag in ("NNS", "NN") and order.mentions.at(k + 1) is None
        ):
            return any(
                tree[i].lower in words("speech", "ends", "comments")
                for i in range(k + 1, min(k + 5, upper))
                if tree[i].tag in ("NN", "NNS") and not order.has_finite(k + 1, i)
            )
        return False

    def _dash_ends(self, k: int, start: int, upper: int) -> bool:
        """A dash alone opens a comment; two of them hold a parenthesis."""
        if k <= start:
            return False
        token = self.tree[k]
        spaced = self.tree.text[token.start - 1 : token.start].isspace()
        if not spaced:
            return False
        if k + 1 < upper and self.tree[k + 1].tag == "CC":
            return False
        dashes = [i for i in range(start, upper) if self.tree[i].text in DASHES
                  and self.tree.text[self.tree[i].start - 1 : self.tree[i].start].isspace()]  # fmt: skip
        return len(dashes) == 1

    # -- details ----------------------------------------------------------------------------

    def addressees(self, a: Attribution) -> list[Mention]:
        """Who is told: the object of "told", who follows "to"."""
        order, tree = self.order, self.tree
        _, upper = order.sentence(a.verb)
        lemma = tree[a.verb].lemma
        heads: list[int] = []
        if a.end < upper and lemma in speech("addressee_object") and not a.inverted:
            heads.append(a.end)
            if tree[a.end].lower in ("on", "upon") and a.end + 1 < upper:
                heads.append(a.end + 1)
        if lemma in speech("addressee_to"):
            for k in range(a.end, min(a.end + 8, upper - 1)):
                if tree[k].lower == "to":
                    heads.append(k + 1)
                    break
                if order.is_finite(k) or tree[k].lower == "that":
                    break
        out = []
        for k in heads:
            mention = order.speaker(k)
            if mention is None or mention is a.speaker or mention.kind == "unknown":
                continue
            last = mention.text.lower().split()[-1]
            if last in words("speech", "audience", "words") or is_medium(mention):
                continue
            out.append(mention)
        return out

    def _cited(self, verb: int) -> Mention | None:
        """ "Yonhap said …, citing a senior official": whose words they are."""
        lower, upper = self.order.sentence(verb)
        for k in range(lower, upper - 1):
            if self.tree[k].lower in words("speech", "ends", "relaying"):
                end = min(self.order.phrase_end(k + 1, upper), upper)
                for i in range(k + 1, max(end, k + 2)):
                    if (mention := self.order.speaker(i)) is not None:
                        return mention
        return None

    def _trim(self, start: int, end: int) -> Span:
        """Characters of tokens ``start`` to ``end``, without the punctuation around them."""
        tree = self.tree
        edge = (",", ".", ";", ":", *DASHES)
        while start < end and tree[start].text in edge:
            start += 1
        while end > start and tree[end - 1].text in edge:
            end -= 1
        if start >= end:
            return 0, 0
        first, last = tree[start].start, tree[end - 1].end
        last -= tree[end - 1].text.endswith(",")
        opening = (
            self.order.is_mark(start) and self.order.quote_of[min(start + 1, len(tree) - 1)] >= 0
        )
        closing = self.order.is_mark(end - 1) and self.order.quote_of[end - 2] >= 0
        if opening and closing and self.order.quote_of[start + 1] == self.order.quote_of[end - 2]:
            quote = self.order.quotes[self.order.quote_of[start + 1]]
            return quote.start, quote.end
        return first, last

    def _as_quote(self, first: int, last: int) -> bool:
        i = self.order.token_at(first)
        quote = self.order.quote_of[i]
        return quote >= 0 and self.order.quotes[quote].covers(first, last)


def _capitals(text: str) -> bool:
    """A place in capitals or what joins several, at the head of an article ("PARIS/BONN")."""
    return text in ("/", ",", "-", "–", "—") or (text.isupper() and len(text) > 3)


def told_something(order: Order, k: int, upper: int) -> bool:
    """Whether a noun phrase or a quotation follows that can be what is said."""
    if k >= upper:
        return False
    if order.is_mark(k) and k + 1 < upper and order.quote_of[k + 1] >= 0:
        return True
    if order.tree[k].tag == "RB" and k + 1 < upper and order.tree[k + 1].tag in ("$", "CD", "DT"):
        return True
    if order.is_date(k) or order.tree[k].tag in ("CC", "IN", "TO", "RB", "WDT", "WP", "WRB"):
        return order.tree[k].lower in ("how", "both", "that", "what", "all")
    return order.phrase_end(k, upper) > k
