"""Markdown: fields from its front matter, prose from its body, offsets as they stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Article
from kb.read import ReadFailure, read_paths
from kb.read.markdown import unmark


def read(path: Path, text: str) -> Article | ReadFailure:
    path.write_text(text, encoding="utf-8")
    [item] = read_paths([path])
    return item


def test_front_matter_gives_the_fields(tmp_path: Path) -> None:
    article = read(
        tmp_path / "bonn.md",
        "---\ntitle: 'Talks: a start'\ndate: 2017-02-17 09:30:00 +0100\nsource: Wire\nid: 007\n"
        "url: https://wire.example/bonn\ntags: [a, b]\nlayout: ~\n---\n\nThe *ministers* met.\n",
    )
    assert isinstance(article, Article)
    assert (article.title, article.published) == ("Talks: a start", date(2017, 2, 17))
    assert (article.source, article.id) == ("Wire", "007")
    assert article.key == article.url == "https://wire.example/bonn"
    assert article.text == "\nThe *ministers* met.\n"
    assert article.body == "\nThe  ministers  met.\n"


@pytest.mark.parametrize("name", ["bonn.md", "bonn.markdown", "bonn.MD"])
def test_without_front_matter_the_first_heading_is_the_title(tmp_path: Path, name: str) -> None:
    article = read(tmp_path / name, "# Ministers *meet* in Bonn\n\nThe ministers met.\n")
    assert isinstance(article, Article)
    assert (article.title, article.id) == ("Ministers meet in Bonn", "bonn")
    assert article.published is None


def test_the_same_note_in_two_folders_is_one_article(tmp_path: Path) -> None:
    keys = set()
    for folder, text in (("a", "# One\n"), ("b", "# One\n"), ("c", "# Other\n")):
        (tmp_path / folder).mkdir()
        article = read(tmp_path / folder / "note.md", text)
        assert isinstance(article, Article)
        keys.add(article.key)
    assert len(keys) == 2
    assert len([a for a in read_paths([tmp_path]) if isinstance(a, Article)]) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: a: b\n---\nText.", "the front matter is broken in line 2: mapping values"),
        ("---\ntitle: x\ndate: [1\n---\nText.", "the front matter is broken in line 4: expected"),
        ("---\n- one\n---\nText.", "the front matter has no fields"),
        ("---\ntitle: x\n\nText.", "the front matter does not end"),
        ("---\ntitle: x\n---\n", "the article is empty"),
        ("---\ndate: 2023-13-45\n---\nText.", "the publication date '2023-13-45' is no day"),
        ("---\ntitle: [a, b]\n---\nText.", '"title" is a list, not text'),
    ],
)
def test_broken_front_matter_is_told(tmp_path: Path, text: str, said: str) -> None:
    item = read(tmp_path / "a.md", text)
    assert isinstance(item, ReadFailure)
    assert str(item.error).startswith(said)


@pytest.mark.parametrize(
    ("marked", "prose"),
    [
        ("## Talks", "Talks"),
        ("**Anna Lee** met _Bo Chan_.", "Anna Lee met Bo Chan ."),
        ("a `code` and snake_case and 5 * 3", "a code and snake_case and 5 3"),
        ("She met [Anna Lee](https://x.example/a_(b) 'x') there.", "She met Anna Lee there."),
        ("[Anna][1] spoke.[^2]\n\n[1]: https://x.example\n[^2]: Aside.", "Anna spoke."),
        ("![A picture of Bo](bo.jpg) Bo spoke [sic].", "Bo spoke [sic]."),
        ("<https://x.example> shows it", "shows it"),
        ("> “We agree,”\n> said Anna.", "“We agree,” said Anna."),
        ("- one\n- two\n  goes on\n1. three", "one\ntwo goes on\nthree"),
        ("The ministers\nmet in\nBonn.\n\nThey left.", "The ministers met in Bonn.\nThey left."),
        ("Talks\n=====\nThey met.", "Talks\nThey met."),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b\nc d"),
        ("Before.\n\n```py\nx = 1\n```\n\nAfter.", "Before.\nAfter."),
        ("Before.\n\n***\n\n<!-- a note -->After.", "Before.\nAfter."),
        (r"5\* \[not a link\]", "5 [not a link ]"),
    ],
)
def test_markup_is_blanked(marked: str, prose: str) -> None:
    lines = (" ".join(line.split()) for line in unmark(marked).split("\n"))
    assert "\n".join(line for line in lines if line) == prose


@given(st.text(alphabet="ab *_`#[]()!<>-|\\\n\t~=:^1.", max_size=80))
def test_unmarking_never_shifts_a_character(text: str) -> None:
    body = unmark(text)
    assert len(body) == len(text)
    assert all(b in (t, " ") for t, b in zip(text, body, strict=True))
