"""Extractors for tests that other processes can load."""

from __future__ import annotations

import os
import signal
import time

from building import extraction, meeting

from kb.errors import ExtractionError
from kb.model import Article, Extraction


class Scripted:
    """Finds the same meeting in every article; an article can also ``fail``, or ``kill`` the
    process that reads it, by its text."""

    version = "scripted 1"

    def code(self, article: Article) -> Extraction:
        if article.text == "fail":
            raise ExtractionError(f"{article.id}: as it was told to")
        if article.text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        told = extraction(article.id, meeting("Putin", "Macron", on="2022-02-07"))
        coder = f"{self.version}, process {os.getpid()}"
        return Extraction(article, told.actors, told.meetings, coder=coder)


class Local(Scripted):
    """One that cannot be handed to other processes."""

    def __init__(self) -> None:
        self.read = lambda text: text


class Steady:
    """The same everywhere: of an article named ``7`` it finds a meeting on the 8th of a month, and
    the words of an article can be "fail", "kill", or "slow" for a while."""

    version = "steady 1"

    def code(self, article: Article) -> Extraction:
        if article.text == "fail":
            raise ExtractionError(f"{article.id}: as it was told to")
        if article.text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if article.text == "slow":
            time.sleep(0.05)
        day = f"2022-02-{int(article.id) % 28 + 1:02}"
        told = extraction(article.id, meeting("Putin", "Macron", on=day, words=article.text))
        return Extraction(article, told.actors, told.meetings, coder=self.version)


class Homesick(Steady):
    """One that has another version in every process."""

    def __init__(self) -> None:
        self.home = os.getpid()

    @property
    def version(self) -> str:  # type: ignore[override]
        return f"homesick {'abroad' if os.getpid() != self.home else 'at home'}"


class Settled(Steady):
    """One that other processes cannot load."""

    def __reduce__(self) -> tuple[object, ...]:
        return _settled, (os.getpid(),)


def _settled(home: int) -> Settled:
    if os.getpid() != home:
        raise ImportError("No module named 'settled'")
    return Settled()
