"""The outputs of docs/who-met.ipynb, made by running it (``make notebook``).

It runs in a kernel of this interpreter, whatever kernels and settings the user has, in an empty
folder. ``tests/api/test_notebook.py`` holds what is stored to what it gives.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "docs" / "who-met.ipynb"
PATIENCE = 120
"""Seconds for a cell."""


def read() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def render(notebook: Any) -> Any:
    """The notebook with every output made anew, and nothing of the machine that made it."""
    with tempfile.TemporaryDirectory() as folder, settings(Path(folder)):
        (work := Path(folder) / "work").mkdir()
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(kernels(Path(folder)))]),
        )
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=PATIENCE,
            record_timing=False,
            resources={"metadata": {"path": str(work)}},
        )
        client.owns_km = True  # to end the kernel with it
        client.execute()
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def kernels(folder: Path) -> Path:
    """A folder with one kernel: this interpreter."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    command += ["--IPKernelApp.log_level=40"]  # nothing below an error
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    (folder / "kernels" / "python3").mkdir(parents=True)
    (folder / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder / "kernels"


@contextmanager
def settings(folder: Path) -> Iterator[None]:
    """Settings of the user stay out; what Jupyter writes goes into ``folder``."""
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    with mock.patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith(("KB_", "JUPYTER_"))]:
            del os.environ[name]
        os.environ |= {name: str(folder / name.lower()) for name in homes}
        os.environ |= {"PYTHONUTF8": "1", "NO_COLOR": "1"}
        yield


if __name__ == "__main__":
    nbformat.write(render(read()), NOTEBOOK)
