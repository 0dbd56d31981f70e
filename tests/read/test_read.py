"""Files to articles: what is read from which bytes, and what is said of those that are none."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.model import Article
from kb.read import ReadFailure, article_key, parse_day, read_paths
from kb.read.jsonl import read_array, read_lines

STORY = "Ministers meet in Bonn\nThe two ministers met on Friday.\n"


def articles(items: Iterable[Article | ReadFailure]) -> list[Article]:
    found = list(items)
    assert not [item for item in found if isinstance(item, ReadFailure)]
    return [item for item in found if isinstance(item, Article)]


def outcome(path: Path | str, **options: object) -> list[str]:
    """One line for each item: an article's text, or where and why there is none."""
    return [
        f"{Path(item.where).name}: {item.error}" if isinstance(item, ReadFailure) else item.text
        for item in read_paths([path], **options)  # type: ignore[arg-type]
    ]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_plain_text_has_its_title_in_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "bonn.txt"
    path.write_text("[ad_1]\n" + STORY + "[ad_2]\nSource link", encoding="utf-8")
    [article] = articles(read_paths([path], published=date(2017, 2, 17), source="Wire"))
    assert article.title == "Ministers meet in Bonn"
    assert article.text.startswith("[ad_1]\nMinisters")
    assert article.body.split() == STORY.split()
    assert (article.id, article.source, article.published) == ("bonn", "Wire", date(2017, 2, 17))
    assert article.origin == str(path)


def test_a_text_under_another_name_is_the_same_article(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    one, two = articles(read_paths([tmp_path], source="A Wire"))
    assert one.key == two.key
    assert one.key.startswith("sha256:")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"url": "https://example.org/1", "source": "W", "id": "7"}, "https://example.org/1"),
        ({"source": "The Wire", "id": "a/7"}, "source:The%20Wire/a%2F7"),
        ({"outlet": "The Wire", "id": 7}, "source:The%20Wire/7"),
        ({"id": "7"}, article_key("T", "Some text.")),
        ({"source": "W"}, article_key("T", "Some text.")),
        ({"url": "https://example.org/a b", "id": "7"}, "https://example.org/a%20b"),
    ],
)
def test_the_key_is_url_else_source_and_id_else_a_digest(
    record: dict[str, object], expected: str
) -> None:
    stream = io.BytesIO(lines({"title": "T", "text": "Some text.", **record}))
    [article] = articles(read_paths(["-"], stdin=stream))
    assert article.key == expected


def test_the_digest_is_pinned() -> None:
    """Keys are stored; the day they change every stored article becomes another one."""
    assert article_key("T", "Some text.") == (
        "sha256:372a571542071ec3fbe69612e2e356dd6184dfc19068296415ba1554917126ac"
    )


def test_jsonl_fields_and_what_fills_them(tmp_path: Path) -> None:
    path = tmp_path / "wires.jsonl"
    path.write_bytes(
        lines(
            {"id": "1", "title": "A", "published": "2017-02-17", "source": "W", "text": "One."},
            {"id": "2", "title": "B", "date": "2017-02-18", "outlet": "V", "text": "Two.", "x": 1},
            {"id": "3", "text": "Three stands\nhere.", "url": "", "date": None},
        )
    )
    found = articles(read_paths([path], published=date(2020, 1, 2), source="Default"))
    assert [(a.id, a.title, a.published, a.source, a.origin) for a in found] == [
        ("1", "A", date(2017, 2, 17), "W", f"{path}:1"),
        ("2", "B", date(2017, 2, 18), "V", f"{path}:2"),
        ("3", "Three stands", date(2020, 1, 2), "Default", f"{path}:3"),
    ]


UNKNOWN_ENCODING = "the text is not UTF-8 (byte {}), and its encoding cannot be told"
GOOD = {"id": "1", "title": "A", "text": "One."}
OTHER = {"id": "2", "title": "B", "text": "Two."}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", lines(GOOD, OTHER)),
        ("a.ndjson", b"\xef\xbb\xbf" + lines(GOOD) + b"\r\n\n" + lines(OTHER)),
        ("a.jsonl.gz", gzip.compress(lines(GOOD, OTHER))),
        ("a.json", json.dumps([GOOD, OTHER], indent=2).encode()),
        ("a.json", json.dumps([GOOD, OTHER]).encode()),
        ("a.json", lines(GOOD, OTHER)),
        ("a.jsonl", json.dumps([GOOD, OTHER]).encode()),
        ("a.json.gz", gzip.compress(json.dumps([GOOD, OTHER]).encode())),
        ("unknown", lines(GOOD, OTHER)),
        ("a.jsonl", "\n".join(map(json.dumps, (GOOD, OTHER))).encode("utf-16")),
    ],
)
def test_every_form_of_json_gives_the_same_articles(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    by_path = articles(read_paths([tmp_path / name]))
    assert [(a.id, a.title, a.text) for a in by_path] == [("1", "A", "One."), ("2", "B", "Two.")]
    by_pipe = articles(read_paths(["-"], stdin=io.BytesIO(data)))
    assert [a.key for a in by_pipe] == [a.key for a in by_path]


def test_one_json_object_over_several_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOOD, indent=1), encoding="utf-8")
    assert outcome(tmp_path / "a.json") == ["One."]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (STORY.encode("utf-8-sig"), STORY),
        (STORY.encode("utf-16"), STORY),
        (("\ufeff" + STORY).encode("utf-16-be"), STORY),
        (STORY.encode("utf-16-le"), STORY),
        (STORY.encode("utf-32"), STORY),
        (STORY.replace("\n", "\r\n").encode(), STORY),
        (STORY.replace("\n", "\r").encode(), STORY),
        (gzip.compress(STORY.encode()), STORY),
        ("[ad_1]\nTitle\nText — “quoted”.".encode(), "[ad_1]\nTitle\nText — “quoted”."),
        ('{ "brace" } opens this text.'.encode("utf-16"), '{ "brace" } opens this text.'),
    ],
)
def test_encodings_and_line_ends_of_plain_text(tmp_path: Path, data: bytes, text: str) -> None:
    name = "a.txt.gz" if data.startswith(b"\x1f\x8b") else "a.txt"
    (tmp_path / name).write_bytes(data)
    assert outcome(tmp_path / name) == [text]


def test_what_no_store_can_hold_is_replaced_one_for_one() -> None:
    stream = io.BytesIO(b'{"title": "A", "text": "a\\u0000b\\ud800c\\ud83d\\ude00d"}')
    [article] = articles(read_paths(["-"], stdin=stream))
    assert article.text == "a\ufffdb\ufffdc\U0001f600d"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", ["a.txt: the file is empty"]),
        ("a.jsonl", b" \n\n", ["a.jsonl: the file is empty"]),
        ("a.txt", b"[ad_1]\n\n", ["a.txt: the article is empty"]),
        ("a.txt", b"caf\xe9 \x81", [f"a.txt: {UNKNOWN_ENCODING.format(4)}"]),
        ("a.txt", b"a\x00b" * 9, ["a.txt: this is binary data, not text"]),
        ("a.pdf", b"%PDF-1.7", ["a.pdf: this is a PDF document, not text"]),
        ("a.txt", b"\x01\x02\x03" * 9, ["a.txt: this is binary data, not text"]),
        ("a.txt", b"{\\rtf1", ["a.txt: this is an RTF document, not text"]),
        (
            "a.jsonl",
            lines(GOOD) + b'{"id": "2", "te\n' + lines(OTHER),
            [
                "One.",
                "a.jsonl:2: the JSON is broken: unterminated string (character 13)",
                "Two.",
            ],
        ),
        (
            "a.jsonl",
            lines(GOOD)[:-9],
            ["a.jsonl:1: the JSON is broken: expecting value (character 34)"],
        ),
        ("a.jsonl", b"\x81\n" + lines(GOOD), [f"a.jsonl:1: {UNKNOWN_ENCODING.format(1)}", "One."]),
        ("a.jsonl", b"17\n" + lines(GOOD), ["a.jsonl:1: this is not a JSON object", "One."]),
        ("a.jsonl", b"[" * 9999, ["a.jsonl:1: the JSON is nested too deeply"]),
        ("a.jsonl", lines({"id": "1"}), ["a.jsonl:1: the record has no text"]),
        ("a.jsonl", lines({"text": ["x"]}), ['a.jsonl:1: "text" is a list, not text']),
        ("a.jsonl", lines({**GOOD, "title": 3}), ['a.jsonl:1: "title" is a number, not text']),
        (
            "a.jsonl",
            lines({**GOOD, "date": "2023-13-45"}, OTHER),
            ["a.jsonl:1: the publication date '2023-13-45' is no day of the calendar", "Two."],
        ),
        (
            "a.jsonl",
            lines({**GOOD, "url": "example.org/1"}),
            ["a.jsonl:1: the url 'example.org/1' is no absolute address"],
        ),
        (
            "a.jsonl",
            lines(GOOD, {**GOOD, "text": "Else."}, GOOD),
            ["One.", "a.jsonl:2: another article is already called 1", "One."],
        ),
        (
            "a.json",
            b'[{"text": "One."}, 17, {"text": "Tw\\"}{o."}, {"text" "x"}, {"text": "Four."}',
            [
                "One.",
                "a.json:1: this is not a JSON object",
                'Tw"}{o.',
                "a.json:1: the JSON is broken: expecting ':' delimiter (character 9)",
                "Four.",
                "a.json:1: the array does not end: the file may be cut off",
            ],
        ),
        ("a.json", b"[]", []),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, said: list[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert outcome(tmp_path / name) == said


def test_a_truncated_gzip_file_gives_what_came_before(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": f"Text {n} {'x' * n}."} for n in range(3000)]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(*records))[:-4000])
    *found, failure = read_paths([path])
    assert len(found) > 10
    assert all(isinstance(item, Article) for item in found)
    assert isinstance(failure, ReadFailure)
    assert str(failure.error) == "the gzip data is cut off"
    assert failure.error.hint == f"Everything up to {path}:{len(found)} was read."


def test_damaged_gzip_data(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(STORY.encode() * 50))
    data[30:40] = b"\xff" * 10
    (tmp_path / "a.txt.gz").write_bytes(data)
    assert outcome(tmp_path / "a.txt.gz") == ["a.txt.gz: the gzip data is damaged"]


def test_paths_stand_for_files_folders_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "sub" / ".hidden").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "sub/c.TXT", "sub/.hidden/d.txt", ".e.txt", "notes.tex"):
        (tmp_path / name).write_text(f"{Path(name).stem} has this title\n", encoding="utf-8")
    (tmp_path / "bare").mkdir()

    def stems(path: Path) -> list[str]:
        return [article.id for article in articles(read_paths([path]))]

    assert stems(tmp_path) == ["a", "b", "c"]
    assert stems(tmp_path / "?.txt") == ["a", "b"]
    assert stems(tmp_path / "s*") == ["c"]
    assert stems(tmp_path / "**" / "c.*") == ["c"]
    assert stems(tmp_path / "notes.tex") == ["notes"]
    assert outcome(tmp_path / "x*") == ["x*: no file matches this pattern"]
    assert outcome(tmp_path / "x.txt") == ["x.txt: no such file or folder"]
    assert outcome(tmp_path / "bare") == ["bare: no articles in this folder"]


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    html = "<html><body><p>The two ministers met in {} on Friday.</p></body></html>"
    for name, town in (("a.html", "Bonn"), ("a_files/ad.html", "Rome"), ("b_files/c.htm", "Oslo")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(html.format(town), encoding="utf-8")
    assert [text.split()[5] for text in outcome(tmp_path)] == ["Bonn", "Oslo"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text(STORY, encoding="utf-8")
    assert outcome(tmp_path / "[1].txt") == [STORY]


def test_the_same_source_and_id_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({**GOOD, "source": "W"}))
    (tmp_path / "b.jsonl").write_bytes(lines({**OTHER, "source": "W", "id": "1"}))
    assert outcome(tmp_path) == ["One.", "b.jsonl:1: another article is already called source:W/1"]


def test_a_line_beyond_the_limit_is_skipped() -> None:
    data = lines(GOOD) + b"x" * 200_000 + b"\n" + lines(OTHER)
    records = list(read_lines(io.BytesIO(data), longest=1000))
    assert [(r.line, isinstance(r.value, dict)) for r in records] == [
        (1, True),
        (2, False),
        (3, True),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_as_a_stream(indent: int | None) -> None:
    """Records are cut at any byte of a chunk, inside strings and escapes too."""
    values = [{"id": n, "text": "\\" * (n % 5) + '"}] é' * 40, "more": [{}]} for n in range(900)]
    stream = io.BytesIO(json.dumps(values, indent=indent).encode())
    records = read_array(stream, longest=3000)
    assert next(records).value == values[0]
    assert stream.tell() <= 1 << 16, "the first record is there before the second chunk is read"
    assert [record.value for record in records] == values[1:]


def test_lines_of_an_array_are_told() -> None:
    data = b'[\n {"a": 1},\n\n {"b": \n 2}, 3,\n {"c": 3}]'
    told = [
        (r.line, r.value if isinstance(r.value, dict) else str(r.value))
        for r in read_array(io.BytesIO(data))
    ]
    assert told == [
        (2, {"a": 1}),
        (4, {"b": 2}),
        (5, "this is not a JSON object"),
        (6, {"c": 3}),
    ]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-09-24", date(2023, 9, 24)),
        ("20230924", date(2023, 9, 24)),
        ("2023-09-24T23:30:00Z", date(2023, 9, 24)),
        ("2023-09-24 23:30:00-05:00", date(2023, 9, 24)),
        ("Sun, 24 Sep 2023 23:30:00 +0800", date(2023, 9, 24)),
        (" ", None),
        (None, None),
    ],
)
def test_publication_days(value: str | None, day: date | None) -> None:
    assert parse_day(value) == day


BEGINNINGS = [
    b"",
    b"[",
    b'[{"text":',
    b'{"id": 1, "te',
    b"\x1f\x8b\x08",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<html><body><p>",
    b"<!doctype html><meta charset=",
    b"<rss version='2.0'><channel><item>",
    b"<?xml version='1.0' encoding='",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>",
    b"---\ntitle: ",
    b"---\ndate: 2017-02-17\n---\n# ",
]


@settings(deadline=None)  # libraries are loaded at the first page and the first feed
@given(st.sampled_from(BEGINNINGS), st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_raise(beginning: bytes, rest: bytes) -> None:
    for item in read_paths(["-"], stdin=io.BytesIO(beginning + rest)):
        if isinstance(item, ReadFailure):
            assert str(item.error)
        else:
            assert len(item.body) == len(item.text)


@given(st.text(), st.text(), st.text())
def test_any_record_of_texts_is_an_article_or_told(title: str, text: str, id_: str) -> None:
    record = json.dumps({"title": title, "text": text, "id": id_}).encode()
    [item] = read_paths(["-"], stdin=io.BytesIO(record), source="W")
    assert isinstance(item, ReadFailure) == (not text.strip())
    if isinstance(item, Article):
        assert item.text == text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        item.key.encode()
