"""A knowledge base on disk, filled once; commands run on it in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import extraction, meeting, put, statement, visit
from click.testing import CliRunner, Result
from running import Kb

from kb.cli import main
from kb.store import create_store

TOLD = (
    extraction(
        "wire",
        meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU"),
        meeting("Lavrov", "Doe", status="planned", on="2022-04"),
        visit("Macron", "RU", "Moscow", on="2022-02-07"),
        visit("Lavrov", "KE", status="planned", on="2022-04"),
        statement("Putin", "Talks will go on in Paris", "Macron"),
        published="2022-02-08",
    ),
    extraction(
        "paper",
        meeting("Putin", "Macron", on="2021-12-14", medium="phone"),
        meeting("Doe", "Putin", on="2021-12-15"),
        meeting("Namesake", "Putin", on="2021-12-16"),
        published="2022-02-09",
    ),
)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "store"
    with create_store(path) as store:
        put(store, *TOLD)
    return path


@pytest.fixture
def kb(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kb:
    """Run a command on the filled store from an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_STORE", str(filled))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("KB_MODEL", raising=False)

    def run(*args: str, input: bytes | None = None) -> Result:  # noqa: A002
        return CliRunner().invoke(main, list(args), input=input, prog_name="kb")

    return run
