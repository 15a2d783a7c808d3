"""WF901 and WF902: what an app's file says of itself."""

import json

import pytest

from kobjctl.app.definitions.apply import read
from kobjctl.app.definitions.settings import set_value

APP = {
    "app": "parcels",
    "version": "1.0.0",
    "title": "Parcels",
    "settings": {"default": {"token": {"type": "secret"}}, "shop": {"host": {"type": "string"}}},
    "i18n": {
        "en_us": {
            "parcels.settings.page.title": "Parcels",
            "parcels.settings.path.default.token.displayName": "Token",
            "Parcels.settings.path.shop.host.description": "The host.",
            "kustomer.app.parcels.get": "Get a parcel",
            "anything.else": "Anything",
        }
    },
    "hooks": [
        {"eventName": "kustomer.app.parcels.moved", "type": "web"},
        {"eventName": "came", "type": "web"},
        {"name": "mails", "type": "email"},
    ],
    "triggers": [{"eventName": f"kustomer.app.PARCELS_{'6' * 24}.moved"}],
    "commands": [{"name": "kustomer.app.parcels.look"}, {"name": "look"}],
    "actions": [
        {
            "name": "kustomer.app.parcels.get",
            "type": "rest_api",
            "appSettings": {"token": {"key": "parcels.default.token"}},
            "inputTemplate": {
                "uri": "https://{{orgName}}.example/"
                "{{#each ids}}{{this}}{{name}}{{../tracking}}{{/each}}",
                "method": "GET",
                "headers": {"authorization": "Bearer {{token}}"},
                "qs": "/#query",
                "data": {"ids": "/#ids", "first": "/#ids.0.name"},
            },
            "inputSchema": {
                "properties": {
                    "tracking": {"type": "string"},
                    "ids": {"type": "array"},
                    "query": {"type": "object"},
                }
            },
        }
    ],
}


def changed(*path, to):
    """Give the app with another value at a path."""
    app = json.loads(json.dumps(APP))
    holder = app
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = to
    return app


@pytest.fixture
def told(tmp_path):
    """Give what is told of documents as `CODE message; hint`."""

    def tell(*documents, store=None):
        paths = []
        for index, document in enumerate(documents):
            paths.append(tmp_path / f"{index}.json")
            paths[-1].write_text(json.dumps(document))
        return [f"{each.code} {each.message}; {each.hint}" for each in read(paths, store).problems]

    return tell


def test_an_app_that_hangs_together_has_no_finding(told):
    assert [] == told(APP)


OWN = "kustomer.app.parcels."
FOREIGN = {
    "an action": (
        changed("actions", 0, "name", to="kustomer.app.parcel.get.one"),
        (
            'the action "kustomer.app.parcel.get.one" is not named after the app "parcels";'
            f" write {OWN}get.one"
        ),
    ),
    "a hook": (
        changed("hooks", 0, "eventName", to="kustomer.hooks.moved"),
        (
            'the hook "kustomer.hooks.moved" is not named after the app "parcels";'
            f" it begins with {OWN}"
        ),
    ),
    "a trigger": (
        changed("triggers", 0, "eventName", to="kustomer.app.parcelss.moved"),
        (
            'the trigger "kustomer.app.parcelss.moved" is not named after the app "parcels";'
            f" write {OWN}moved"
        ),
    ),
    "a command": (
        changed("commands", 0, "name", to="kustomer.app.a.look"),
        f'the command "kustomer.app.a.look" is not named after the app "parcels"; write {OWN}look',
    ),
    "a setting of another app": (
        changed("actions", 0, "appSettings", "token", "key", to="planets.default.token"),
        'no setting is called "planets.default.token"; did you mean "parcels.default.token"?',
    ),
    "a misspelled setting": (
        changed("actions", 0, "appSettings", "token", "key", to="parcels.default.tokem"),
        'no setting is called "parcels.default.tokem"; did you mean "parcels.default.token"?',
    ),
    "a setting that nobody declares": (
        changed("actions", 0, "appSettings", "token", "key", to="x"),
        (
            'no setting is called "x"; those of the app are called parcels.CATEGORY.NAME, as in its'
            " `settings`"
        ),
    ),
    "a text of another app": (
        changed("i18n", "en_us", to={"planets.settings.page.title": "A"}),
        (
            'the text "planets.settings.page.title" is of another app than "parcels";'
            " write parcels.settings.page.title"
        ),
    ),
    "a text of an action of another app": (
        changed("i18n", "en_us", to={"kustomer.app.planets.get": "A"}),
        f'the text "kustomer.app.planets.get" is of another app than "parcels"; write {OWN}get',
    ),
    "a text of a setting that is not there": (
        changed("i18n", "en_us", to={"parcels.settings.path.default.tokn.displayName": "A"}),
        (
            'the text "parcels.settings.path.default.tokn.displayName" is of no setting that the'
            ' app has; did you mean "parcels.settings.path.default.token.displayName"?'
        ),
    ),
    "a text of nothing": (
        changed("i18n", "en_us", to={"parcels.settings.somethingOfAnotherSort": "A"}),
        (
            'the text "parcels.settings.somethingOfAnotherSort" is of no setting that the app has;'
            " texts are of `page` or of a setting: path.CATEGORY.NAME"
        ),
    ),
}


@pytest.mark.parametrize(("app", "expected"), FOREIGN.values(), ids=FOREIGN)
def test_what_is_of_another_app_or_of_nothing_is_a_finding(told, app, expected):
    assert [f"WF901 {expected}"] == told(app)


def test_the_settings_of_other_apps_and_of_the_org_are_there_too(told):
    app = changed("actions", 0, "appSettings", "token", "key", to="planets.default.key")
    planets = {
        "app": "Planets",
        "version": "1.0.0",
        "title": "Planets",
        "settings": {"default": {"key": {"type": "string"}}},
    }

    assert [] == told(app, planets)


def test_a_setting_that_the_org_has_is_there(told, engine):
    app = changed("actions", 0, "appSettings", "token", "key", to="key")
    set_value(engine.org, "key", "k", secret=True)

    assert [] == told(app, store=engine.org.store)


@pytest.mark.parametrize("i18n", [None, [], "x", {"en_us": None}, {"en_us": ["a"]}])
def test_texts_that_are_none_are_left_alone(told, i18n):
    assert [] == told(changed("i18n", to=i18n))


TEMPLATE = ("actions", 0, "inputTemplate")
UNKNOWN = {
    "a tag": (
        changed(*TEMPLATE, "uri", to="https://a.example/{{traking}}/{{traking}}"),
        ['the action isn\'t given "traking"; did you mean "tracking"?'],
    ),
    "a reference": (
        changed(*TEMPLATE, "data", to={"a": {"b": ["/#steps.1.id"]}}),
        ['the action isn\'t given "steps"; declare it in `inputSchema` or `appSettings`'],
    ),
    "a block": (
        changed(*TEMPLATE, "uri", to="https://a.example/{{#if full}}{{@root.host}}{{/if}}"),
        [
            f'the action isn\'t given "{name}"; declare it in `inputSchema` or `appSettings`'
            for name in ("full", "host")
        ],
    ),
    "a query that is text": (
        changed(*TEMPLATE, "qs", to="/#tracking"),
        ["`qs` is an object, and this is text; write its keys: qs: {NAME: /#tracking}"],
    ),
    "headers that are a setting": (
        changed(*TEMPLATE, "headers", to="/#token"),
        ["`headers` is an object, and this is a setting; write its keys: headers: {NAME: /#token}"],
    ),
    "a query that is a literal": (
        changed(*TEMPLATE, "qs", to="a={{tracking}}"),
        ["`qs` is an object, and this is text; write its keys: qs: {NAME: VALUE}"],
    ),
}


@pytest.mark.parametrize(("app", "expected"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_a_template_is_not_given_is_a_finding(told, app, expected):
    assert [f"WF902 {each}" for each in expected] == told(app)


@pytest.mark.parametrize(
    ("schema", "count"),
    [({}, 0), ({"type": "object"}, 0), ({"additionalProperties": False}, 5)],
)
def test_a_schema_that_names_nothing_takes_anything_unless_it_says_so(told, schema, count):
    assert count == len(told(changed("actions", 0, "inputSchema", to=schema)))
