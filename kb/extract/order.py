"""The flat order of an article: what stands beside what, whatever the parser makes of it.

Attribution in news English is told by order: somebody, a verb of saying, the words. Reading that
order needs tags, mentions, dates and quotation marks, and no tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache

from kb.extract.mentions import Mention, Mentions
from kb.language.dates import calendar_words
from kb.language.quotes import Quote
from kb.language.tree import Tree
from kb.lexicon import words

SPEAKERS = frozenset(
    {"person", "role", "state", "organization", "group", "pronoun", "pair", "unknown"}
)
MARKS = frozenset({"`", "“", "”", '"', "''", "``", "«", "»", "‘", "’", "’’", "'"})
CLOSERS = frozenset({".", "?", "!", ";", ":", ")", "”", '"', "''"})
DASHES = frozenset({"-", "–", "—", "--", "―"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset(
    {
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "CD",
        "JJ",
        "JJR",
        "JJS",
        "DT",
        "PDT",
        "PRP$",
        "POS",
        "VBG",
        "VBN",
        "$",
    }
)
_MEMORY = 60  # mentions
_WINDOW = 300  # tokens
_DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight"})
_LOOSE = frozenset({"RB", "RBR", "RBS", "UH"})


@cache
def _calendar() -> frozenset[str]:
    return frozenset(calendar_words())


class Order:
    """One article's tokens in order. Token ranges are half-open; ``-1`` stands for no quotation."""

    def __init__(
        self, tree: Tree, mentions: Mentions, quotes: list[Quote], dates: Iterable[int]
    ) -> None:
        self.tree, self.mentions, self.quotes = tree, mentions, quotes
        self.dates = frozenset(dates)
        self.starts = [t.start for t in tree.tokens]
        self.quote_of = self._quoted()

    def _quoted(self) -> list[int]:
        """For each token the quotation that it stands in."""
        out = [-1] * len(self.tree)
        for k, quote in enumerate(self.quotes):
            for i in range(*self.tokens_in(quote.start, quote.end)):
                out[i] = k
        return out

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin between two characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def before(self, i: int) -> list[Mention]:
        """The last mentions before a token, in text order."""
        items = self.mentions.items
        at = bisect_left(items, i, key=lambda m: m.start)
        return items[max(at - _MEMORY, 0) : at]

    def token_at(self, char: int) -> int:
        """The token that a character stands in, or the last one before it."""
        return max(bisect_right(self.starts, char) - 1, 0)

    def sentence(self, i: int) -> tuple[int, int]:
        """The tokens of the sentence of a token; of what has no full stop, those around it."""
        found = self.tree.sentence_of(i)
        return max(found.start, i - _WINDOW), min(found.end, i + _WINDOW)

    def paragraph(self, i: int) -> int:
        return self.tree.sentence_of(i).paragraph

    def speaker(self, i: int) -> Mention | None:
        """The mention at a token that could speak."""
        mention = self.mentions.at(i)
        if mention is None or mention.kind not in SPEAKERS or self.is_date(i):
            return None
        return mention

    # -- kinds of words ---------------------------------------------------------------------

    def is_date(self, i: int) -> bool:
        if i in self.dates:
            return True
        word, mention = self.tree[i].text.rstrip("."), self.mentions.at(i)
        if mention is not None and mention.kind == "person":
            return False  # "May said"
        return word in _DAYS or (word[:1].isupper() and word.lower() in _calendar())

    def is_preposition(self, i: int) -> bool:
        token = self.tree[i]
        return token.tag in ("IN", "TO") and token.lower not in ("that", "including")

    def is_verb(self, i: int) -> bool:
        return self.tree[i].tag.startswith("VB") or self.tree[i].tag == "MD"

    def is_finite(self, i: int) -> bool:
        return self.tree[i].tag in FINITE or self.tree[i].tag == "MD"

    def is_comma(self, i: int) -> bool:
        """A comma, or a mention that holds the comma behind it ("Oslo, Norway,")."""
        return self.tree[i].text.endswith(",")

    def is_mark(self, i: int) -> bool:
        return self.tree[i].text in MARKS

    def has_finite(self, start: int, end: int) -> bool:
        return any(self.is_finite(i) for i in range(start, end))

    def noun_in(self, start: int, end: int, *keys: str) -> bool:
        """Whether one of the words belongs to lists of ``attribution``."""
        for i in range(start, end):
            found = {self.tree[i].lower, self.tree[i].lemma}
            if any(found & words("speech", "attribution", key) for key in keys):
                return True
        return False

    # -- phrases ----------------------------------------------------------------------------

    def phrase_end(self, i: int, stop: int) -> int:
        """The end of a noun phrase that starts at ``i``: modifiers, nouns, a mention."""
        k = i
        while k < stop and self.quote_of[k] < 0:
            token = self.tree[k]
            if token.tag == "PRP" and k > i:
                break
            if self.mentions.at(k) is not None and token.tag != "PRP$":
                mention = self.mentions.at(k)
                k = max(mention.end, k + 1) if mention is not None else k + 1
                if k < stop and self.tree[k].tag == "POS":
                    k += 1
                    continue
                compound = mention is not None and mention.kind in ("unknown", "organization")
                while compound and k < stop and self.tree[k].tag == "NN" and self.quote_of[k] < 0:
                    k += 1
                return k
            if token.tag not in _NOMINAL or (k > i and token.tag in ("DT", "PRP$")):
                break
            k += 1
        return k

    def phrase_start(self, i: int, stop: int) -> int:
        """The start of a noun phrase that ends with token ``i``."""
        k = i
        while (
            k > stop and self.tree[k - 1].tag in _NOMINAL and self.tree[k].tag not in ("DT", "PRP$")
        ):
            if self.is_date(k - 1):
                break
            k -= 1
        return k

    def past_circumstances(self, i: int, stop: int, told: bool = False) -> int:
        """Past what stands between a verb of saying and the words: adverbs, a date, where it was
        said ("in a statement", "on the margins of the summit"), to whom. ``told`` passes every
        prepositional phrase, as after "told the meeting"."""
        k = i
        while k < stop:
            if self.is_date(k) or (self.tree[k].tag in _LOOSE and self.tree[k].lower != "not"):
                k += 1
                continue
            if not self.is_preposition(k) or self.tree[k].lower in ("if", "whether", "because"):
                return k
            if k + 1 < stop and self.is_date(k + 1):
                k += 2
                continue
            end = self.phrase_end(k + 1, stop)
            place = end > k + 1 and self.noun_in(k + 1, end, "nouns", "venues")
            listener = self.tree[k].lower == "to" and self.mentions.at(k + 1) is not None
            if end == k + 1 or not (place or listener or told):
                return k
            k = self._past_modifiers(end, stop)
        return k

    def _past_modifiers(self, k: int, stop: int) -> int:
        """ "of ...", "with ...", "in Geneva" and a quoted title behind a phrase."""
        while k < stop:
            if self.quote_of[k] < 0 and self.is_mark(k) and k + 1 < stop:
                quote = self.quote_of[k + 1]
                if quote < 0 or not self.is_title(self.quotes[quote]):
                    return k
                k = self.tokens_in(0, self.quotes[quote].end)[1] + 1
                continue
            if self.tree[k].lower not in (
                "of",
                "with",
                "in",
                "at",
                "for",
                "to",
                "after",
                "on",
                "from",
            ):
                return k
            end = self.phrase_end(k + 1, stop)
            if end == k + 1:
                return k
            k = end
        return k

    def is_title(self, quote: Quote) -> bool:
        """A quoted title of a programme or paper: few words, the first with a capital."""
        text = self.tree.text[quote.start : quote.end]
        return len(text.split()) <= 4 and text[-1:] not in ".,?!" and not text[:1].islower()
