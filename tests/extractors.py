"""Extractors for tests that other processes can load."""

from __future__ import annotations

import os
import signal

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
