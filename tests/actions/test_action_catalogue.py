"""The table of actions: what a user reads of each is there and is true."""

import re

import pytest

from kobjctl.actions import ACTIONS

# Every id of platform/workflows.md 4.1.
DOCUMENTED = {
    "kustomer.customer.find",
    "kustomer.customer.find-by-email",
    "kustomer.customer.find-by-phone",
    "kustomer.customer.find-by-external-id",
    "kustomer.customer.create",
    "kustomer.customer.update",
    "kustomer.kobject.find",
    "kustomer.kobject.find-by-external-id",
    "kustomer.kobject.create",
    "kustomer.kobject.create-with-customer",
    "kustomer.kobject.update",
    "kustomer.kobject.delete",
    "kustomer.klass.find-by-klassname",
    "kustomer.klass.create",
    "kustomer.company.find",
    "kustomer.conversation.find-by-id",
    "kustomer.conversation.find-body",
    "kustomer.conversation.create",
    "kustomer.conversation.update",
    "kustomer.conversation.append-tags",
    "kustomer.message.find-by-id",
    "kustomer.message.find-by-external",
    "kustomer.message.find-last",
    "kustomer.message.create",
    "kustomer.message.update",
    "kustomer.note.create",
    "kustomer.user.find-by-id",
    "kustomer.rest-api.json",
    "kustomer.rest-api.generic",
    "kustomer.regex-match.generic",
    "kustomer.event.publish",
    "kustomer.app.scheduler.schedule-workflow",
    "kustomer.app.ai.nlp",
}
# platform/workflows.md 4.2: params as exports use them.
CONFIRMED = {
    "kustomer.customer.find": {"identifier"},
    "kustomer.customer.find-by-email": {"email"},
    "kustomer.customer.find-by-phone": {"phone"},
    "kustomer.customer.find-by-external-id": {"externalId"},
    "kustomer.customer.create": {
        "name",
        "email",
        "emails",
        "phone",
        "phones",
        "externalId",
        "custom",
    },
    "kustomer.customer.update": {"id", "custom"},
    "kustomer.kobject.find": {"klassName", "id"},
    "kustomer.kobject.find-by-external-id": {"klassName", "externalId"},
    "kustomer.kobject.create": {"klassName", "title", "data", "custom", "externalId"},
    "kustomer.kobject.create-with-customer": {
        "klassName",
        "customer",
        "title",
        "data",
        "custom",
        "externalId",
        "parent",
        "description",
        "images",
        "icon",
        "tags",
    },
    "kustomer.kobject.update": {"klassName", "id", "custom", "title", "data"},
    "kustomer.klass.create": {"name", "displayName", "icon", "color", "status", "mixins"},
    "kustomer.regex-match.generic": {"testString", "regex"},
    "kustomer.app.ai.nlp": {"Text", "Customer", "DetectLang"},
}
REQUIRED = {
    "kustomer.kobject.create-with-customer": ["klassName", "customer", "title", "data"],
    "kustomer.customer.create": [],
    "kustomer.customer.update": ["id"],
}
# It always fails here, so it gives no output.
ONLY_STUBBED = {"kustomer.app.ai.nlp"}
ONLY_LOOKING = {"kustomer.regex-match.generic"}
# An output with everything that can be in it.
FULL = {
    "customer": {
        "name": "Ada",
        "username": "ada",
        "email": "new@example.com",
        "phone": "+49301234567",
        "externalId": "shop-7",
        "company": "5f75c63cd5c0384ad82a17ab",
        "custom": {"tierStr": "gold"},
        "tags": ["vip"],
        "locale": "en",
        "timeZone": "UTC",
        "defaultLang": "en",
        "gender": "f",
        "avatarUrl": "https://example.com/a.png",
        "birthdayAt": "1815-12-10T00:00:00Z",
        "signedUpAt": "2020-01-01T00:00:00Z",
        "lastSeenAt": "2020-01-01T00:00:00Z",
        "sentiment": {"polarity": 1, "confidence": 1},
        "socials": [{"type": "twitter", "username": "ada"}],
        "urls": [{"url": "https://example.com"}],
        "locations": [{"cityName": "London"}],
        "whatsapps": ["whatsapp:+4930"],
    },
    "kobject": {
        "klassName": "order",
        "title": "x",
        "data": {"a": 1},
        "externalId": "o-9",
        "description": "d",
        "icon": "cart",
        "images": ["https://example.com/a.png"],
        "tags": ["a"],
        "custom": {"orderIDStr": "9"},
        "company": "5f75c63cd5c0384ad82a17ab",
    },
    "klass": {
        "name": "refund",
        "icon": "cash-refund",
        "color": "red",
        "mixins": ["assignable"],
        "klassSchema": "task",
        "jsonSchema": {},
    },
}


def outputs(perform, org, *, full):
    """Give the real output of every action, with as much or as little in it as can be."""
    customer, _ = perform("customer.create", FULL["customer"] if full else {})
    found = {"identifier": customer["id"]}
    given = FULL["kobject"] if full else {"klassName": "nps", "title": "x", "data": {}}
    kobject, _ = perform("kobject.create", {**given, "customer": customer["id"]})
    which = {"klassName": given["klassName"], "id": kobject["id"]}
    params = {
        "customer.create": {},
        "customer.find": found,
        "customer.find-by-email": {"email": "ada@example.com"},
        "customer.find-by-phone": {"phone": "+15551234567"},
        "customer.find-by-external-id": {"externalId": "shop-1"},
        "customer.update": {"id": customer["id"]},
        "kobject.create": given | {"externalId": None},
        "kobject.create-with-customer": given | {"externalId": None, "customer": org["bob"]},
        "kobject.find": which,
        "kobject.find-by-external-id": {"klassName": "order", "externalId": "o-1"},
        "kobject.update": which,
        "klass.find-by-klassname": {"klassName": given["klassName"]},
        "klass.create": FULL["klass"] if full else {"name": "refund"},
        "regex-match.generic": {"testString": "Order 7", "regex": r"\d"},
        "kobject.delete": which,
        "event.publish": {"eventName": "my.event"},
        "app.scheduler.schedule-workflow": {"runAt": {"value": 1}, "workflowId": org["callee"]},
    }
    return {f"kustomer.{name}": perform(name, each)[0] for name, each in params.items()}


KINDS = {
    "text": str,
    "number": (int, float),
    "true or false": bool,
    "object": dict,
    "list": list,
    "anything": object,
    "date and time": str,
}


@pytest.mark.parametrize("full", [True, False])
def test_every_field_of_a_real_output_is_declared(full, perform, org):
    undeclared = {
        name: sorted(output.keys() - ACTIONS[name].output.keys())
        for name, output in outputs(perform, org, full=full).items()
    }

    assert {name: [] for name in undeclared} == undeclared
    assert set(ACTIONS) - ONLY_STUBBED == set(undeclared)


@pytest.mark.parametrize("full", [True, False])
def test_every_field_of_a_real_output_has_its_declared_type(full, perform, org):
    wrong = [
        (name, key, value)
        for name, output in outputs(perform, org, full=full).items()
        for key, value in output.items()
        if key in ACTIONS[name].output
        and value is not None
        and not isinstance(value, KINDS[ACTIONS[name].output[key]])
    ]

    assert [] == wrong


def test_the_table_has_none_but_the_platforms_actions():
    assert set() == set(ACTIONS) - DOCUMENTED


def test_the_table_counts_its_actions():
    assert len(list(ACTIONS)) == len(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_has_a_name_a_label_a_sentence_of_help_and_outputs(name):
    each = ACTIONS[name]

    assert name == each.name
    assert re.fullmatch(r"[A-Z][A-Za-z()]*( [A-Z(][A-Za-z()]*)*: [A-Z].*", each.label)
    assert each.help.splitlines()[0].endswith(".")
    assert each.output
    assert set(each.output.values()) <= set(KINDS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_declares_its_params_with_types(name):
    names = [param.name for param in ACTIONS[name].params]

    assert names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z]+", each) for each in names)
    assert CONFIRMED.get(name, set()) <= set(names)


@pytest.mark.parametrize("name", REQUIRED)
def test_an_action_requires_what_the_platform_requires(name):
    required = [param.name for param in ACTIONS[name].params if param.required]

    assert sorted(REQUIRED[name]) == sorted(required)


@pytest.mark.parametrize("name", ACTIONS)
def test_the_lookups_and_only_they_are_marked(name):
    assert ("find" in name or name in ONLY_LOOKING) is ACTIONS[name].lookup
    assert not ACTIONS[name].remote


def test_labels_and_help_tell_actions_apart():
    assert len(ACTIONS) == len({each.label for each in ACTIONS.values()})
    assert len(ACTIONS) == len({each.help for each in ACTIONS.values()})


def test_an_unknown_action_is_not_in_the_table():
    assert "kustomer.code" not in ACTIONS
    assert None is ACTIONS.get("kustomer.code")
