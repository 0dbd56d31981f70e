"""Who goes along: "X, accompanied by Y", "Y joined X on the trip"."""

from __future__ import annotations

from kb.extract import arguments as arg
from kb.extract.events import Told
from kb.extract.mentions import Mention
from kb.extract.sides import Sides
from kb.extract.status import status_of
from kb.language.tree import Tree
from kb.lexicon import words

_BY = frozenset({"by"})


def companions(tree: Tree, sides: Sides) -> list[Told]:
    """Tellings of somebody who shares the journeys of another: the companion is the side, the one
    he goes with the host. Which journeys these are, the records tell."""
    out: list[Told] = []
    for token in tree.tokens:
        if token.lemma not in words("visits", "companions", "verbs"):
            continue
        if not token.tag.startswith("VB"):
            continue
        going = sides.of(arg.agents(tree, token))
        if arg.is_passive(tree, token):
            going = going or sides.introduced(token.i, _BY)
        leading = [m for m in sides.of(arg.patients(tree, token)) if m not in going]
        finding = status_of(tree, sides.mentions, token.i)
        if finding is None or len(leading) != 1 or not _person(leading[0]):
            continue
        out += [
            Told(
                trigger=token.i,
                sentence=token.sentence,
                status=finding.status,
                source=finding.source,
                sides=[one],
                rule=f"companion:{token.lemma}",
                host=leading[0],
            )
            for one in going
            if _person(one) and one.kind != "pronoun"
        ]
    return out


def _person(mention: Mention) -> bool:
    return mention.kind in ("person", "role", "pronoun") and not mention.plural
