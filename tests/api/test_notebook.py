"""The notebook of the documentation gives what is stored in it."""

from __future__ import annotations

from typing import Any

from notebook import read, render


def outputs(notebook: Any) -> dict[str, list[str]]:
    """What stands below each cell that has code, as text."""
    return {
        cell.source: [
            output.get("text") or output.get("data", {}).get("text/plain") or output.output_type
            for output in cell.outputs
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def test_the_outputs_are_those_of_today() -> None:
    stored = read()
    assert outputs(render(read())) == outputs(stored), "`make notebook` writes them anew"


def test_every_cell_of_code_has_run_in_order() -> None:
    code = [cell for cell in read().cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    kinds = {output.output_type for cell in code for output in cell.outputs}
    assert kinds == {"stream", "execute_result"}


def test_nothing_of_the_machine_is_stored() -> None:
    notebook = read()
    assert set(notebook.metadata.language_info) == {"name"}
    assert all(cell.metadata == {} for cell in notebook.cells)
