"""Bad input, through the command line: one sentence, exit 1, and the good articles are kept."""

from __future__ import annotations

import gzip
import json
import os
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from serving import serving

from kb.cli import main
from kb.coder import Coder
from kb.model import Article, Extraction
from kb.store import open_store
from kb.vocabulary import DIP

Run = Callable[..., Result]
TEXT = "The two ministers met in Bonn on Friday and spoke of trade."
RECORD = {"id": "one", "title": "Talks", "published": "2017-02-18", "source": "W", "text": TEXT}
GOOD = "good.jsonl"


def line(**changed: object) -> bytes:
    return json.dumps({**RECORD, **changed}).encode() + b"\n"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with one good file. What articles tell is not the matter here: the
    extractor finds nothing in them."""
    (tmp_path / GOOD).write_bytes(line())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_STORE", raising=False)
    monkeypatch.setattr(Coder, "version", "nothing")
    monkeypatch.setattr(Coder, "code", lambda _, article: Extraction(article, coder="nothing"))

    def run(*args: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(args), input=stdin, prog_name="kb")

    return run


def stored(folder: Path = Path()) -> list[str]:
    """The keys of the articles that are kept."""
    with open_store(folder / "kb-store") as store:
        return sorted(str(q.object.value) for q in store.quads(None, DIP.key))


def refused(result: Result, *said: str) -> None:
    """Exit 1, and a line of one sentence and its hint for each thing that is wrong."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    lines = result.stderr.splitlines()
    assert len(lines) == len(said), result.stderr
    for told, expected in zip(lines, said, strict=True):
        assert told.startswith(expected), result.stderr
        assert told.endswith((".", "…"))


PAGE = b"<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>"
TOMORROW = date.today() + timedelta(days=3)

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "the file is empty"),
    "blank.md": (b" \r\n\t\n", "the file is empty"),
    "only-ads.txt": (b"[ad_1]\n\n", "the article is empty"),
    "binary.txt": (bytes(range(256)) * 20, "this is binary data, not text"),
    "picture.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "this is a picture, not text"),
    "paper.docx": (b"PK\x03\x04\x14\x00", "this is a zip archive or an office document"),
    "table.csv": (b"id,title,text\n1,A,One\n", "this is a table, not an article"),
    "nul.jsonl": (line(text="a")[:-2] + b"\x00}\n", "this is binary data, not text"),
    "koi8.txt": (
        "Министр встретился в пятницу с послом Франции.".encode("koi8-r"),
        "the text is not UTF-8 (byte 1), and its encoding cannot be told",
    ),
    "cut.txt.gz": (gzip.compress(os.urandom(9000).hex().encode())[:-900], "the gzip data is cut"),
    "broken.gz": (b"\x1f\x8b\x08\x00" + b"\xff" * 60, "the gzip data is damaged"),
    "twice.txt.gz": (gzip.compress(gzip.compress(line())), "this is gzip data within gzip data"),
    "bomb.txt.gz": (
        gzip.compress(b"a" * 30_000_000),
        "the gzip data swells to more than 500 times",
    ),
    "bomb.jsonl.gz": (
        gzip.compress(line(id="two") + b"\n" * 25_000_000)[:24_300],
        "the gzip data swells to more than 500 times its size",
    ),
    "heavy.txt": (b"a" * 20_000_001, "the file is longer than 20,000,000 bytes"),
    "page.html": (PAGE, "no article was found on this page"),
    "front.md": (b"---\ntitle: a: b\n---\nText", "the front matter is broken in line 2: mapping"),
    "sitemap.xml": (b"<?xml version='1.0'?><urlset/>", "this is XML, but neither RSS nor Atom"),
    "long.txt": (
        b"Talks\n" + b"The ministers met in Bonn on Friday. " * 140_000,
        "the article has 5,180,006 characters, more than the 500,000 that are read of one",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file(kb: Run, name: str) -> None:
    data, said = BAD_FILES[name]
    Path(name).write_bytes(data)
    started = time.monotonic()
    refused(kb("add", "-q", name, GOOD), f"{name}: {said}")
    assert time.monotonic() - started < 20
    assert "source:W/one" in stored()


BAD_RECORDS: dict[str, tuple[bytes, str]] = {
    "no JSON": (b'{"id": "two", "te', "the JSON is broken: unterminated string (character 15)"),
    "no object": (b'["two"]', "this is not a JSON object"),
    "no text": (line(text=" "), "the record has no text"),
    "a text that is none": (line(text=["x"]), '"text" is a list, not text'),
    "a day that is none": (
        line(published="2023-13-45"),
        "the publication date '2023-13-45' is no day of the calendar",
    ),
    "a day that is many": (line(published="03/04/2016"), "the publication date '03/04/2016' is no"),
    "a day to come": (
        line(published=TOMORROW.isoformat()),
        f"the publication date {TOMORROW} lies in the future",
    ),
    "an IRI that is none": (line(url="example org"), "the url 'example org' is no absolute"),
    "a link that runs": (line(url="javascript:alert(1)"), "the url 'javascript:alert(1)' is no"),
    "an endless number": (b'{"id": ' + b"9" * 5000 + b"}", "the JSON is broken: a number has too"),
    "a well of braces": (b'{"a":' * 50_000, "the JSON is nested too deeply"),
    "another text of the same name": (line(text="Something else."), "another article is already"),
}


@pytest.mark.parametrize("what", BAD_RECORDS)
def test_a_bad_record(kb: Run, what: str) -> None:
    data, said = BAD_RECORDS[what]
    Path("feed.jsonl").write_bytes(line() + data.rstrip() + b"\n" + line(id="three"))
    refused(kb("add", "-q", "feed.jsonl"), f"feed.jsonl:2: {said}")
    assert stored() == ["source:W/one", "source:W/three"]


def test_half_a_line_among_ten_thousand(kb: Run) -> None:
    lines = [line(id=str(n)) for n in range(10_000)]
    lines.insert(5_000, line(id="half")[:40] + b"\n")
    Path("feed.jsonl").write_bytes(b"".join(lines))
    result = kb("extract", "-q", "feed.jsonl")
    assert len(result.stdout.splitlines()) == 10_000
    refused(result, "feed.jsonl:5001: the JSON is broken:")


def test_a_line_of_a_gigabyte(kb: Run) -> None:
    """In a sparse file, which takes no room on the disk."""
    begun = line(text=TEXT * 90) + b'{"id": "huge", "text": "'
    with Path("feed.jsonl").open("wb") as stream:
        stream.write(begun)
        stream.seek(1 << 30, os.SEEK_CUR)
        stream.write(b'"}\n' + line(id="three"))
    refused(
        kb("add", "-q", "feed.jsonl"),
        "feed.jsonl:2: the record is longer than 20,000,000 bytes, which no article is",
    )
    assert stored() == ["source:W/one", "source:W/three"]


def test_a_truncated_gzip_file_gives_what_came_before(kb: Run) -> None:
    lines = [line(id=str(n), text=f"{TEXT} {os.urandom(40).hex()}") for n in range(200)]
    Path("feed.jsonl.gz").write_bytes(gzip.compress(b"".join(lines))[:-4000])
    result = kb("add", "-q", "feed.jsonl.gz")
    refused(result, "feed.jsonl.gz: the gzip data is cut off. Everything up to feed.jsonl.gz:")
    assert 10 < len(stored()) < 200


@pytest.mark.parametrize(
    ("value", "said"),
    [("2023-13-45", "2023-13-45"), (TOMORROW.isoformat(), "lies in the future"), ("May", "May")],
)
def test_a_day_on_the_command_line_is_wrong_usage(kb: Run, value: str, said: str) -> None:
    result = kb("add", GOOD, "--published", value)
    assert result.exit_code == 2
    assert said in result.stderr.splitlines()[-1]
    assert not Path("kb-store").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.txt", "no such file or folder"),
        ("*.nothing", "no file matches this pattern"),
        ("bare", "no articles in this folder"),
        ("loop", "no such file or folder"),
        ("dangling", "no such file or folder"),
        ("pipes", "no articles in this folder"),
        ("n" * 300, "cannot be opened: File name too long"),
        ("/dev/null", "the file is empty"),
        ("/dev/zero", "this is binary data, not text"),
        ("/proc/self/mem", "cannot be read: Input/output error"),
        ("http://127.0.0.1:1/x", "the page cannot be fetched: Connection refused"),
    ],
)
def test_a_path_that_leads_nowhere(kb: Run, name: str, said: str) -> None:
    Path("bare").mkdir()
    Path("pipes").mkdir()
    os.mkfifo("pipes/pipe.txt")
    Path("loop").symlink_to("loop")
    Path("dangling").symlink_to("nowhere")
    refused(kb("add", "-q", name, GOOD), f"{name}: {said}")
    assert stored() == ["source:W/one"]


def test_a_file_that_may_not_be_read(kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    really_open = Path.open

    def deny(path: Path, *args: object, **options: object) -> object:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied")
        return really_open(path, *args, **options)  # type: ignore[call-overload]

    Path("secret.txt").write_text(TEXT)
    monkeypatch.setattr(Path, "open", deny)
    refused(kb("add", "-q", "secret.txt", GOOD), "secret.txt: cannot be read: Permission denied")
    assert stored() == ["source:W/one"]


def test_a_pipe_is_read_to_its_end(kb: Run) -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_bytes, args=(line(id="piped"),))
    writer.start()
    assert kb("add", "-q", "pipe").exit_code == 0
    writer.join()
    assert stored() == ["source:W/piped"]


def test_what_comes_on_standard_input(kb: Run) -> None:
    refused(kb("add", "-q", "-", stdin=line() + b"{\n"), "<stdin>:2: the JSON is broken:")
    assert stored() == ["source:W/one"]
    refused(kb("add", "-q", "-", stdin=b""), "<stdin>: the file is empty")


def test_names_with_marks_of_direction_do_not_steer_the_terminal(kb: Run) -> None:
    """What is printed has none of them; what is stored can be found without them."""
    name = "evil\x1b[2J\u202egpj.txt"
    Path(name).write_bytes(b"")
    title = "Xi\u200e Jinping \u202emeets\u202c \x07Macron"
    Path("feed.jsonl").write_bytes(line(title=title, source="The \u200fWire", id="\u202ex"))
    result = kb("add", name, "feed.jsonl")
    assert result.exit_code == 1
    listed = kb("articles", "-f", "csv")
    table = kb("articles")
    assert "Xi Jinping meets Macron" in listed.stdout
    for shown in (result.stderr, result.stdout, table.stdout, table.stderr):
        assert not set("\x1b\x07\u202e\u202c\u200e\u200f") & set(shown)


def test_text_in_another_language_is_said_once(kb: Run) -> None:
    french = "Le ministre a rencontré vendredi à Rome son homologue italien, a-t-il déclaré."
    german = "Die Außenministerin traf am Freitag in Bonn ihren französischen Kollegen."
    lines = [line(id="a", text=french), line(id="b", text=french + " Oui."), line(id="c")]
    Path("feed.jsonl").write_bytes(b"".join([*lines, line(id="d", text=german)]))
    result = kb("add", "feed.jsonl")
    assert result.exit_code == 0
    assert result.stderr == "3 articles are not in English (fr, de): stored without events.\n"
    assert len(stored()) == 4
    assert "printed without events" in kb("extract", "feed.jsonl").stderr


def test_another_encoding_is_said_once(kb: Run) -> None:
    Path("a.txt").write_bytes(
        "The café\nThe minister’s talks in the café went on.".encode("cp1252")
    )
    result = kb("add", "a.txt", "--published", "2017-02-18")
    assert result.exit_code == 0
    assert result.stderr == "a.txt: this is not UTF-8; it was read as windows-1252.\n"


def test_a_page_behind_a_feed_that_is_gone(kb: Run) -> None:
    feed = (
        b"<rss version='2.0'><channel><title>W</title>"
        b"<item><title>Gone</title><link>{root}/gone</link><description>x</description></item>"
        b"<item><title>Here</title><link>{root}/here</link><description>x</description></item>"
        b"</channel></rss>"
    )
    page = f"<!doctype html><html><body><article><p>{TEXT}</p></article></body></html>".encode()
    answers = {"/feed": (200, {}, feed), "/here": (200, {"Content-Type": "text/html"}, page)}
    with serving(answers) as root:
        result = kb("add", "-q", "--fetch", f"{root}/feed")
        told = f"{root}/feed, entry 1: {root}/gone: the page cannot be fetched: 404 Not Found"
        refused(result, told)
        assert stored() == [f"{root}/here"]


def test_an_article_that_the_rules_fail_at(kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.errors import ExtractionError

    def fail(_: Coder, article: Article) -> Extraction:
        if article.id == "two":
            raise ExtractionError("cannot be coded")
        return Extraction(article, coder="nothing")

    monkeypatch.setattr(Coder, "code", fail)
    Path("feed.jsonl").write_bytes(line() + line(id="two") + line(id="three"))
    refused(kb("add", "-q", "feed.jsonl"), "feed.jsonl:2: cannot be coded")
    assert stored() == ["source:W/one", "source:W/three"]
