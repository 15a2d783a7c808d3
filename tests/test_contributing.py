"""What CONTRIBUTING and SECURITY name is there: files, folders, commands of make, tables."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from kobjctl import __version__
from kobjctl.cli import COMMANDS

ROOT = Path(__file__).parent.parent
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TEXTS = CONTRIBUTING + SECURITY
PATH = re.compile(r"`((?:kobjctl|tests|sample_\w+|\.ci)/[\w./-]+)`|\]\((?!https?:)([^)#]+)\)")
PATHS = sorted({found[0] or found[1] for found in PATH.findall(TEXTS)})
COMMAND = re.compile(r"\bmake ([a-z][a-z ]*)")
# A name with the module that it stands in: `Exit` in `kobjctl/cli/__init__.py`.
NAME = re.compile(r"`(\w+)` (?:in|of) `(kobjctl/[\w/]+)\.py`")
MIGRATED = re.compile(r"^def (m\d{3}_\w+)", re.MULTILINE)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_there(path):
    assert (ROOT / path).exists()


def test_many_paths_are_named():
    assert 40 < len(PATHS)


@pytest.mark.parametrize(("name", "path"), NAME.findall(TEXTS))
def test_a_name_stands_in_its_module(name, path):
    module = import_module(path.removesuffix("/__init__").replace("/", "."))

    assert hasattr(module, name)


def test_a_command_of_make_is_there():
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    named = {word for words in COMMAND.findall(CONTRIBUTING) for word in words.split()[:2]}

    assert {"install", "quick", "one", "update", "test", "lint", "benchmark"} <= named
    assert {"install", "quick", "one", "update", "test", "lint", "benchmark"} <= targets
    assert [] == [each for each in re.findall(r"`make (\w+)", CONTRIBUTING) if each not in targets]


def test_each_command_of_make_is_listed():
    declared = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()

    assert declared == re.findall(r"^(\w+):.*## ", MAKEFILE, re.MULTILINE)


def test_a_command_of_kobjctl_is_there():
    assert set(re.findall(r"`kobjctl (\w+)", TEXTS)) <= {*COMMANDS, "help"}


def test_contributing_is_short():
    assert 300 >= len(CONTRIBUTING.splitlines())


def test_the_version_stands_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert "version" not in project
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_changelog_has_this_version_and_room_for_the_next():
    titles = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert "Unreleased" == titles[0]
    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", titles[1])
