# Needs make and Python >= 3.11, nothing else. Everything goes into .venv beside this file.
#
#   make demo     install the package, build a small knowledge base, ask it who met whom
#   make test     lint, types, tests
#   make eval     score the extraction on the evaluation articles (SHARED=path, default ../shared)
#   make throughput  articles a second, two processes, on the pool of the evaluation articles
#   make bench    questions on large stores and their peers (KB_BENCH_QUADS=1000000,10000000)
#   make soak     kill the writer of a store at very many moments (KB_SOAK=how many)
#   make fuzz     try hostile inputs (MINUTES=60); what is found goes to fuzz-findings/
#   make lint     what `make test` begins with
#   make format   let ruff put the code in order
#   make readme   write the outputs and figures in README.md and docs/ anew
#   make notebook write the outputs of docs/who-met.ipynb anew
#   make vocabulary  write docs/vocabulary.html and docs/model.svg, made of the ontology
#   make dist     build what is released into dist/: sdist, wheel, the page of the vocabulary
#   make clean    remove what the above have made

PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# One thread: the model is too small to gain from more.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint format eval throughput bench soak fuzz readme notebook vocabulary dist clean

help:
	@sed -n '3,/^$$/s/^# //p' Makefile

# A stamp marks what has been done, so that a second run starts at once.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "diplomatic-kb needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 demo" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/kb demo

lint: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest

MINUTES ?= 60

# With atheris, where it can be installed, the inputs are led by what code they reach.
fuzz: $(VENV)/.installed-test
	-$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(MINUTES)

format: $(VENV)/.installed-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Fails where a figure has fallen by more than 0.01; UPDATE=1 makes today's figures the standard,
# ERRORS=50 prints the first fifty errors.
eval: $(VENV)/.installed
	PYTHONPATH=tests $(BIN)/python -m evaluation.evaluate --shared '$(SHARED)' $(if $(UPDATE),--update) $(if $(ERRORS),--errors $(ERRORS))

throughput: $(VENV)/.installed
	$(BIN)/python tests/evaluation/throughput.py '$(SHARED)'

bench: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -m pytest -o python_files='bench_*.py' --benchmark-columns=min,median,rounds tests/benchmarks

# Some 3 seconds for each moment.
soak: $(VENV)/.installed-test
	KB_SOAK=$(or $(KB_SOAK),300) $(BIN)/python -m pytest -rP tests/crashes

readme: $(VENV)/.installed
	$(BIN)/python tests/readme.py

notebook: $(VENV)/.installed-test
	$(BIN)/python tests/notebook.py

vocabulary: $(VENV)/.installed
	$(BIN)/python -m docs.vocabulary

# The page goes into the sdist with the other documents, and lies beside it for those who only read.
dist: $(VENV)/.installed-test vocabulary
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist
	cp docs/vocabulary.html dist/diplomatic-kb-vocabulary.html

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
