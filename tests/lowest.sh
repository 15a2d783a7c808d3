#!/usr/bin/env bash
# Run some tests with the lowest version of each dependency; there must be wheels of it for the
# Python that is given.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
"${1:-python3}" -m venv "$venv"
"$venv/bin/python" tests/lowest.py > "$venv/constraints.txt"
"$venv/bin/pip" install -q -e . -c "$venv/constraints.txt" pytest pytest-xdist hypothesis
# An old typer warns of what its newer click will leave out one day.
"$venv/bin/python" -m pytest -q -n auto -p no:cacheprovider -W ignore::DeprecationWarning \
  tests/model tests/actions tests/cli/test_golden.py tests/cli/test_typer_versions.py
