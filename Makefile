# Short commands; `make` lists them. `.ci/run` and the workflow of GitHub use them too.
# TESTS are the files or folders that `test`, `one` and `update` run.
PYTHON ?= python3
BIN ?= .venv/bin
TESTS ?= tests
SOAK ?= 3600

# What takes a few seconds: the house, and the rooms that everything stands on.
QUICK = tests/test_layers.py tests/test_names.py tests/test_tables.py tests/model tests/records \
	tests/engine
# The least branch coverage of a room in percent, a little below what there is; and what covers it.
FLOORS = engine:97 expressions:99 lint:98 store:94
ROOMS = $(foreach floor,$(FLOORS),$(firstword $(subst :, ,$(floor))))
COVERING = $(ROOMS:%=tests/%) tests/records tests/actions tests/app --ignore tests/app/soak \
	tests/cli/test_golden.py tests/test_tables.py tests/test_workflows.py

.DEFAULT_GOAL := help
.PHONY: help install lint test one quick update coverage lowest package benchmark soak check

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: ## make .venv with kobjctl and all tools
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q --upgrade pip
	.venv/bin/pip install -q -e . --group dev

lint: ## judge the code: ruff, its format, mypy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy kobjctl

test: ## run all tests, on all cores
	$(BIN)/pytest -n auto $(TESTS)

one: ## run TESTS one after the other, until the first that fails
	$(BIN)/pytest -x $(TESTS)

quick: ## run what takes a few seconds
	$(BIN)/pytest -q -x $(QUICK)

update: ## write the golden files and console blocks of TESTS anew
	$(BIN)/pytest -q --update $(TESTS)

coverage: ## hold the branch coverage of the inner rooms above their floors
	$(BIN)/pytest -q -n auto $(COVERING) --cov-report= $(ROOMS:%=--cov=kobjctl/%)
	for floor in $(FLOORS); do \
		printf '%s, at least %s %%: ' "$${floor%:*}" "$${floor#*:}"; \
		$(BIN)/coverage report --format=total --precision=1 \
			--include="kobjctl/$${floor%:*}/*" --fail-under="$${floor#*:}" || exit 1; \
	done

lowest: ## run some tests with the lowest version of each dependency
	tests/lowest.sh $(PYTHON)

package: ## build wheel and sdist, install each and try it
	$(PYTHON) tests/package.py

benchmark: ## measure what the page on performance says
	$(BIN)/pip install -q --upgrade pip
	$(BIN)/pip install -q --group benchmark
	$(BIN)/python tests/benchmarks

soak: ## kill and interrupt processes by chance for SOAK seconds
	$(BIN)/pytest tests/app/soak --soak $(SOAK)

check: lint test coverage package ## do what CI does, but for other systems and versions
