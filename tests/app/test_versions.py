"""The versions that are at work, and which of them kobjctl can't work with."""

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

import pytest

from kobjctl import __version__
from kobjctl.app import versions as module
from kobjctl.app.versions import versions


@pytest.fixture
def declared(monkeypatch):
    """What kobjctl declares, and what is installed, can be chosen."""

    def declare(texts, installed):
        def find(name):
            if name in installed:
                return installed[name]
            raise PackageNotFoundError(name)

        monkeypatch.setattr(module, "requires", lambda _: texts)
        monkeypatch.setattr(module, "version", find)

    return declare


def test_they_are_those_of_this_process():
    found = versions()

    assert __version__ == found.kobjctl
    assert platform.python_version() == found.python
    assert sqlite3.sqlite_version == found.sqlite
    assert version("httpx") == found.libraries["httpx"]
    assert () == found.errors


@pytest.mark.parametrize(
    ("least", "installed", "met"),
    [
        ("0.28", "0.28", True),
        ("0.28", "0.28.0", True),
        ("0.28.0", "0.28", True),
        ("0.28", "0.27.9", False),
        ("0.28", "0.100", True),
        ("13.7", "9.10", False),
        ("2025.11.3", "2026.1rc1", True),
    ],
)
def test_a_library_must_be_new_enough(declared, least, installed, met):
    declared([f"httpx>={least}"], {"httpx": installed})

    assert met == (versions().errors == ())


def test_a_missing_library_is_told_with_what_to_do(declared):
    declared(["httpx>=0.28", "idna<4,>=3.7"], {"idna": "3.6"})

    missing, old = versions().errors

    assert 'the library "httpx" is not installed' == missing.message
    assert 'the library "idna" is 3.6, and kobjctl needs 3.7' == old.message
    assert "pip install" in missing.hint


def test_a_library_for_some_systems_may_be_missing(declared):
    declared(["orjson>=3.10; platform_python_implementation == 'CPython'"], {})

    assert () == versions().errors
    assert {"orjson": None} == versions().libraries


def test_an_extra_is_there_when_all_of_it_is(declared):
    texts = [
        "starlette>=0.40; extra == 'serve'",
        'uvicorn[standard]>=0.30; extra == "serve"',
        "pygls>=2; extra == 'lsp'",
    ]
    declared(texts, {"starlette": "0.41", "pygls": "2.0"})

    found = versions()

    assert {"serve": False, "lsp": True} == found.extras
    assert () == found.errors


def test_a_kobjctl_that_is_not_installed_declares_nothing(monkeypatch):
    def not_found(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(module, "requires", not_found)

    assert {} == versions().libraries
