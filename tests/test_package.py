"""The wheel: what travels in it, and that it works in a bare environment outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUERY = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    built = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a new environment that has the wheel; its dependencies are those of this one.

    A path file lends them: what this environment has installed in editable form stays out, as path
    files found along a path are not read again.
    """
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    site = sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)})
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet"]
    command = [*pip, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return scripts


def run(scripts: Path, cwd: Path, name: str, *args: str) -> str:
    """What a script of the new environment prints, run where no checkout is near."""
    left_out = ("PYTHONPATH", "KB_STORE", "KB_MODEL", "KB_BASE")
    env = {k: v for k, v in os.environ.items() if k not in left_out} | {"COLUMNS": "200"}
    done = subprocess.run(
        [str(scripts / name), *args],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_travels_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    notices = {name.split("/licenses/")[1] for name in names if "/licenses/" in name}
    assert notices == {"LICENSE", "NOTICE", "LICENSES/CC-BY-SA-4.0.txt"}
    for folder in ("ontology", "queries"):
        sources = {p.name for p in (ROOT / folder).iterdir() if p.is_file()}
        assert sources
        assert sources <= {Path(n).name for n in names if n.startswith(f"kb/{folder}/")}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kb").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package - names == set()
    assert {"kb/py.typed", "kb/samples/wires.jsonl", "kb/read/data/boilerplate.toml"} <= names
    assert any(n.startswith("kb/language/weights/") for n in names), "the weights of the model"
    assert not [n for n in names if n.startswith("tests") or "__pycache__" in n]
    assert wheel.stat().st_size < 30_000_000


def test_the_licences_are_declared(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    [path] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = archive.read(path).decode()
    assert "License-Expression: Apache-2.0 AND CC-BY-SA-4.0\n" in metadata
    assert "Name: diplomatic-kb\n" in metadata


def test_it_is_the_installed_package_that_runs(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "python", "-c", "import kb; print(kb.__file__)").strip()
    assert Path(where).is_relative_to(installed.parent)


def test_demo_and_a_query_outside_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, tmp_path, "kb", "demo")
    assert "Moon Jae-in" in shown
    assert "2018-04-27" in shown

    article = tmp_path / "news.txt"
    article.write_text(
        "Ministers meet\nFrench President Emmanuel Macron met Italian Prime Minister Giorgia Meloni"
        " in Rome on Friday.\n",
        encoding="utf-8",
    )
    run(installed, tmp_path, "kb", "add", "news.txt", "--published", "2025-06-07")
    (tmp_path / "count.rq").write_text(QUERY, encoding="utf-8")
    [row] = json.loads(run(installed, tmp_path, "kb", "query", "count.rq", "--format", "json"))
    assert int(row["n"]) > 20
    [met] = json.loads(run(installed, tmp_path, "kb", "who-met", "Macron", "Meloni", "-f", "json"))
    assert {p["name"] for p in met["participants"]} == {"Emmanuel Macron", "Giorgia Meloni"}
    assert met["date"] == "2025-06-06"
