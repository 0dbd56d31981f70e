"""Statements: direct quotations and reported speech, with speaker and addressees."""

from __future__ import annotations

import re

from kb.extract import arguments as arg
from kb.extract.events import Said
from kb.extract.mentions import Mention, Mentions
from kb.language.quotes import Quote
from kb.language.tree import Token, Tree
from kb.lexicon import speech, words

_SPEAKERS = frozenset({"person", "role", "state", "organization", "group", "pronoun", "pair"})
_EDGE = " \t\n,.;:–—-"


class StatementRules:
    """Attributes the words of one article to those who said them."""

    def __init__(self, tree: Tree, mentions: Mentions, quotes: list[Quote]) -> None:
        self.tree, self.mentions, self.quotes = tree, mentions, quotes

    def find(self) -> list[Said]:
        reported = self._reported()
        out = [*reported, *self._according()]
        out += self._direct(out)
        return sorted(out, key=lambda s: (s.start, s.end))

    # -- reported speech --------------------------------------------------------------------

    def _reported(self) -> list[Said]:
        out: list[Said] = []
        for verb in self.tree.tokens:
            if not verb.tag.startswith("VB") or self._inside_quote(verb):
                continue
            if verb.lemma not in _all_verbs():
                continue
            said = self._report_of(verb)
            if said is not None:
                out.append(said)
        return out

    def _report_of(self, verb: Token) -> Said | None:
        tree = self.tree
        speaker = self._speaker(verb)
        if speaker is None:
            return None
        span = self._content(verb)
        if span is None:
            return None
        start, end, rule = span
        whole = self._as_quote(start, end)
        if whole is not None:
            return Said(whole.start, whole.end, speaker, True, verb.sentence, verb.i, "quote:" + rule,
                        self._addressees(verb, speaker))  # fmt: skip
        start, end = self._trim(start, end)
        if end - start < 3 or (tree.text[start:end].count(" ") < 1 and rule == "object"):
            return None
        return Said(
            start, end, speaker, False, verb.sentence, verb.i, rule, self._addressees(verb, speaker)
        )

    def _speaker(self, verb: Token) -> Mention | None:
        for i in arg.agents(self.tree, verb):
            mention = self.mentions.at(i)
            if mention is not None and mention.kind in _SPEAKERS:
                return mention
            for kid in self.tree.children(
                i, "poss", "nmod"
            ):  # "Putin's spokesman", "a statement by"
                inner = self.mentions.at(kid.i)
                if (
                    inner is not None
                    and inner.kind in _SPEAKERS
                    and self._is_utterance(self.tree[i])
                ):
                    return inner
        return None

    def _is_utterance(self, token: Token) -> bool:
        return token.lower in words("speech", "attribution", "nouns")

    def _content(self, verb: Token) -> tuple[int, int, str] | None:
        """Characters of what is said, and how the verb takes it."""
        tree = self.tree
        lemma = verb.lemma
        clause = tree.child(verb.i, "ccomp")
        if clause is not None and lemma in speech("clause"):
            return (*self._span(clause, verb), "clause")
        if verb.rel == "parataxis" and lemma in speech("quote"):
            return self._around(verb)
        if lemma in speech("infinitive"):
            open_clause = tree.child(verb.i, "xcomp", "ccomp", "advcl")
            if open_clause is not None and self._infinitive(open_clause):
                target = tree.child(verb.i, "obj")
                first = target if target is not None and target.i < open_clause.i else open_clause
                start = min(tree.subtree(first.i))
                end = max(tree.subtree(open_clause.i)) + 1
                return tree[start].start, tree[end - 1].end, "infinitive"
        if lemma in speech("whole"):
            target = tree.child(verb.i, "obj")
            if target is not None:
                end = max(tree.subtree(verb.i, without=("punct", "conj", "parataxis"))) + 1
                return verb.start, tree[end - 1].end, "whole"
        if lemma in speech("object"):
            target = tree.child(verb.i, "obj")
            if target is not None:
                start = min(tree.subtree(target.i))
                end = max(
                    [
                        *tree.subtree(target.i),
                        *(k for c in tree.children(verb.i, "obl", "xcomp", "advcl", "ccomp")
                          if c.i > target.i and self._belongs(c) for k in tree.subtree(c.i)),
                    ]
                ) + 1  # fmt: skip
                return tree[start].start, tree[end - 1].end, "object"
        return None

    def _belongs(self, token: Token) -> bool:
        """Whether an oblique after the object is part of what is said ("as a mistake", "for …")."""
        if token.rel in ("xcomp", "ccomp"):
            return True
        return bool(token.case) and token.case[0] in (
            "as",
            "for",
            "of",
            "that",
            "over",
            "about",
            "against",
            "to",
            "with",
        )

    def _infinitive(self, token: Token) -> bool:
        return any(k.lower == "to" for k in self.tree.children(token.i, "mark", "aux"))

    def _span(self, clause: Token, verb: Token) -> tuple[int, int]:
        """The clause's own extent, without its complementizer, on its side of the verb."""
        tree = self.tree
        inside = tree.subtree(clause.i)
        sentence = tree.sentence_of(verb.i)
        if clause.i > verb.i:
            inside = [i for i in inside if i > verb.i]
            first = min(inside)
            if tree[first].lower == "that" and first + 1 < len(tree):
                first += 1
            last = max(inside)
            return tree[first].start, tree[last].end
        inside = [i for i in inside if i < verb.i]
        first, last = min(inside), max(inside)
        subject = arg.agents(tree, verb)
        if subject and subject[0] < verb.i:
            before = min([*subject, *(tree.subtree(subject[0]))])
            last = min(last, before - 1) if before > first else last
        first = min(first, sentence.start) if self._only_glue(sentence.start, first) else first
        return tree[first].start, tree[max(last, first)].end

    def _only_glue(self, start: int, end: int) -> bool:
        return all(self.tree[i].pos in ("PUNCT", "CCONJ") for i in range(start, end))

    def _around(self, verb: Token) -> tuple[int, int, str] | None:
        """ "The visit, he said, had gone well": the sentence without its attribution."""
        tree = self.tree
        sentence = tree.sentence_of(verb.i)
        inside = tree.subtree(verb.i)
        first, last = min(inside), max(inside)
        before = [i for i in range(sentence.start, first) if tree[i].pos != "PUNCT"]
        if before:
            return tree[before[0]].start, tree[before[-1]].end, "parataxis"
        after = [i for i in range(last + 1, sentence.end) if tree[i].pos != "PUNCT"]
        if after:
            return tree[after[0]].start, tree[after[-1]].end, "parataxis"
        return None

    # -- according to -----------------------------------------------------------------------

    def _according(self) -> list[Said]:
        tree = self.tree
        out: list[Said] = []
        for token in tree.tokens:
            if (
                token.lower != "according"
                or token.i + 2 >= len(tree)
                or tree[token.i + 1].lower != "to"
            ):
                continue
            speaker = next((m for k in range(token.i + 2, min(token.i + 8, len(tree)))
                            if (m := self.mentions.at(k)) is not None and m.kind in _SPEAKERS
                            and tree[k].sentence == token.sentence), None)  # fmt: skip
            if speaker is None:
                continue
            sentence = tree.sentence_of(token.i)
            if token.i - sentence.start > 3:
                start, end = tree[sentence.start].start, tree[token.i - 1].end
            else:
                comma = next(
                    (k for k in range(speaker.end, sentence.end) if tree[k].text == ","), None
                )
                if comma is None or comma + 1 >= sentence.end:
                    continue
                start, end = tree[comma + 1].start, tree[sentence.end - 1].end
            start, end = self._trim(start, end)
            if end - start > 8 and self._as_quote(start, end) is None:
                out.append(Said(start, end, speaker, False, token.sentence, token.i, "according"))
        return out

    # -- direct quotations ------------------------------------------------------------------

    def _direct(self, reported: list[Said]) -> list[Said]:
        out: list[Said] = []
        previous: Said | None = None
        for quote in self.quotes:
            done = next(
                (s for s in reported if s.quote and s.start <= quote.start and quote.end <= s.end),
                None,
            )
            if done is not None:
                previous = done
                continue
            inside = any(s.start <= quote.start and quote.end <= s.end for s in reported)
            if inside or not self._substantial(quote):
                continue
            found = self._attribute(quote)
            if found is None and previous is not None and self._continues(previous, quote):
                found = (previous.speaker, previous.trigger, "continued")
            if found is None or found[0] is None:
                continue
            speaker, trigger, rule = found
            sentence = self._sentence_at(quote.start)
            addressees = (
                self._addressees(self.tree[trigger], speaker) if rule == "attributed" else []
            )
            previous = Said(
                quote.start,
                quote.end,
                speaker,
                True,
                sentence,
                trigger,
                f"quote:{rule}",
                addressees,
            )
            out.append(previous)
        return out

    def _substantial(self, quote: Quote) -> bool:
        """Scare quotes and titles of works are no statements."""
        text = self.tree.text[quote.start : quote.end]
        return len(text.split()) >= 4 or text[-1:] in ".?!,"

    def _sentence_at(self, char: int) -> int:
        for token in self.tree.tokens:
            if token.end > char:
                return token.sentence
        return len(self.tree.sentences) - 1

    def _attribute(self, quote: Quote) -> tuple[Mention | None, int, str] | None:
        """The verb of saying beside a quotation: after its end, or before its start."""
        tree = self.tree
        after = next(
            (
                t.i
                for t in tree.tokens
                if t.start >= quote.end and t.text not in ("”", '"', ",", "’", "'")
            ),
            None,
        )
        before = next(
            (
                t.i
                for t in reversed(tree.tokens)
                if t.end <= quote.start - 1 and t.text not in ("“", '"', "‘")
            ),
            None,
        )
        if after is not None and self._same_line(quote.end, tree[after].start):
            found = self._verb_near(range(after, min(after + 14, len(tree))), quote)
            if found is not None:
                return found
        if before is not None and self._same_line(tree[before].end, quote.start):
            window = range(before, max(before - 16, -1), -1)
            found = self._verb_near(window, quote)
            if found is not None:
                return found
        return None

    def _same_line(self, start: int, end: int) -> bool:
        return "\n" not in self.tree.text[min(start, end) : max(start, end)]

    def _verb_near(self, window: range, quote: Quote) -> tuple[Mention | None, int, str] | None:
        tree = self.tree
        forward = window.step > 0
        for i in window:
            token = tree[i]
            if token.text in ("“", "”", '"') or (forward and token.text in (".", "?", "!")):
                return None
            if not forward and token.text in (".", "?", "!") and token.i != window.start:
                return None
            if token.tag.startswith("VB") and token.lemma in speech("quote"):
                speaker = self._speaker(token) or self._beside(token)
                if speaker is not None:
                    return speaker, token.i, "attributed"
        if not forward and tree[window.start].text == ":":
            mention = next(
                (
                    m
                    for i in window
                    if (m := self.mentions.at(i)) is not None and m.kind == "person"
                ),
                None,
            )
            if mention is not None:
                return mention, mention.start, "colon"
        return None

    def _beside(self, verb: Token) -> Mention | None:
        """The actor right before or after a verb of saying, where the tree gave it no subject."""
        for i in (verb.i - 1, verb.i + 1, verb.i - 2, verb.i + 2):
            if 0 <= i < len(self.tree):
                mention = self.mentions.at(i)
                if mention is not None and mention.kind in _SPEAKERS:
                    return mention
        return None

    def _continues(self, previous: Said, quote: Quote) -> bool:
        """A quotation without attribution goes on where the last one was: in its paragraph, or in
        the next one when the last was left open."""
        between = self.tree.text[previous.end : quote.start]
        if "\n" not in between:
            words_between = len(re.findall(r"\w+", between))
            return words_between < 25
        last = next((q for q in self.quotes if q.end == previous.end), None)
        return last is not None and not last.closed and between.strip(' \n\t“"') == ""

    # -- helpers ----------------------------------------------------------------------------

    def _addressees(self, verb: Token, speaker: Mention | None) -> list[Mention]:
        tree = self.tree
        tokens: list[int] = []
        if verb.lemma in speech("addressee_object"):
            for kid in tree.children(verb.i, "obj", "iobj"):
                tokens += arg.with_conjuncts(tree, kid.i)
        if verb.lemma in speech("addressee_to"):
            tokens += arg.obliques(tree, verb.i, frozenset({"to"}))
        out = []
        for i in tokens:
            mention = self.mentions.at(i)
            if mention is None or mention is speaker or mention.kind not in _SPEAKERS:
                continue
            if mention.text.lower().split()[-1] in words("speech", "audience", "words"):
                continue
            out.append(mention)
        return out

    def _inside_quote(self, token: Token) -> bool:
        return any(q.covers(token.start, token.end) for q in self.quotes)

    def _as_quote(self, start: int, end: int) -> Quote | None:
        """The quotation that a span of reported words amounts to, marks and punctuation aside."""
        for quote in self.quotes:
            if quote.end <= start or quote.start >= end:
                continue
            lead = self.tree.text[start : max(start, quote.start)].strip(_EDGE + '“"‘')
            tail = self.tree.text[min(end, quote.end) : end].strip(_EDGE + '”"’')
            if not lead and not tail:
                return quote
        return None

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.tree.text
        while start < end and text[start] in _EDGE + "”":
            start += 1
        while end > start and text[end - 1] in _EDGE + "“":
            end -= 1
        return start, end


def _all_verbs() -> frozenset[str]:
    return (
        speech("clause")
        | speech("quote")
        | speech("object")
        | speech("whole")
        | speech("infinitive")
    )
