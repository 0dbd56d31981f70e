"""Tables fit the terminal; colours come and go; nothing steers the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from building import extraction, meeting, statement
from building import put as put_all
from running import Kb

from kb.cli.tables import Column, clean, display_width, render, shorten, wrap
from kb.store import create_store

WIDTHS = [40, 60, 80, 120]
COLUMNS = (
    Column("date", "date"),
    Column("who", "who", flexible=True),
    Column("where", "where", most=24),
    Column("source", "source", most=24, spare=True),
    Column("how many", "number", right=True),
    Column("id", "id"),
)
ROW = {
    "date": "2023-09-24",
    "who": "Han Duck-soo (KR), Xi Jinping (CN)",
    "where": "Hangzhou, CN",
    "source": "The Morning Post of Somewhere",
    "number": 12,
    "id": "0f3c5a7e",
}
TEXTS = {
    "plain": "Han Duck-soo (KR), Xi Jinping (CN), and their ministers of foreign affairs",
    "wide": "中华人民共和国主席习近平在杭州会见韩国国务总理韩悳洙一行并就双边关系交换意见",
    "emoji": "🤝 👨\u200d👩\u200d👧 🇰🇷🇨🇳 shaking hands ✌️ in the hall of the people of the city",
    "combining": "Se\u0301golene e\u0301 " * 12,
    "one word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 2,
    "hebrew": "שר החוץ נפגש עם עמיתו " * 4,
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", TEXTS.values(), ids=list(TEXTS))
def test_no_line_is_wider_than_the_terminal(
    who: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    table = render([ROW, {**ROW, "who": who}], COLUMNS, colours=False)
    assert max(map(display_width, table.splitlines())) <= width
    if width > 40:
        assert "2023-09-24" in table, "a date stays whole"
        assert "0f3c5a7e" in table, "so does an id"


def test_what_is_wrapped_is_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    for text in TEXTS.values():
        table = render([{"who": text}], [Column("who", "who", flexible=True)], colours=False)
        assert "".join("".join(table.splitlines()[2:]).split()) == "".join(clean(text).split())


def test_columns_line_up_under_wide_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    table = render(
        [{"a": "习近平", "b": "x"}, {"a": "Xi", "b": "y"}],
        [Column("a", "a"), Column("b", "b")],
        colours=False,
    )
    lines = table.splitlines()
    assert lines[2] == "习近平  x"
    assert lines[3] == "Xi      y"


def test_a_column_that_no_row_fills_is_left_out() -> None:
    table = render([{"who": "x"}], COLUMNS, colours=False)
    assert table.splitlines()[0].split() == ["who"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 9, ["one two"]),
        ("one two", 4, ["one", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a bcdefgh", 4, ["a", "bcde", "fgh"]),
        ("中文字", 4, ["中文", "字"]),
        ("中", 1, ["中"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("short", 10, "short"),
        ("Sochi and the rest of it", 14, "Sochi and the…"),
        ("中文字中文字", 6, "中文…"),
    ],
)
def test_cutting(text: str, most: int, cut: str) -> None:
    assert shorten(text, most) == cut


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a\ufffd[31mred"),
        ("a\u202egnirts", "a\ufffdgnirts"),
        ("a\u2066b\u2069", "a\ufffdb\ufffd"),
        ("bell\x07", "bell\ufffd"),
        ("c1\x9b0m", "c1\ufffd0m"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cشود", "می\u200cشود"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_what_could_steer_a_terminal_is_shown_as_a_sign(text: str, shown: str) -> None:
    assert clean(text) == shown


# -- on a terminal and elsewhere ------------------------------------------------------------------

EVIL = "Sign \x1b[31m here \u202eno\x9b"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("steered") / "store"
    with create_store(path) as store:
        put_all(
            store,
            extraction("a", meeting("Putin", "Macron", status="denied", words=EVIL)),
            extraction("b", statement("Putin", EVIL)),
        )
    return path


def on_terminal(store: Path, *args: str, **settings: str) -> str:
    """What a command sends to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "KB_STORE")}
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", *args, "--store", str(store)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=env | {"TERM": "xterm", "COLUMNS": "100", "LC_ALL": "C.UTF-8"} | settings,
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            block = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not block:
            break
        sent += block
    os.close(ours)
    process.wait()
    return sent.decode("utf-8").replace("\r\n", "\n")


ANSWERS = [
    ["statements"],
    ["statements", "-f", "json"],
    ["statements", "-f", "jsonl"],
    ["statements", "-f", "csv"],
    ["show", "Article b"],
    ["show", "Article b", "-f", "json"],
    ["query", "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s dip:text ?o ; ?p ?o } }"],
    ["who-met", EVIL],
]


@pytest.mark.parametrize("args", ANSWERS, ids=[" ".join(a)[:30] for a in ANSWERS])
def test_nothing_steers_the_terminal(store: Path, args: list[str]) -> None:
    shown = on_terminal(store, *args, NO_COLOR="1")
    assert shown
    assert not set(shown) & set("\x1b\x9b\u202e\x07")


def test_json_elsewhere_has_every_character_as_an_escape(kb: Kb, store: Path) -> None:
    shown = kb("statements", "-f", "json", "--store", str(store)).stdout
    assert "\u202e" not in shown
    [row] = json.loads(shown)
    assert row["text"] == EVIL


def test_colours(store: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    red, bold = "\x1b[31m", "\x1b[1m"
    args = ("who-met", "--status", "denied")
    coloured = on_terminal(store, *args)
    assert red in coloured
    assert bold in coloured
    assert "\x1b" not in on_terminal(store, *args, NO_COLOR="1")
    assert "\x1b" not in on_terminal(store, *args, TERM="dumb")
    assert "\x1b" not in on_terminal(store, *args, "-o", "-", NO_COLOR="1", FORCE_COLOR="1")
    assert "\x1b" not in kb(*args, "--store", str(store)).stdout
    assert kb(*args, "--store", str(store)).stdout != ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert red in _colour_kept(args, store)


def _colour_kept(args: tuple[str, ...], store: Path) -> str:
    return subprocess.run(
        [sys.executable, "-m", "kb", *args, "--store", str(store)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
