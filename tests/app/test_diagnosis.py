"""A diagnosis names what is wrong, with the next step, and shows no secrets."""

import os
from pathlib import Path

import pytest

from kobjctl.app import diagnosis
from kobjctl.app.diagnosis import diagnose


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    """An environment in which nothing of kobjctl is set."""
    for name in [name for name in os.environ if name.startswith("KOBJCTL_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))


def said(found):
    """Give all that a diagnosis says, as one text."""
    return str((found.as_json(), [(each.message, each.hint) for each in found.errors]))


def test_no_database_is_nothing_wrong():
    found = diagnose(None)

    assert () == found.errors
    assert found.examination is None
    assert found.as_json()["database"]["exists"] is False
    assert not Path("kobjctl.db").exists()


@pytest.mark.parametrize(
    ("option", "variable", "source"),
    [
        ("a.db", "b.db", "option"),
        (None, "b.db", "environment"),
        (None, "", "folder"),
    ],
)
def test_it_says_why_it_is_this_database(monkeypatch, org, option, variable, source):
    monkeypatch.chdir(org.parent)
    monkeypatch.setenv("KOBJCTL_DB", variable)

    assert source == diagnose(option).choice.source


def test_it_says_that_the_database_is_in_a_folder_above(monkeypatch, org):
    (org.parent / "below").mkdir()
    monkeypatch.chdir(org.parent / "below")

    assert "parent" == diagnose(None).choice.source


def test_hosts_are_shown_without_logins(monkeypatch):
    monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", "api.example.com, https://ada:pa55word@example.com")

    found = diagnose(None)

    assert "api.example.com, ***@example.com" == found.settings["KOBJCTL_ALLOW_HOSTS"]
    assert 1 == len(found.errors)
    assert "pa55word" not in said(found)


def test_a_variable_that_nothing_reads_is_told_without_its_value(monkeypatch):
    monkeypatch.setenv("KOBJCTL_DBS", "pa55word")

    found = diagnose(None)
    [error] = found.errors

    assert "kobjctl does not read the variable KOBJCTL_DBS" == error.message
    assert 'did you mean "KOBJCTL_DB"?' == error.hint
    assert "pa55word" not in said(found)


def test_nobodys_home_is_named(monkeypatch, tmp_path):
    home = tmp_path / "ada"
    home.mkdir()
    (home / "org.db").write_text("no database")
    monkeypatch.setenv("KOBJCTL_DB", str(home / "org.db"))

    found = diagnose(None)

    assert f"~{os.sep}org.db" == found.as_json()["database"]["path"]
    assert f'"~{os.sep}org.db" is not a kobjctl database' == found.errors[0].message
    assert str(home) not in said(found)


def test_a_disk_without_room_is_told(monkeypatch):
    monkeypatch.setattr(diagnosis, "room_at", lambda _: 2_000_000)

    (error,) = diagnose(None).errors

    assert "has 2.0 MB left" in error.message


def test_a_path_that_leads_to_no_file_is_told():
    if not Path(os.devnull).is_char_device():
        pytest.skip("POSIX")

    (error,) = diagnose(os.devnull).errors

    assert "is not a file" in error.message
