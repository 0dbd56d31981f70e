"""Did it happen? The status of an event from tense, modals, negation and governing words.

The climb starts at the trigger and goes up the tree until something decides. A finite verb decides
by its own tense and modal; an infinitive or a noun asks what governs it: "plans to visit" is
planned, "offered talks" proposed, "refused to meet" cancelled, "denied meeting" denied, "after
meeting" as its main clause. Negation turns what was held into denied and what lay ahead into
cancelled. The word lists are in ``kb/lexicon/data/governors.toml``.
"""

from __future__ import annotations

from dataclasses import replace

from kb.extract import flat
from kb.extract.governors import listed_words, negated, verb_status, with_particle
from kb.extract.irrealis import hypothetical, idle
from kb.extract.mentions import Mentions
from kb.extract.tense import FUTURE, Finding, auxiliaries, tense_of, turn
from kb.language.tree import Token, Tree
from kb.lexicon import words

_MAX_CLIMB = 8
_AT = (["during"], ["in"], ["at"], ["after"])


def status_of(tree: Tree, mentions: Mentions, i: int) -> Finding | None:
    """The status of the event that token ``i`` (verb or noun) tells of; None where it is only a
    question, a condition or a habit and tells of no event."""
    token = _head_of_series(tree, tree[i])
    carrier = tree[token.head]
    if hypothetical(tree, token) or idle(tree, token):
        return None
    if carrier.lemma in words("meetings", "light", "verbs") and idle(tree, carrier):
        return None
    if token.tag.startswith("VB") and (token.is_verb or token.rel in ("advcl", "acl", "xcomp")):
        return _verb(tree, token, 0)
    before = f" {flat.introduced_by(tree, mentions, token.i)}"
    if before.endswith((" since", " following")):
        return Finding("held", f"{before.split()[-1]} {token.text}")
    ahead = next((p for p in words("governors", "planned", "prepositions")
                  if before.endswith(f" {p}")), None)  # fmt: skip
    found = _brought(tree, token, before) or _noun(tree, token, 0)
    if ahead is not None and not found.ahead:
        return Finding("planned", f"{ahead} {token.text}")
    if found.borrowed and before.split()[-1:] in _AT and found.status in ("denied", "cancelled"):
        return _aside(tree, token, found)
    if found.ahead and found.borrowed and before.split()[-1:] in _AT:
        return _meanwhile(tree, token, found, before.endswith(" after"))
    if found.status == "held" and before.split()[-1:] in _AT:
        return replace(found, borrowed=False)
    return found


def _head_of_series(tree: Tree, token: Token) -> Token:
    """ "a possible second round of talks": what is said of the round is said of the talks."""
    head = tree[token.head]
    series = head.lower in words("meetings", "of_a_meeting", "nouns")
    return head if token.rel == "nmod" and token.case == ("of",) and series else token


def _brought(tree: Tree, token: Token, before: str) -> Finding | None:
    """ "said he intends to bring ideas to the talks": what the infinitive between says, where the
    tree hangs the noun on the verb before it."""
    if not before.endswith((" to", " into")):
        return None
    between = [t for t in tree.tokens[token.head + 1 : token.i] if t.tag == "VB"]
    infinitive = between[-1] if between and tree[token.head].is_verb else None
    return None if infinitive is None else _verb(tree, infinitive, 0)


def _aside(tree: Tree, token: Token, found: Finding) -> Finding:
    """ "did not raise it during the talks": what is denied is not the talks."""
    for above in tree.ancestors(token.i):
        if above.is_verb and (own := tense_of(tree, above, auxiliaries(tree, above))) is not None:
            return Finding("planned" if own.ahead else "held", above.text, borrowed=own.ahead)
    return found


def _meanwhile(tree: Tree, token: Token, found: Finding, after: bool) -> Finding:
    """ "agreed to go on during the talks": held, unless the clause's finite verb lies ahead or is
    itself a plan ("plans to raise it during the talks")."""
    for above in tree.ancestors(token.i):
        if above.is_verb and (own := tense_of(tree, above, auxiliaries(tree, above))) is not None:
            committed = after or above.lemma in words("governors", "commissive", "verbs")
            return found if own.ahead or not committed else Finding("held", above.text, True)
    return found


def _verb(tree: Tree, token: Token, depth: int) -> Finding:
    if depth > _MAX_CLIMB:
        return Finding("held", token.text)
    told = _verb_group(tree, token)
    if told is not None:
        return _above(tree, token, told)
    negation = negated(tree, token)
    aux = auxiliaries(tree, token)
    own = tense_of(tree, token, aux)
    if own is not None:
        return _above(tree, token, turn(own, negation))
    return turn(_governed(tree, token, depth), negation)


def _verb_group(tree: Tree, token: Token) -> Finding | None:
    """What the words before the verb decide, whatever the tree: "is due to meet", "has yet to
    meet", "is to meet", "will not meet"."""
    group = flat.before_verb(tree, token.i)
    if not group:
        return None
    lowers = [t.lower for t in group]
    negation = flat.negative(group)
    if "to" in lowers:
        at = lowers.index("to")
        after = lowers[at + 1 :]
        if after[:1] == ["yet"]:
            return Finding("denied", f"yet to {token.text}")
        if after and "have" in lowers[:at] and after[0] in ("was", "were"):
            return Finding("cancelled", f"{after[0]} to have {token.text}")
        if group[at:][1:] and group[at + 1].lemma == "be":
            return turn(Finding("planned", f"{group[at + 1].text} to {token.text}"), negation)
        if token.head == token.i and not after:
            return turn(Finding("planned", f"to {token.text}"), negation)  # a headline
        governor = group[at].i - 1
        if governor >= tree.sentence_of(token.i).start and not after:
            word = tree[governor]
            status = listed_words("adjectives").get(word.lower)
            if status is not None and word.tag in ("JJ", "VBN", "VBD", "RB", "IN"):
                outer = flat.negative(flat.before_verb(tree, governor))
                return turn(Finding(status, f"{word.text} to {token.text}"), negation or outer)
        return None
    if any(word in FUTURE for word in lowers):
        return turn(Finding("planned", f"will {token.text}"), negation)
    return None


def _above(tree: Tree, token: Token, own: Finding) -> Finding:
    """A finite clause as its governor sees it: denied, hoped for, made conditional."""
    mark = next((k.lower for k in tree.children(token.i, "mark", "advmod")
                 if k.lower in words("governors", "conditional", "marks")), None)  # fmt: skip
    if mark:
        return Finding("proposed", mark)
    if token.rel in ("acl", "relcl", "ccomp") and any(
        k.lower == "that" for k in tree.children(token.i)
    ):
        noun = tree[token.head]
        promised = listed_words("nouns").get(noun.lower)
        if promised is not None:
            return Finding(promised, noun.text)
        if noun.is_nominal and verb_status(tree, tree[noun.head]) == "denied":
            return turn(own, tree[noun.head].text)  # "denied reports that"
    if token.rel != "ccomp" or token.head == token.i:
        return own
    head = tree[token.head]
    listed = verb_status(tree, head)
    if listed == "denied" and not negated(tree, head):
        return turn(own, head.text)
    if listed == "proposed" and head.lemma in ("hope", "want", "propose", "suggest", "wish"):
        return Finding("proposed", head.text)
    if listed == "cancelled" and own.ahead:
        return Finding("cancelled", head.text)
    return own


def _governed(tree: Tree, token: Token, depth: int) -> Finding:
    """An infinitive, participle or gerund: what governs it decides."""
    if token.head == token.i:
        return Finding("held", token.text)
    head = tree[token.head]
    marks = {k.lower for k in tree.children(token.i, "mark", "case", "advmod")}
    purpose = "to" in {k.lower for k in tree.children(token.i, "mark", "aux")}
    if marks & {"before", "ahead"}:
        main = status_up(tree, head, depth)
        return main if main.ahead else Finding("planned", f"before {token.text}")
    if marks & words("governors", "conditional", "marks"):
        return Finding("proposed", token.text)
    if "after" in marks and token.tag == "VBG":
        main = status_up(tree, head, depth)
        return Finding("held", f"after {token.text}") if main.present else main
    if purpose and token.rel == "acl" and _first_to(tree, head):
        return replace(status_up(tree, head, depth), borrowed=False)
    if token.rel == "advcl" and token.tag == "VBG" and token.i < head.i and head.is_verb:
        return _borrowed(_verb(tree, head, depth + 1))  # "Visiting Rome, he called for trade"
    if "against" in marks:
        return Finding("cancelled", f"{head.text} against {token.text}")
    if token.rel == "conj" and purpose and (shared := verb_status(tree, head)) is not None:
        return turn(Finding(shared, head.text), negated(tree, head))  # "is expected to A and to B"
    if token.rel == "conj" and head.is_verb:
        return _verb(tree, head, depth + 1)
    if token.rel == "conj":
        return status_up(tree, head, depth)
    if purpose and _yet(tree, head):
        return Finding("denied", f"yet to {token.text}")
    if purpose and head.lemma == "be":
        return Finding("planned", f"{head.text} to {token.text}")
    asked = _object_between(tree, token, head) if purpose and token.rel == "advcl" else None
    return _by_governor(tree, token, asked or head, depth)


def _object_between(tree: Tree, token: Token, head: Token) -> Token | None:
    """ "denied a request by X to meet Y": the infinitive is the request's, though the tree hangs it
    on the verb."""
    objects = [k for k in tree.children(head.i, "obj") if head.i < k.i < token.i]
    nouns = listed_words("nouns")
    return next((k for k in objects if k.lower in nouns or k.lemma in nouns), None)


def _first_to(tree: Tree, noun: Token) -> bool:
    """ "was the first leader to meet him": what the main clause says is said of the meeting."""
    first = words("governors", "ordinal", "words")
    near = [k.lower for k in tree.children(noun.i, "amod", "advmod")]
    return bool(first & {*near, *noun.lower.split()})


def _by_governor(tree: Tree, token: Token, head: Token, depth: int) -> Finding:
    if head.is_verb:
        listed = verb_status(tree, head)
        if listed is not None and token.rel in (
            "xcomp",
            "ccomp",
            "advcl",
            "obj",
            "csubj",
            "acl",
            "obl",
        ):
            outer = verb_status(tree, tree[head.head]) if head.rel in ("xcomp", "ccomp") else None
            if outer in ("cancelled", "denied"):  # "failed to agree to meet"
                return turn(Finding(outer, tree[head.head].text), negated(tree, tree[head.head]))
            return turn(Finding(listed, head.text), negated(tree, head))
        return _borrowed(_verb(tree, head, depth + 1))
    if head.pos == "ADJ" or head.tag in ("VBN", "JJ"):
        status = listed_words("adjectives").get(head.lower)
        if status is not None:
            return turn(Finding(status, head.text), negated(tree, head))
    if head.pos == "NOUN":
        status = listed_words("nouns").get(head.lower) or listed_words("nouns").get(head.lemma)
        if head.lower in words("governors", "taken", "nouns") and head.rel == "obj":
            own = tense_of(tree, tree[head.head], auxiliaries(tree, tree[head.head]))
            if own is not None and not negated(tree, tree[head.head]):
                return own  # "had a chance to meet"
        if status is not None and token.rel in ("acl", "nmod", "xcomp", "ccomp", "relcl", "advcl"):
            no = any(k.lower == "no" for k in tree.children(head.i, "det"))
            answer = (
                verb_status(tree, tree[head.head]) if head.rel in ("obj", "subj_pass") else None
            )
            if status == "proposed" and answer == "denied":  # a request
                answer = "cancelled"
            if status == "proposed" and answer in ("planned", "cancelled"):  # accepted, declined
                return turn(Finding(answer, tree[head.head].text), negated(tree, tree[head.head]))
            return turn(Finding(status, head.text), "no" if no else None)
        return _noun(tree, head, depth + 1)
    return status_up(tree, head, depth)


def _borrowed(finding: Finding) -> Finding:
    return replace(finding, borrowed=True)


def status_up(tree: Tree, head: Token, depth: int) -> Finding:
    """The status of what governs the trigger, lent to it."""
    if head.is_verb:
        return _borrowed(_verb(tree, head, depth + 1))
    return _borrowed(_noun(tree, head, depth + 1))


def _yet(tree: Tree, head: Token) -> bool:
    return any(k.lower == "yet" for k in tree.children(head.i, "advmod")) and head.lemma in (
        "have",
        "be",
    )


def _noun(tree: Tree, token: Token, depth: int) -> Finding:
    """A meeting or visit told by a noun: its adjectives, then what it depends on."""
    if depth > _MAX_CLIMB:
        return Finding("held", token.text)
    for kid in tree.children(token.i, "amod", "compound", "acl"):
        if kid.lower in words("governors", "over", "adjectives") and kid.i < token.i:
            return Finding("held", kid.text)
        status = listed_words("adjectives").get(kid.lower)
        if status is not None and kid.i < token.i:
            return _called_off(tree, token) or Finding(status, kid.text)
        listed = verb_status(tree, kid) if kid.tag == "VBN" and kid.i > token.i else None
        if listed is not None:
            return _called_off(tree, token) or Finding(listed, kid.text)
    if any(k.rel == "cop" for k in tree.children(token.i)) or token.head == token.i:
        own = tense_of(tree, token, auxiliaries(tree, token))
        return turn(own or Finding("held", token.text), negated(tree, token))
    head = tree[token.head]
    if "due" in head.case and token.rel in ("nmod", "obl"):
        return Finding("planned", f"due {token.text}")  # "was due in Rome for talks"
    if token.rel == "subj" and head.pos == "ADJ" and head.lower in listed_words("adjectives"):
        said = Finding(listed_words("adjectives")[head.lower], head.text)  # "a meeting is likely"
        return turn(said, negated(tree, head))
    if token.rel == "conj":
        return status_up(tree, head, depth)
    no = any(k.lower == "no" for k in tree.children(token.i, "det"))
    if head.is_verb:
        told = negated(tree, head) == "no"  # the verb has counted it
        return turn(_noun_under_verb(tree, token, head, depth), "no" if no and not told else None)
    if head.pos == "ADJ":
        status = listed_words("adjectives").get(head.lower)
        if status is not None and token.rel in ("obl", "nmod"):
            return turn(Finding(status, head.text), negated(tree, head))
        return status_up(tree, head, depth)
    if head.lower in words("governors", "over", "feelings") and token.rel == "nmod":
        return _borrowed(Finding("held", f"{head.text} for"))
    if head.lower in words("governors", "taken", "nouns") and token.case == ("of",):
        return _borrowed(Finding("held", f"{head.text} of"))  # "the occasion of his visit"
    if head.pos == "NOUN" and token.rel in ("nmod", "acl"):
        status = listed_words("nouns").get(head.lower) or listed_words("nouns").get(head.lemma)
        if status is not None and set(token.case) & {"for", "of", "to", "on", "about"}:
            none = any(k.lower == "no" for k in tree.children(head.i, "det"))
            return turn(Finding(status, head.text), "no" if none else None)  # "no plans for"
    return status_up(tree, head, depth)


def _called_off(tree: Tree, token: Token) -> Finding | None:
    """What is done to a planned or proposed event: "cancelled the planned visit"."""
    head = tree[token.head]
    listed = verb_status(tree, head) or listed_words("nouns").get(head.lower)
    if listed in ("cancelled", "denied") and token.rel != "root":
        return turn(Finding(listed, head.text), negated(tree, head))
    return None


def _noun_under_verb(tree: Tree, token: Token, head: Token, depth: int) -> Finding:
    if head.lemma in words("governors", "over", "verbs") and token.case in (("on",), ("upon",)):
        return Finding("held", f"{head.text} {token.case[0]}")  # "will follow up on their talks"
    listed = verb_status(tree, head)
    governs = token.rel in ("obj", "subj_pass", "ccomp", "xcomp") or (
        token.rel == "obl" and set(token.case) & {"for", "on", "to", "out", "off"}
    )
    bare = with_particle(tree, head) in words("governors", "proposed", "intransitive")
    if token.rel == "subj" and with_particle(tree, head) in words("governors", "cancelled", "fail"):
        return turn(Finding("cancelled", head.text), negated(tree, head))
    if token.rel == "obj" and bare:
        listed = None  # "hope X's visit helps": no object, but a subject
    if listed is not None and governs and head.lemma not in words("meetings", "light", "verbs"):
        return turn(Finding(listed, head.text), negated(tree, head))
    if listed in ("planned", "cancelled") and governs:
        return turn(Finding(listed, head.text), negated(tree, head))
    found = _verb(tree, head, depth + 1)
    carries = (
        head.lemma in words("meetings", "light", "verbs")
        or head.lemma in words("meetings", "light", "happen")
        or head.lemma in words("visits", "nouns", "light")
    )
    return found if carries else _borrowed(found)
