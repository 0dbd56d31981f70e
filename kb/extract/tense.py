"""What the form of a verb says of an event: tense, modals, negation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kb.language.tree import Token, Tree
from kb.lexicon import words
from kb.model import Status

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A status and the words it came from; ``borrowed`` where it is only the main clause's ("after
    the talks, X said"), which says less about the event than words of its own."""

    status: Status
    source: str
    borrowed: bool = False
    present: bool = False
    """Told in the present tense: "arrives on Friday" lies ahead."""

    @property
    def ahead(self) -> bool:
        return self.status in ("planned", "proposed")


def turn(finding: Finding, negation: str | None) -> Finding:
    """Negation: held → denied, ahead → cancelled, cancelled → proposed ("did not rule out")."""
    if not negation:
        return finding
    turned: dict[Status, Status] = {
        "held": "denied",
        "planned": "cancelled",
        "proposed": "cancelled",
        "cancelled": "proposed",
        "denied": "held",
    }
    return replace(finding, status=turned[finding.status], source=f"{negation} {finding.source}")


def announced(finding: Finding, day: str | None) -> Finding:
    """ "looks forward to welcoming X on Friday": a wish that has a day is a plan."""
    wish = finding.status == "proposed" and finding.source.lower() in words(
        "governors", "proposed", "announced"
    )
    return replace(finding, status="planned") if wish and day is not None else finding


def auxiliaries(tree: Tree, token: Token) -> list[Token]:
    aux = tree.children(token.i, "aux", "auxpass", "cop")
    if not aux and token.rel == "conj":  # "will visit Rome and meet the Pope"
        head = tree[tree.first_conjunct(token.i)]
        if head.i != token.i and head.is_verb and head.tag == token.tag:
            return auxiliaries(tree, head)
    return aux


def tense_of(tree: Tree, token: Token, aux: list[Token]) -> Finding | None:
    """What the verb's own form decides; None for infinitives and participles."""
    lowers = [a.lower for a in aux]
    for a in aux:
        if a.lower in FUTURE or a.lemma in ("will", "shall"):
            return Finding("planned", f"{a.text} {token.text}")
        if a.tag == "MD" or a.lower in words("governors", "proposed", "modals"):
            reported = token.rel == "ccomp" and tree[token.head].tag in ("VBD", "VBN", "VBG")
            if a.lower in ("would", "'d", "’d") and reported:
                return Finding("planned", f"{a.text} {token.text}")
            return Finding("proposed", f"{a.text} {token.text}")
    if aux:
        under_way = token.tag == "VBG" and any(a.tag in ("VBZ", "VBP") for a in aux)
        return Finding("held", " ".join([*lowers, token.text]), present=under_way)
    if any(k.lower == "to" for k in tree.children(token.i, "mark", "aux", "other")):
        return None
    if token.tag in ("VBZ", "VBP") and later(tree, token):
        return Finding("planned", f"{token.text} later", present=True)
    if token.tag in ("VBD", "VBZ", "VBP"):
        return Finding("held", token.text, present=token.tag != "VBD")
    if token.tag == "VBN" and token.rel in ("root", "ccomp", "parataxis", "conj"):
        return Finding("held", token.text)
    if token.tag == "VB" and token.rel == "root":
        return Finding("held", token.text)
    return None


def later(tree: Tree, token: Token) -> bool:
    """ "arrives later in the day"."""
    rest = tree.tokens[token.i + 1 : min(token.i + 6, tree.sentence_of(token.i).end)]
    return any(t.lower.startswith("later") for t in rest)
