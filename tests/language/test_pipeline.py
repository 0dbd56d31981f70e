"""Loading the language pipeline: the shipped one, another, or an error a user can act on."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import spacy

from kb.errors import ModelError
from kb.language.pipeline import load, model_version, shipped
from kb.language.training import student

LARGEST = 20_000_000
"""Bytes of the shipped pipeline."""


def test_the_shipped_pipeline_is_loaded_once() -> None:
    assert load() is load()
    assert {"tagger", "parser"} <= set(load().pipe_names)


def test_an_unknown_name_is_an_error_with_a_way_out() -> None:
    with pytest.raises(ModelError, match="no language pipeline 'xx_nowhere'") as caught:
        load("xx_nowhere")
    assert caught.value.hint is not None
    assert "KB_MODEL" in caught.value.hint


def test_a_folder_that_holds_no_pipeline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no language pipeline"):
        load(str(tmp_path))


def test_a_pipeline_without_parser_is_an_error(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no dependency parser"):
        load(str(tmp_path / "blank"))


def test_a_pipeline_in_a_folder_can_take_its_place(tmp_path: Path) -> None:
    shutil.copytree(shipped(), tmp_path / "copy")
    nlp = load(str(tmp_path / "copy"))
    assert [t.dep_ for t in nlp("They met.")] == [t.dep_ for t in load()("They met.")]


def test_the_version_tells_the_weights_apart(tmp_path: Path) -> None:
    copy = shutil.copytree(shipped(), tmp_path / "copy")
    (copy / "MODEL_CARD.md").write_text("# Another text\n", encoding="utf-8")
    assert model_version(load(str(copy))) == model_version(load())

    other = shutil.copytree(shipped(), tmp_path / "other")
    weights = other / "parser" / "model"
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    assert model_version(load(str(other))) != model_version(load())


def test_what_ships_says_what_it_is() -> None:
    meta = json.loads((shipped() / "meta.json").read_text(encoding="utf-8"))
    assert meta["name"] == "dip_core_news"
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?", meta["version"])
    assert meta["license"] == "CC BY-SA 4.0"
    assert {"GUM", "UD English EWT", "UD English PUD"} <= {s["name"] for s in meta["sources"]}
    assert meta["description"] == student.META["description"]
    assert model_version(load()).startswith(f"en_dip_core_news {meta['version']}+")


def test_what_ships_is_small_and_tells_nothing_of_how_it_was_made() -> None:
    files = [p for p in shipped().rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < LARGEST
    labels = {label for listed in load().pipe_labels.values() for label in listed}
    strings = json.loads((shipped() / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert set(strings) == labels
    config = (shipped() / "config.cfg").read_text(encoding="utf-8")
    assert not re.search(r"= \"/|\.spacy\"", config)


def test_the_model_card_tells_data_figures_and_commands() -> None:
    card = (shipped() / "MODEL_CARD.md").read_text(encoding="utf-8")
    for part in ("GUM", "EWT", "PUD", "CC BY-SA 4.0", "LAS", "python -m kb.language.training"):
        assert part in card
