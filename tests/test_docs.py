"""What stands in the files: docstrings in the code, and nothing of anybody's own machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kobjctl").rglob("*.py"))

# `/home/you` is the folder in transcripts; the rest would be somebody's.
WORKPLACE = re.compile(r"(?<![\w.~-])/(?:home/(?!you\b)|Users/|root/|work/|tmp/\w)\w*")
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def tracked():
    """Give the text files that git keeps; none outside of a repository."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - the git of this machine
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return []
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file() and b"\0" not in path.read_bytes())


TRACKED = tracked()
EVERY_FILE = pytest.mark.parametrize("path", TRACKED, ids=lambda path: str(path.relative_to(ROOT)))


def public(node, before=""):
    """Yield the names of the public classes and functions of a module, with their nodes."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, DEFINITIONS) and not child.name.startswith("_"):
            yield f"{before}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{child.name}.")
        elif isinstance(child, ast.If | ast.Try):
            yield from public(child, before)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_class_and_function_has_a_docstring(path):
    names = public(ast.parse(path.read_text(encoding="utf-8")))

    assert [] == [name for name, node in names if not ast.get_docstring(node)]


@EVERY_FILE
def test_a_file_names_no_folder_of_a_workplace(path):
    assert [] == WORKPLACE.findall(path.read_text(encoding="utf-8"))


@EVERY_FILE
def test_a_file_has_no_trailing_spaces_and_ends_with_its_last_line(path):
    text = path.read_text(encoding="utf-8")

    assert [] == re.findall(r".*[ \t]$", text, re.MULTILINE)
    assert text == text.rstrip("\n") + ("\n" if text else "")


def test_the_tests_of_this_module_have_something_to_look_at():
    assert MODULES
    assert (ROOT / "README.md") in TRACKED or not (ROOT / ".git").exists()
