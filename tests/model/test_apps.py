"""The names of apps and of what they define, in their two forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.model.app import (
    folded_name,
    full_name,
    plain_app,
    plain_key,
    plain_name,
    with_full_names,
)

ORG = "61420000000000000000abcd"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (f"kustomer.app.my_app_{ORG}.put-request", "kustomer.app.my_app.put-request"),
        (f"kustomer.app.my_app_{ORG}", "kustomer.app.my_app"),
        ("kustomer.app.my_app.put-request", "kustomer.app.my_app.put-request"),
        (f"kustomer.app.my_app_{ORG}.of_{ORG}.x", f"kustomer.app.my_app.of_{ORG}.x"),
        (f"kustomer.app.my_app_{ORG}0.x", f"kustomer.app.my_app_{ORG}0.x"),
        (f"kustomer.app.my_app_{ORG.upper()}.x", "kustomer.app.my_app.x"),
        ("kustomer.app.My_App.Put", "kustomer.app.my_app.Put"),
        ("kustomer.kobject.Order.create", "kustomer.kobject.Order.create"),
        (f"kustomer.hooks.form_{ORG}.receive", f"kustomer.hooks.form_{ORG}.receive"),
        (f"kustomer.kobject.order_{ORG}.create", f"kustomer.kobject.order_{ORG}.create"),
        ("", ""),
    ],
)
def test_an_app_s_name_has_neither_the_id_of_an_org_nor_capitals(name, plain):
    assert plain == plain_name(name)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (f"my_app_{ORG}.default.token", "my_app.default.token"),
        ("My_App.default.Token", "my_app.default.Token"),
        ("orgName", "orgName"),
    ],
)
def test_the_key_of_a_setting_has_a_plain_form_too(name, plain):
    assert plain == plain_key(name)


def test_the_name_of_an_app_has_one():
    assert "my_app" == plain_app(f"My_App_{ORG}") == plain_app("my_app")


NAMES = st.from_regex(r"kustomer\.app\.[a-zA-Z_]*(_[0-9a-fA-F]{24})?(\.\w+)?", fullmatch=True)


@given(NAMES)
def test_a_plain_name_is_that_of_all_its_spellings(name):
    app, dot, rest = name.removeprefix("kustomer.app.").partition(".")
    plain = plain_name(name)

    for spelling in (app.upper(), app.lower(), f"{plain_app(app)}_{ORG}"):
        assert plain == plain_name(f"kustomer.app.{spelling}{dot}{rest}")
    assert folded_name(name) == name.replace(app, app.lower(), 1)


@given(st.text())
def test_any_other_name_stays(name):
    assert name == plain_name(name) == folded_name(name)


def test_a_short_name_is_the_app_s_and_a_full_one_stays():
    assert "kustomer.app.a.b" == full_name("a", "b")
    assert "kustomer.app.c.b" == full_name("a", "kustomer.app.c.b")
    assert "b" == full_name("", "b")


def test_only_the_app_s_own_short_names_are_lengthened():
    names = {"moved": "kustomer.app.a.moved", "get": "kustomer.app.a.get"}
    workflow = {
        "name": "moved",
        "trigger": {"eventName": "moved", "id": "1"},
        "steps": [{"id": "get", "action": "get"}, {"id": "b", "action": "got"}, {"id": "c"}],
    }

    assert {
        "name": "moved",
        "trigger": {"eventName": "kustomer.app.a.moved", "id": "1"},
        "steps": [
            {"id": "get", "action": "kustomer.app.a.get"},
            {"id": "b", "action": "got"},
            {"id": "c"},
        ],
    } == with_full_names(workflow, names)
    assert workflow is with_full_names(workflow, {})
