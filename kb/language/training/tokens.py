"""The tokeniser of the pipeline: spaCy's English one, cut as the treebanks cut.

Universal Dependencies split words at hyphens ("two - year"), but not after a prefix
("anti-government", "co-founder"). Korean and Chinese given names ("Duck-soo") stay in one piece,
as GUM mostly has them; pairs of states ("U.S.-Russia") are cut. All is kept as data inside the
saved tokeniser: loading the pipeline needs no code of ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.language.training.lexicon import tables

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

_INFIXES = (
    r"(?<=[A-Z]\.)[-–—/](?=[A-Za-z])",  # "U.S.-led": spaCy cuts only between letters
    r"(?<=[a-z])[.!?](?=[”\"][A-Z])",  # "It ended.”He left": blanks get lost on web pages
    r"(?<=[.!?,])[”\"](?=[A-Z])",
    r"(?<=[a-z]):(?=[“\"][A-Z])",  # "It reads:“We came"
    r"(?<=[a-z]:)[“\"](?=[A-Z])",
)

GIVEN = rf"[A-Z][a-z]+-(?:{'|'.join(tables()['syllables'])})"
"""A given name of two syllables."""


def tokenizer(nlp: Language) -> Tokenizer:
    """A tokeniser for the vocabulary of ``nlp``, an English pipeline."""
    from spacy.attrs import ORTH
    from spacy.lang.en import English
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    defaults = English.Defaults
    rules = {text: list(cut) for text, cut in (defaults.tokenizer_exceptions or {}).items()}
    rules.pop("and/or", None)
    for word in tables()["abbreviations"]:
        rules[word] = [{ORTH: word}]
    prefixes = "|".join(map(re.escape, tables()["prefixes"]))
    whole = re.compile(rf"^(?:(?i:{prefixes})[-–][^\W\d_]+|{GIVEN})$")
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(defaults.prefixes or []).search,
        suffix_search=compile_suffix_regex(defaults.suffixes or []).search,
        infix_finditer=compile_infix_regex([*(defaults.infixes or []), *_INFIXES]).finditer,
        token_match=whole.match,
        url_match=defaults.url_match,
    )
