"""``add``, ``extract``, ``demo``, from the file to the answer, and what costs nothing."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import process

from kb.filling import TOGETHER

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "kb" / "samples"
NEWS = (
    "Ministers meet\n"
    "French President Emmanuel Macron met Italian Prime Minister Giorgia Meloni in Rome on "
    "Friday.\n"
)
RECORD = {
    "id": "one",
    "title": "Ministers meet",
    "published": "2025-06-07",
    "source": "Gazette",
    "text": NEWS,
}


def add(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return process("add", *args, cwd=folder)


def count(folder: Path) -> int:
    shown = process("query", "articles", "-f", "json", cwd=folder)
    return len(json.loads(shown.stdout))


def test_from_a_file_to_an_answer(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    done = add(tmp_path, "news.txt", "--published", "2025-06-07", "--source", "Gazette")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 article: 1 added;")
    [row] = json.loads(process("who-met", "Macron", "-f", "json", cwd=tmp_path).stdout)
    assert {p["name"] for p in row["participants"]} == {"Emmanuel Macron", "Giorgia Meloni"}
    assert (row["date"], row["country"], row["status"]) == ("2025-06-06", "IT", "held")
    assert row["reports"][0]["source"] == "Gazette"


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    add(tmp_path, "feed.jsonl")
    before = process("export", "-", cwd=tmp_path).stdout
    again = add(tmp_path, "feed.jsonl")
    assert again.stdout.startswith("1 article: 1 unchanged;")
    forced = add(tmp_path, "feed.jsonl", "--force")
    assert forced.stdout.startswith("1 article: 1 updated;")
    assert process("export", "-", cwd=tmp_path).stdout == before


def test_a_changed_article_takes_the_place_of_the_old(tmp_path: Path) -> None:
    for text in (NEWS, NEWS.replace("Macron", "Macron has never met anybody; he")):
        changed = json.dumps({**RECORD, "text": text})
        (tmp_path / "feed.jsonl").write_text(changed + "\n", encoding="utf-8")
        assert add(tmp_path, "feed.jsonl").returncode == 0
    assert count(tmp_path) == 1


def test_an_article_without_a_date_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    done = add(tmp_path, "news.txt")
    assert done.returncode == 0
    assert done.stderr.count("no publication date") == 1
    [row] = json.loads(process("who-met", "-f", "json", cwd=tmp_path).stdout)
    assert row["date"] is None
    assert row["reports"][0]["published"] is None


def test_a_bad_line_leaves_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({**RECORD, "id": str(n), "text": f"{NEWS}\n{n}"}) for n in range(3)]
    lines.insert(1, '{"id": "half", "text": "The pres')
    (tmp_path / "feed.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = add(tmp_path, "feed.jsonl")
    assert done.returncode == 1
    assert "feed.jsonl:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("4 articles: 3 added, 1 failed;")
    assert count(tmp_path) == 3


BAD_FILES = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "cut.jsonl.gz": gzip.compress(json.dumps(RECORD).encode() * 50)[:-20],
    "cyrillic.txt": "Министр встретился в пятницу с послом.".encode("koi8-r"),
    "list.json": b'["not", "an", "article"]',
    "no-text.jsonl": b'{"id": "x", "title": "Without a text"}\n',
    "no-day.jsonl": json.dumps({**RECORD, "published": "2023-13-45"}).encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_told_and_costs_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD_FILES[name])
    (tmp_path / "good.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    done = add(tmp_path, name, "good.jsonl")
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr
    assert count(tmp_path) == 1


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["no-such-file.txt"], 1),
        (["good.jsonl", "--published", "2023-13-45"], 2),
        (["good.jsonl", "--store", "good.jsonl"], 1),
        (["good.jsonl", "--model", "no_such_pipeline"], 1),
        (["good.jsonl", "--base", "not an iri"], 1),
    ],
)
def test_a_bad_call(tmp_path: Path, args: list[str], code: int) -> None:
    (tmp_path / "good.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    done = add(tmp_path, *args)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_a_base_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    base = "https://example.org/kb/"
    assert add(tmp_path, "good.jsonl", "--base", base).returncode == 0
    [row] = json.loads(process("who-met", "-f", "json", cwd=tmp_path).stdout)
    assert row["meeting"].startswith(base)
    other = add(tmp_path, "good.jsonl", "--base", "https://example.org/other/")
    assert other.returncode == 1
    assert base in other.stderr
    assert add(tmp_path, "good.jsonl").stdout.startswith("1 article: 1 unchanged;")


def test_standard_input() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "kb"), "extract", "-"],
        input=json.dumps(RECORD),
        capture_output=True,
        text=True,
        check=True,
    )
    [meeting] = json.loads(done.stdout)["meetings"]
    assert meeting["date"] == "2025-06-06"


def test_extract_explains_its_records(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Emmanuel Macron met Friedrich Merz in Berlin on Friday.")
    words = process("extract", "a.txt", "--published", "2025-06-07", "--explain", cwd=tmp_path)
    assert words.returncode == 0
    assert '  date     from "Friday"' in words.stdout
    assert "met -obj-> Friedrich Merz" in words.stdout
    data = process("extract", "a.txt", "--explain", "-f", "jsonl", cwd=tmp_path)
    [meeting] = json.loads(data.stdout)["meetings"]
    assert meeting["explain"]["rule"] == "verb:meet"


def test_extract_prints_the_contract(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    done = process("extract", "a.txt", "b.txt", "--published", "2025-06-07", cwd=tmp_path)
    assert done.returncode == 1
    assert "b.txt" in done.stderr
    [line] = done.stdout.splitlines()
    told = json.loads(line)
    assert set(told) >= {"id", "actors", "meetings", "visits", "statements"}
    for event in told["meetings"]:
        for passage, (start, end) in zip(event["evidence"], event["offsets"], strict=True):
            assert NEWS[start:end] == passage
    array = process("extract", "a.txt", "-f", "json", "-q", cwd=tmp_path)
    assert len(json.loads(array.stdout)) == 1


SOME_ARTICLES = 300_000
"""Bytes that the store's log has after some articles, and long before three thousand."""


def _written(store: Path) -> int:
    return sum(path.stat().st_size for path in store.glob("generations/work/*.log"))


def test_interrupted_whole_articles_only(tmp_path: Path) -> None:
    """Ctrl-C in the middle: what was told is stored, and the same command goes on."""
    lines = [json.dumps({**RECORD, "id": str(n), "text": f"{NEWS}{n}"}) for n in range(3000)]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    script = Path(sys.executable).parent / "kb"
    running = subprocess.Popen(
        [str(script), "add", "feed.jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 120
    while _written(tmp_path / "kb-store") < SOME_ARTICLES and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "interrupted" in err.lower()
    assert "goes on" in err
    assert "Traceback" not in err
    told, stored = int(out.split()[0]), count(tmp_path)
    assert told <= stored <= told + TOGETHER, "the last may have been stored and not yet told"
    assert 0 < stored < 3000


def test_the_demo(tmp_path: Path) -> None:
    done = process("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for expected in ("Moon Jae-in", "2018-04-27", "planned", "Sample Wire", "Beijing, CN"):
        assert expected in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_demo_can_be_kept(tmp_path: Path) -> None:
    assert process("demo", "--store", "kept", "-q", cwd=tmp_path).returncode == 0
    assert "Biden" in process("who-met", "--store", "kept", cwd=tmp_path).stdout
