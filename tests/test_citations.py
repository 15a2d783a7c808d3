"""What the code and the tests say of the platform cites a section of the manual that is there."""

import re
from pathlib import Path

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.operators import OPERATORS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "kobjctl" / "manual" / "platform.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^##+ ([\d.]+?)\.? ", PAGE, re.MULTILINE)
# One spelling: `manual/platform.md 4.2`, `manual/platform.md 4.2, 8.1`.
SECTION = r"\d+(?:\.\d+)?"
CITATION = re.compile(rf"manual/platform\.md ({SECTION}(?:(?:, | to ){SECTION})*)(?!\w)")
MENTION = re.compile(r"\b(?:platform|workflows|data)\.md|platform/\w+\.(?:md|txt)")
FILES = [
    path
    for folder in ("kobjctl", "tests")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".json", ".yaml"} and path != Path(__file__)
]
CITING = [path for path in FILES if MENTION.search(path.read_text(encoding="utf-8"))]


def cited(text):
    """Give the sections that a text cites."""
    return [section for found in CITATION.findall(text) for section in re.split(", | to ", found)]


@pytest.mark.parametrize("path", CITING, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_cited_is_there(path):
    text = path.read_text(encoding="utf-8")

    assert [] == [section for section in cited(text) if section not in SECTIONS]


@pytest.mark.parametrize("path", CITING, ids=lambda path: str(path.relative_to(ROOT)))
def test_sections_are_cited_in_one_spelling(path):
    rest = CITATION.sub("", path.read_text(encoding="utf-8"))

    assert [] == [line for line in rest.splitlines() if MENTION.search(line)]


def test_many_places_cite_the_page():
    assert 80 < len(CITING)


def test_each_number_has_one_section():
    numbers = [tuple(map(int, section.split("."))) for section in SECTIONS]

    assert sorted(set(numbers)) == numbers
    # What the page itself says of other sections: (8.4 to 8.6).
    assert set(re.findall(r"\((\d+\.\d+)\b", PAGE)) <= set(SECTIONS)


@pytest.mark.parametrize("name", [*OPERATORS, *FUNCTIONS])
def test_the_page_has_each_operator_and_function(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", ACTIONS)
def test_the_page_has_each_action(name):
    family, action = name.rsplit(".", 1)
    section = PAGE[PAGE.index("## 7. ") : PAGE.index("## 8. ")]

    assert re.search(rf"`(?:{re.escape(family)})?\.?{action}`", section)
