"""Texts are cut in one place, where what is secret in them is masked before."""

import ast
from pathlib import Path

import pytest

from kobjctl.javascript.json_text import json_excerpt
from kobjctl.model.masking import MASK
from kobjctl.model.secrets import Secrets, excerpt, hiding

PACKAGE = Path(__file__).parent.parent.parent / "kobjctl"
SECRET = "correct horse battery staple"  # noqa: S105 - a made-up one

# It shows a line of an expression as it was typed, around a place in it.
OF_FILES = {"cli/views/eval.py"}


def cuts(source):
    """Tell whether a module puts dots behind a part of something."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            inner = [*ast.walk(node)]
            dots = [
                each
                for each in inner
                if isinstance(each, ast.Constant) and str(each.value).startswith(("…", "..."))
            ]
            if dots and any(isinstance(each, ast.Slice) for each in inner):
                return True
    return False


def test_nothing_else_cuts_a_text():
    found = {
        str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if cuts(path.read_text())
    }

    assert found == OF_FILES


@pytest.mark.parametrize("source", ['f"{x[:5]}…"', 'x[:5] + "..."', 'f"{x[: N - 3]}… {n}"'])
def test_a_cut_is_noticed(source):
    assert cuts(source)


@pytest.mark.parametrize("most", range(1, 40))
def test_no_part_of_a_secret_is_left(most):
    with hiding(Secrets([SECRET])):
        shown = excerpt(f"x {SECRET} y", most)
        listed = json_excerpt([SECRET, "y" * 40], most)

    assert f"x {MASK} y"[:most] == shown.removesuffix("…")
    assert "corr" not in listed


def test_a_text_that_is_short_without_its_secrets_is_whole():
    with hiding(Secrets([SECRET])):
        assert f"{MASK} y" == excerpt(f"{SECRET} y", 6)


def test_what_is_secret_is_so_for_a_while():
    with hiding(Secrets([SECRET])):
        pass

    assert "correct…" == excerpt(SECRET, 7)
