"""``export --as``: event data by CAMEO and PLOVER."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from running import Kb

from kb.export import SCHEMES


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_file_and_standard_output_are_the_same(kb: Kb, tmp_path: Path, scheme: str) -> None:
    printed = kb("export", "-", "--as", scheme)
    assert printed.exit_code == 0, printed.output
    for name in ("events.tsv", "events.csv", "events", "events.tsv.gz"):
        result = kb("export", name, "--as", scheme)
        assert result.exit_code == 0, result.output
        data = (tmp_path / name).read_bytes()
        data = gzip.decompress(data) if name.endswith(".gz") else data
        assert data == printed.stdout_bytes
        rows = printed.stdout.count("\n") - 1
        assert result.stderr.startswith(f"{rows} rows in {name}")


def test_it_says_what_it_leaves_out(kb: Kb) -> None:
    told = kb("export", "e.tsv", "--as", "plover").stderr
    assert told.endswith("; reports without a row: 1 statements, which the scheme does not code\n")
    assert kb("-q", "export", "e.tsv", "--as", "plover").stderr == ""
    assert "reports without" not in kb("export", "e.tsv", "--as", "cameo").stderr


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["e.tsv", "--as", "weis"], 2, "'weis' is not one of"),
        (["e.csv", "--as", "cameo", "--format", "csv"], 2, "a table of its own, not csv"),
        (["e.nq", "--as", "plover", "-f", "nquads"], 2, "a table of its own, not nquads"),
        (["e.csv", "--as", "cameo", "--table", "visits"], 2, "a table of its own, not visits"),
        (["e.tsv", "--as", "cameo", "--status", "denied"], 2, "a code for what is denied"),
        (["e.tsv", "--as", "cameo", "--status", "disputed"], 2, "a code for what is disputed"),
        (["no/such/e.tsv", "--as", "cameo"], 1, "No such file or directory"),
    ],
)
def test_what_cannot_be(kb: Kb, tmp_path: Path, args: list[str], code: int, message: str) -> None:
    result = kb("export", *args)
    assert result.exit_code == code
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []
