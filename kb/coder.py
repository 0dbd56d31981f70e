"""The default extractor: from an article to what it tells, by rules over dependency trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import kb
from kb.errors import ExtractionError, KBError
from kb.extract.meetings import MeetingRules
from kb.extract.press import title_speaker
from kb.extract.scan import Scanner
from kb.extract.settings import Settings
from kb.extract.simplify import simplify
from kb.extract.statements import StatementRules
from kb.extract.visits import VisitRules
from kb.gazetteer import gazetteer
from kb.language.dates import dateline
from kb.language.pipeline import load, model_version
from kb.language.quotes import find_quotes
from kb.language.words import LONGEST_SENTENCE, Words, read_words
from kb.model import Article, Extraction
from kb.resolve.link import Linker
from kb.resolve.records import Recorder
from kb.resolve.registry import MOST_PEOPLE, Registry

if TYPE_CHECKING:
    from spacy.language import Language


class Extractor(Protocol):
    """Anything that turns an article into what it tells. ``version`` names it for good: an article
    coded by the same version need not be coded again."""

    @property
    def version(self) -> str: ...

    def code(self, article: Article) -> Extraction: ...


@dataclass(frozen=True, slots=True)
class ExtractionFailure:
    """An article that could not be coded, and why."""

    article: Article
    error: KBError


READ = (None, "en")
"""Languages of articles that the rules read; ``None`` is one that nobody has looked at."""

NOT_ENGLISH = "not in English: no events are read from it"


class Coder:
    """The rule-based extractor; ``model`` names a spaCy pipeline (None: the shipped one).

    The pipeline is loaded at the first article. With ``explain`` every record and actor tells what
    it was read from (``kb.model.Trace``).
    """

    def __init__(self, model: str | None = None, explain: bool = False) -> None:
        self.model, self.explain = model, explain

    def __reduce__(self) -> tuple[type[Coder], tuple[str | None, bool]]:
        """Another process loads the pipeline itself."""
        return Coder, (self.model, self.explain)

    @cached_property
    def nlp(self) -> Language:
        return load(self.model)

    @cached_property
    def version(self) -> str:
        return f"kb {kb.__version__}; {model_version(self.nlp)}; gazetteer {gazetteer().version}"

    def code(self, article: Article) -> Extraction:
        """What the article tells; nothing where it is not in English. Raises ``ExtractionError``
        where it cannot be coded."""
        if article.language not in READ:
            return Extraction(article, coder=self.version, notes=(NOT_ENGLISH,))
        nlp = self.nlp  # loads numpy's BLAS, which is to be found below
        from kb.language.blas import one_thread

        try:
            with one_thread():
                return extract(nlp, article, self.version, self.explain)
        except KBError:
            raise
        except Exception as error:  # whatever an article does to the rules, the others go on
            raise ExtractionError(
                f"{article.origin or article.id}: cannot be coded "
                f"({type(error).__name__}: {str(error)[:200]})",
                "this is a defect of the program; --debug shows where it lies",
            ) from error

    def code_all(self, articles: Iterable[Article]) -> Iterator[Extraction | ExtractionFailure]:
        """Code articles one after the other; a failing one is yielded as such, the rest go on."""
        for article in articles:
            try:
                yield self.code(article)
            except KBError as error:
                yield ExtractionFailure(article, error)


def extract(nlp: Language, article: Article, coder: str, explain: bool = False) -> Extraction:
    """Apply the rules to an article, in the order of the pipeline."""
    names = gazetteer()
    line = dateline(article.body)
    quotes = find_quotes(article.body)
    words = read_words(nlp, article.body, skip=line.end if line else 0)
    text = simplify(nlp, words, Scanner(words, names, article.published).scan())
    tree, mentions = text.tree, text.mentions
    home = names.publisher_state(article.source)
    settings = Settings.of(text, names, article.published)
    author = title_speaker(nlp, article.title, names, article.published)
    days = [d.token for d in text.dates]
    said = StatementRules(tree, mentions, quotes, days, author).find()
    meetings = MeetingRules(tree, mentions, settings, quotes, said).find()
    visits = VisitRules(tree, mentions, settings, quotes, said).find()
    registry = Registry(names, article.published, home, article.title)
    linker = Linker(tree, mentions, registry, quotes, meetings)
    linker.run()
    recorder = Recorder(article, tree, linker, explain)
    notes = _notes(article, words, registry)
    return recorder.extraction(meetings, visits, said, coder, notes)


def _notes(article: Article, words: Words, registry: Registry) -> tuple[str, ...]:
    """What is to be known of how an article was read, in sentences."""
    notes = []
    if not article.published:
        notes.append("no publication date: weekdays and months stay unresolved")
    if words.cut:
        notes.append(
            f"cut {words.cut} times within a sentence of more than {LONGEST_SENTENCE} words"
        )
    if registry.left_out:
        notes.append(
            f"more than {MOST_PEOPLE} persons: {registry.left_out} mentions of others left out"
        )
    return tuple(notes)
