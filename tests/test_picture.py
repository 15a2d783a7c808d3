"""The picture of the README shows what the commands print."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "kobjctl" / "manual" / "images" / "session.svg"


@pytest.fixture(scope="module")
def picture():
    """What the script beside this file records now."""
    spec = spec_from_file_location("picture", Path(__file__).with_name("picture.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.record()


@pytest.mark.skipif(sys.platform == "win32", reason="another terminal, other colours")
def test_the_picture_is_what_a_terminal_shows(picture, update):
    if update:
        PICTURE.write_text(picture, encoding="utf-8", newline="\n")

    assert PICTURE.read_text(encoding="utf-8") == picture


def test_the_picture_needs_nothing_from_elsewhere():
    tree = ET.parse(PICTURE)  # noqa: S314 - our own

    assert "url(http" not in PICTURE.read_text(encoding="utf-8")
    assert [] == [each for each in tree.iter() if "href" in " ".join(each.attrib)]
