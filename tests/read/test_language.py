"""The language of an article: English in doubt, another one only where it is plain."""

from __future__ import annotations

import io
import json
import time

import pytest

from kb.model import Article
from kb.read import read_paths
from kb.read.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two ministers met in Bonn on Friday and spoke of trade.", "en"),
        ("NOMINATIONS SENT TO THE SENATE: Jane Doe, of Ohio, to be Ambassador to Peru.", "en"),
        ("Xi Jinping, Emmanuel Macron, Olaf Scholz, Giorgia Meloni, Recep Tayyip Erdoğan", "en"),
        ("Lavrov Meets Wang Yi in Beijing; Ambassador Nguyen Van Hung Attends Summit", "en"),
        ("Macron trifft Meloni in Rom", "en"),  # too short to tell: names in the main
        ("", "en"),
        ("Die Außenministerin traf am Freitag in Bonn ihren französischen Kollegen.", "de"),
        ("Le ministre a rencontré vendredi à Rome son homologue italien, dit-on.", "fr"),
        ("El canciller se reunió el viernes en Madrid con su homólogo francés.", "es"),
        ("Міністр закордонних справ зустрівся у п'ятницю з послом Франції.", "uk"),
        ("外交部长星期五在北京会见了法国大使，双方就边界局势交换了意见。", "zh"),
        ("Menteri Luar Negeri bertemu dengan mitranya di Jakarta pada hari Jumat.", "id"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en", "en"), ("en-GB", "en"), ("DE", "de"), ("German", "fr"), ("", "fr"), (7, "fr")],
)
def test_a_tag_that_an_article_states_is_believed(stated: object, language: str) -> None:
    text = "Le ministre a rencontré vendredi à Rome son homologue italien, dit-on."
    record = json.dumps({"text": text, "language": stated}).encode()
    [article] = read_paths(["-"], stdin=io.BytesIO(record))
    assert isinstance(article, Article)
    assert article.language == language


def test_it_costs_less_than_reading() -> None:
    text = "The two ministers met in Bonn on Friday and spoke of trade. " * 100
    language_of(text)
    start = time.perf_counter()
    for _ in range(50):
        language_of(text)
    assert (time.perf_counter() - start) / 50 < 0.01
