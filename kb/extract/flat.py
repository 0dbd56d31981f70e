"""A second reading, over words and mentions alone: verb groups, lists, what stands before a noun.

A tree goes wrong on long sentences where the order of words still tells: "is due to meet", "A, B
and C", "ahead of X's visit". The rules ask here first where the words decide, or here as well
where the tree found nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.mentions import Mention, Mentions
from kb.language.tree import Token, Tree
from kb.lexicon import words

_GROUP_TAGS = frozenset({"MD", "TO", "RB", "RBR"})
_GROUP_LEMMAS = frozenset({"be", "have", "do", "get", "will", "shall"})
_MODIFIER_TAGS = frozenset(
    {"DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$", "POS", "VBG", "VBN"}
    | {"HYPH", "RB"}
)
_PARTICIPIAL = frozenset({"following", "including", "involving", "regarding"})
_CLAUSE_WORDS = frozenset({"who", "which", "whom", "whose", "that"})
_OBJECTS = frozenset({"with", "to", "by", "of", "from", "for", "against"})
_BETWEEN = frozenset({"between", "among", "amongst"})
_AMONG = frozenset({",", "and", "&", "plus"})
_BODIES = frozenset({"state", "organization"})
_CLOSING = frozenset({"and", "&", "well"})  # "A, B as well as C"
_MAX_GAP = 14


def before_verb(tree: Tree, i: int) -> list[Token]:
    """The auxiliaries, adverbs and the like left of a verb, the nearest first."""
    out: list[Token] = []
    first = tree.sentence_of(i).start
    for k in range(i - 1, first - 1, -1):
        token = tree[k]
        adverbial = token.lower in words("meetings", "earlier", "words")
        if token.tag in _GROUP_TAGS or token.lemma in _GROUP_LEMMAS or adverbial:
            out.append(token)
        else:
            break
    return out


def nominal(tree: Tree, mentions: Mentions, i: int) -> bool:
    """Whether a verb's form can only be a noun: "the president's visit", "multi-party talks"."""
    left = tree[i - 1] if i else None
    if left is None or left.sentence != tree[i].sentence or tree[i].tag in ("VBD", "VBN", "VBG"):
        return False
    return (
        left.tag in ("POS", "PRP$", "DT", "JJ", "NN", "NNP", "CD") and mentions.at(left.i) is None
    )


def phrase_start(tree: Tree, mentions: Mentions, i: int) -> int:
    """The first token of the noun phrase that ends with noun ``i``: "U.S. President X's visit"."""
    first = tree.sentence_of(i).start
    k = i
    while k > first:
        left = tree[k - 1]
        if left.lower in _PARTICIPIAL:
            break
        if mentions.at(k - 1) is None and left.tag not in _MODIFIER_TAGS:
            break
        k -= 1
    return k


def introduced_by(tree: Tree, mentions: Mentions, i: int) -> str:
    """The preposition before a noun's phrase, of up to four words ("ahead of", "on the eve of")."""
    start = phrase_start(tree, mentions, i)
    first = tree.sentence_of(i).start
    left = [t.lower for t in tree.tokens[max(first, start - 4) : start]]
    return " ".join(left)


def opening_at(tree: Tree, mentions: Mentions, k: int) -> Mention | None:
    """The mention that a token begins; behind a possessor the one possessed ("Norway's X")."""
    found = mentions.at(k)
    if found is None or found.start != k:
        return None
    if found.end + 1 < len(tree) and tree[found.end].tag == "POS":
        owned = mentions.at(found.end + 1)
        if owned is not None and owned.start == found.end + 1 and owned.kind in ("person", "role"):
            return owned
    return found


def verb_before(tree: Tree, i: int) -> Token | None:
    """The nearest finite verb left of a token in its sentence."""
    for k in range(i - 1, tree.sentence_of(i).start - 1, -1):
        if tree[k].tag in ("VBD", "VBZ", "VBP"):
            return tree[k]
    return None


def listed_after(tree: Tree, mentions: Mentions, mention: Mention) -> list[Mention]:
    """Mentions in one list with this one ("A, B and C"): nothing but commas, "and" and prepositions
    repeated between them, closed by "and", and none the subject of a verb that follows."""
    out: list[Mention] = []
    closed = False
    # behind "between" a list goes on to its "and", whatever the tree makes of it
    sure = mention.start > 0 and tree[mention.start - 1].lower in _BETWEEN
    for joiners, found in list_steps(tree, mentions, mention):
        bodies = sure and {mention.kind, found.kind} <= _BODIES  # "between Israel and Hamas"
        if not (bodies or _alike(mention, found)) or (not sure and _starts_clause(tree, found)):
            break
        out.append(found)
        if not _CLOSING.isdisjoint(joiners):
            closed = True
            break
    return out if closed else []


def list_steps(
    tree: Tree, mentions: Mentions, mention: Mention
) -> Iterator[tuple[list[str], Mention]]:
    """What is joined to a mention by commas and "and", one after the other; a place behind each
    may stand between ("A in Rome and B in Bonn")."""
    limit = tree.sentence_of(mention.start).end
    end = mention.end
    while end < limit:
        joiners: list[str] = []
        end = _past_place(tree, mentions, end, limit)
        while end < limit and (
            tree[end].lower in _AMONG
            or (joiners and tree[end].lower in ("as", "well", "also", "the", "then", "with"))
        ):
            joiners.append(tree[end].lower)
            end += 1
        found = opening_at(tree, mentions, end) if end < limit else None
        if not joiners or found is None or found.kind == "pronoun":
            return
        yield joiners, found
        end = found.end


def _past_place(tree: Tree, mentions: Mentions, end: int, limit: int) -> int:
    """Past "in Rome on Monday" where "and" follows."""
    k = end
    if k + 2 < limit and tree[k].lower in ("in", "at"):
        place = mentions.at(k + 1)
        if place is not None and place.start == k + 1 and place.kind in ("place", "state"):
            k = place.end
    if k + 2 < limit and tree[k].lower == "on" and mentions.at(k + 1) is None:
        k += 2
    goes_on = k < limit and tree[k].lower == "and"
    return k if goes_on else end


def _alike(a: Mention, b: Mention) -> bool:
    """Whether two mentions can stand in one list of participants."""
    apart = {"state", "organization", "unknown", "place"}
    return a.kind == b.kind or not ({a.kind, b.kind} & apart)


def _starts_clause(tree: Tree, mention: Mention) -> bool:
    """Whether what follows a mention makes it a subject ("... and Y said")."""
    head = tree[mention.end - 1]
    if head.rel in ("subj", "subj_pass") and head.head >= mention.end:
        return True
    limit = tree.sentence_of(mention.start).end
    if mention.end >= limit:
        return False
    following = tree[mention.end]
    return following.tag in ("VBD", "VBZ", "VBP", "MD")


def subject_left(tree: Tree, mentions: Mentions, i: int) -> list[Mention]:
    """Who stands directly before a verb group, with the list that ends there; a parenthesis between
    commas is passed over. Empty where something else stands there."""
    first = tree.sentence_of(i).start
    k = _group_start(tree, i) - 1
    if k >= first and tree[k].lower in _CLAUSE_WORDS:
        k -= 1
        if k >= first and tree[k].lower == ",":
            k -= 1
    elif k >= first and tree[k].lower == ",":
        apposed = mentions.at(k - 1)
        opening = _before_parenthesis(tree, k)
        if apposed is not None and apposed.kind == "person" and apposed.start == opening + 2:
            return [apposed]  # "her adviser, X, went"
        k = opening
    found = mentions.at(k) if k >= first else None
    if found is None or found.kind == "place":
        return []
    return [*_listed_before(tree, mentions, found), found]


def _group_start(tree: Tree, i: int) -> int:
    """The first token of a verb group, "is expected to" and the like taken along."""
    group = before_verb(tree, i)
    start = group[-1].i if group else i
    governing = words("governors", "planned", "adjectives").union(
        words("governors", "proposed", "adjectives")
    )
    left = tree[start - 1] if start else None
    if group and group[-1].lower == "to" and left is not None and left.lower in governing:
        return _group_start(tree, start - 1)
    return start


def _before_parenthesis(tree: Tree, comma: int) -> int:
    first = tree.sentence_of(comma).start
    for k in range(comma - 1, max(first, comma - _MAX_GAP) - 1, -1):
        if tree[k].lower == ",":
            return k - 1
    return first - 1


def _listed_before(tree: Tree, mentions: Mentions, mention: Mention) -> list[Mention]:
    out: list[Mention] = []
    first = tree.sentence_of(mention.start).start
    start, closed = mention.start, False
    while start > first:
        k = start - 1
        if tree[k].tag == "POS" and (owner := mentions.at(k - 1)) is not None:
            k = owner.start - 1  # "France's X and Norway's Y"
        joiners: list[str] = []
        while k >= first and tree[k].lower in _AMONG:
            joiners.append(tree[k].lower)
            k -= 1
        found = mentions.at(k) if k >= first else None
        if not joiners or found is None or found.end != k + 1 or not _alike(found, mention):
            break
        closed = closed or "and" in joiners or "&" in joiners
        if not closed:
            break
        out.insert(0, found)
        start = found.start
    opening = tree[start - 1] if start > first else None
    governed = opening is not None and (opening.lower in _OBJECTS or opening.tag.startswith("VB"))
    return [] if governed else out  # "spoke with A, and B said"


def negative(words_before: list[Token]) -> str | None:
    """The negation of a verb group, where it has one."""
    return next(
        (t.text for t in words_before if t.lower in words("governors", "negation", "words")), None
    )
