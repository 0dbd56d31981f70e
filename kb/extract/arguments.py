"""Who does what in a clause: subjects, objects and obliques of a verb, through passives, control,
relative clauses and coordination. All functions return indices of the arguments' head tokens.
"""

from __future__ import annotations

from kb.extract import flat
from kb.language.tree import Token, Tree
from kb.lexicon import meeting_verbs, words

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_MAX_CLIMB = 6


def with_conjuncts(tree: Tree, i: int) -> list[int]:
    """The token and its coordinated nominals."""
    return [t.i for t in tree.conjuncts(i) if t.i == i or not t.is_verb]


def _antecedent(tree: Tree, clause: Token) -> list[int]:
    """What a relative or participial clause modifies."""
    if clause.rel in ("relcl", "acl") and clause.head != clause.i:
        return with_conjuncts(tree, clause.head) if clause.rel == "acl" else [clause.head]
    return []


def _own(tree: Tree, verb: Token, rels: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    for kid in tree.children(verb.i, *rels):
        if kid.lower in _RELATIVE and kid.pos in ("PRON", "DET", "SCONJ"):
            found += _antecedent(tree, _clause_head(tree, verb)) or [kid.i]
        else:
            found += with_conjuncts(tree, kid.i)
    return found


def _clause_head(tree: Tree, verb: Token) -> Token:
    """The relative clause that the verb belongs to, through coordination and complements."""
    token = verb
    for _ in range(_MAX_CLIMB):
        if token.rel in ("relcl", "acl") or token.head == token.i:
            return token
        if token.rel not in ("conj", "xcomp", "ccomp", "advcl"):
            return token
        token = tree[token.head]
    return token


def is_passive(tree: Tree, verb: Token) -> bool:
    """Whether a verb is passive: "was received", "received by", but not "has received"."""
    auxiliary = flat.before_verb(tree, verb.i)[:1]
    if auxiliary and auxiliary[0].lemma == "have":
        return False
    if any(k.rel in ("auxpass", "subj_pass", "agent") for k in tree.children(verb.i)):
        return True
    bare = verb.tag == "VBN" and not tree.children(verb.i, "aux")
    return bare and verb.rel in ("acl", "relcl", "amod") and not tree.children(verb.i, "obj")


def agents(tree: Tree, verb: Token) -> list[int]:
    """Who does it: the subject of an active verb, the agent of a passive one, or whoever controls
    an infinitive or participle."""
    if is_passive(tree, verb):
        return [k for a in tree.children(verb.i, "agent") for k in with_conjuncts(tree, a.i)]
    return _own(tree, verb, ("subj",)) or _controller(tree, verb, 0)


def patients(tree: Tree, verb: Token) -> list[int]:
    """Whom it is done to: the object, or the subject of a passive."""
    if is_passive(tree, verb):
        own = _own(tree, verb, ("subj_pass", "subj"))
        return own or _antecedent(tree, verb) or _controller(tree, verb, 0)
    objects = _own(tree, verb, ("obj",))
    if objects:
        return objects
    if verb.rel == "relcl" and _own(tree, verb, ("subj",)):  # "the minister he met"
        return [verb.head]
    return []


def _controller(tree: Tree, verb: Token, depth: int) -> list[int]:
    """The understood subject of a verb without one of its own."""
    if depth > _MAX_CLIMB or verb.head == verb.i:
        return []
    head = tree[verb.head]
    if verb.rel in ("relcl", "acl"):
        if verb.tag == "VBN" and not tree.children(verb.i, "aux"):
            return []
        infinitive = any(k.lower == "to" for k in tree.children(verb.i, "mark", "aux"))
        if infinitive and head.lower in words("visits", "invitations", "nouns"):
            return invited(tree, head)
        if verb.rel == "acl" and infinitive:  # "his plan to visit", "a plan to meet"
            owner = tree.children(head.i, "poss")
            if owner:
                return [owner[0].i]
            asking = obliques(tree, head.i, frozenset({"by"}))
            if asking:  # "a request by X to see Y"
                return asking
            return (
                _identified(tree, head) or _asked(tree, head) or _clause_subject(tree, head, depth)
            )
        return [head.i] if head.is_nominal else []
    if verb.rel in ("xcomp", "ccomp", "advcl") and head.is_verb:
        if head.lemma == "become":  # "became the first to visit"
            return subject_of(tree, head, depth + 1)
        asked = head.lemma in words("governors", "proposed", "verbs") - meeting_verbs().keys()
        objects = tree.children(head.i, "obj", "iobj")
        if (
            objects
            and not is_passive(tree, head)
            and (verb.rel == "xcomp" or (asked and verb.tag == "VB"))
        ):
            return with_conjuncts(tree, objects[0].i)
        return subject_of(tree, head, depth + 1)
    if verb.rel in ("xcomp", "ccomp", "advcl", "csubj"):
        return subject_of(tree, head, depth + 1)
    if verb.rel in ("conj", "parataxis"):
        return subject_of(tree, head, depth + 1) if head.is_verb or head.pos == "ADJ" else []
    if verb.rel in ("nmod", "obl", "obj", "appos", "dep", "other"):  # gerunds
        owner = tree.children(verb.i, "poss")
        return [owner[0].i] if owner else _clause_subject(tree, verb, depth)
    return []


def invited(tree: Tree, invitation: Token) -> list[int]:
    """Whom an invitation is for: who answers it ("accepted X's invitation"), or whom it goes to."""
    verb = tree[invitation.head]
    if not verb.is_verb:
        return []
    if verb.lemma in words("visits", "invitations", "answers"):
        return subject_of(tree, verb)
    to = frozenset({"to"})
    objects = [k for t in tree.children(verb.i, "iobj") for k in with_conjuncts(tree, t.i)]
    return objects or obliques(tree, invitation.i, to) or obliques(tree, verb.i, to)


def _identified(tree: Tree, noun: Token) -> list[int]:
    """Who "the last president to visit" is: "was X" behind it, "X became" before it."""
    above = tree[noun.head]
    if tree.children(noun.i, "cop"):
        return _own(tree, noun, ("subj",))
    if noun.rel in ("xcomp", "obj") and above.lemma == "become":
        return subject_of(tree, above)
    if noun.rel == "subj" and above.is_nominal and tree.children(above.i, "cop"):
        return [above.i]
    return []


def _asked(tree: Tree, noun: Token) -> list[int]:
    """Those asked to do it: "urged the government and the rebels to attend"."""
    first = tree[tree.first_conjunct(noun.i)]
    verb = tree[first.head]
    if first.rel in ("obj", "iobj") and verb.lemma in words("governors", "proposed", "verbs"):
        return with_conjuncts(tree, first.i)
    return []


def subject_of(tree: Tree, verb: Token, depth: int = 0) -> list[int]:
    """The grammatical subject of a clause, active or passive, own or understood."""
    return _own(tree, verb, ("subj", "subj_pass")) or _controller(tree, verb, depth)


def _clause_subject(tree: Tree, token: Token, depth: int) -> list[int]:
    for above in tree.ancestors(token.i):
        if above.is_verb or tree.children(above.i, "subj", "subj_pass"):
            return subject_of(tree, above, depth + 1)
    return []


def possessors(tree: Tree, noun: Token) -> list[Token]:
    """Whose a noun is, also where the tree hangs it on a modifier ("X's state visit")."""
    own = tree.children(noun.i, "poss")
    if own:
        return own
    modifiers = [k for k in tree.children(noun.i, "compound", "amod") if k.i < noun.i]
    return [p for k in modifiers for p in tree.children(k.i, "poss")]


def clause_subject(tree: Tree, i: int) -> list[int]:
    """The subject of the clause that a noun stands in ("he spoke during a visit to Rome")."""
    return _clause_subject(tree, tree[i], 0)


def obliques(tree: Tree, i: int, prepositions: frozenset[str]) -> list[int]:
    """Prepositional dependents of a verb or noun introduced by one of the prepositions."""
    found: list[int] = []
    for kid in tree.children(i, "obl", "nmod", "agent"):
        if kid.case and (kid.case[0] in prepositions or " ".join(kid.case) in prepositions):
            found += [
                k
                for k in with_conjuncts(tree, kid.i)
                if k == kid.i or not tree[k].case or tree[k].case[0] in prepositions
            ]
    return found
