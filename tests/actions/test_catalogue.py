"""The table of actions: what a user reads of each is there and is true."""

import re
import subprocess
import sys

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.model.kinds import KINDS as RECORDS

# Every id of manual/platform.md 7.1.
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
# A recorded run of the platform's own app lists these, too.
RECORDED = {
    "kustomer.company.create",
    "kustomer.company.update",
    "kustomer.company.find-by-external-id",
    "kustomer.conversation.find-by-external-id",
    "kustomer.conversation.remove-tags",
    "kustomer.note.find-by-id",
    "kustomer.note.find-by-external",
    "kustomer.note.update",
    "kustomer.user.find-by-email",
    "kustomer.customer.append-email",
    "kustomer.customer.append-phone",
    "kustomer.customer.find-by-facebook-id",
    "kustomer.customer.find-by-instagram-id",
    "kustomer.customer.find-by-smooch-id",
    "kustomer.customer.find-by-twitter-id",
    "kustomer.customer.find-by-whatsapp",
    "kustomer.customer.merge",
    "kustomer.conversation.assign-team",
    "kustomer.conversation.assign-user",
    "kustomer.conversation.merge",
    "kustomer.kobject.add-relationship",
    "kustomer.org.current",
    "kustomer.command.run-by-name",
}
# What completes the families, under names that no public source shows.
UNCONFIRMED = {
    "kustomer.workflow.respond",
    "kustomer.customer.delete",
    "kustomer.company.delete",
    "kustomer.note.delete",
    "kustomer.user.create",
    "kustomer.user.update",
    "kustomer.tag.find-by-id",
    "kustomer.tag.find-by-name",
    "kustomer.tag.create",
    "kustomer.tag.update",
    "kustomer.tag.delete",
    "kustomer.team.find-by-id",
    "kustomer.team.find-by-name",
}
# manual/platform.md 7.3 to 7.9: params as exports use them.
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
    "kustomer.company.find": {"identifier"},
    "kustomer.conversation.find-by-id": {"id"},
    "kustomer.conversation.update": {"id", "status", "custom", "queue", "subStatus", "priority"},
    "kustomer.note.create": {"conversation", "body", "userMentions"},
    "kustomer.user.find-by-id": {"id"},
    "kustomer.rest-api.json": {"uri", "method", "headers", "data", "json", "qs"},
    "kustomer.rest-api.generic": {"uri", "method", "headers", "data", "qs"},
}
REQUIRED = {
    "kustomer.company.create": ["name"],
    "kustomer.conversation.create": ["customer"],
    "kustomer.message.create": ["channel", "app"],
    "kustomer.note.create": ["body"],
    "kustomer.user.create": ["name", "email"],
    "kustomer.tag.create": ["name"],
    "kustomer.kobject.create-with-customer": ["klassName", "customer", "title", "data"],
    "kustomer.customer.create": [],
    "kustomer.customer.update": ["id"],
    "kustomer.rest-api.json": ["uri"],
    "kustomer.rest-api.generic": ["uri"],
}
# They always fail here, so they give no output; of some nobody knows what they take and give.
UNKNOWN = {
    "kustomer.customer.find-by-smooch-id",
    "kustomer.org.current",
    "kustomer.command.run-by-name",
}
ONLY_STUBBED = {"kustomer.app.ai.nlp", *UNKNOWN}
ONLY_LOOKING = {"kustomer.regex-match.generic"}
# An output with everything that can be in it.
FULL = {
    "customer": {
        "name": "Ada",
        "username": "ada",
        "email": "new@example.com",
        "phone": "+49301234567",
        "externalId": "shop-7",
        "company": "$acme",
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
        "sharedExternalIds": [{"externalId": "family"}],
        "sharedSocials": [],
        "facebookIds": [],
        "instagramIds": [],
        "importedAt": "2020-01-01T00:00:00Z",
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
        "company": "$acme",
    },
    "klass": {
        "name": "refund",
        "icon": "cash-refund",
        "color": "red",
        "mixins": ["assignable"],
        "klassSchema": "task",
        "jsonSchema": {},
    },
    "company": {
        "name": "Zeta",
        "externalId": "z-1",
        "avatarUrl": "https://example.com/z.png",
        "defaultLang": "en",
        "employeeCount": 7,
        "importedAt": "2020-01-01T00:00:00Z",
        "custom": {"aStr": "b"},
    },
    "conversation": {
        "name": "Hi",
        "externalId": "t-9",
        "direction": "out",
        "replyChannel": "email",
        "subStatus": "waiting",
        "queue": {"id": "5f75c63cd5c0384ad82a17ae"},
        "custom": {"aStr": "b"},
    },
    "changed conversation": {
        "snooze": {},
        "locked": True,
        "endedReason": "x",
        "endedAt": "2026-01-01T00:00:00Z",
        "endedBy": "5f75c63cd5c0384ad82a17ae",
        "endedByType": "user",
        "sentiment": {"polarity": 1, "confidence": 1},
        "satisfaction": 80,
        "satisfactionLevel": {},
        "suggestedTags": [],
        "suggestedShortcuts": [],
    },
    "message": {
        "externalId": "m-9",
        "subject": "s",
        "preview": "p",
        "status": "sent",
        "source": "bulk",
        "related": "x",
        "lang": "en",
        "custom": {"aStr": "b"},
        "sentiment": {},
        "location": {},
        "attachments": [],
        "shortcuts": [],
        "error": {},
        "errorAt": "2026-01-01T00:00:00Z",
        "queue": "5f75c63cd5c0384ad82a17ae",
        "kbArticles": [],
        "reference": {},
        "createdBy": "5f75c63cd5c0384ad82a17ae",
        "modifiedBy": "5f75c63cd5c0384ad82a17ae",
        "importedAt": "2020-01-01T00:00:00Z",
    },
    "note": {"externalId": "n-9", "lang": "en", "createdBy": "5f75c63cd5c0384ad82a17ae"},
    "user": {
        "avatarUrl": "https://example.com/a.png",
        "mobile": "1",
        "emailSignature": "Yours",
        "custom": {"aStr": "b"},
    },
    "tag": {"color": "gold"},
}


def with_company(given, org):
    return given | {"company": org["acme"]} if "company" in given else given


def core_outputs(perform, org, *, full):
    """Give the real output of every action on the other records."""
    more = FULL if full else {name: {} for name in FULL}
    company, _ = perform("company.create", {"name": "Zeta", **more["company"]})
    talk, _ = perform("conversation.create", {"customer": org["bob"], **more["conversation"]})
    sent = {"conversation": talk["id"], "channel": "sms", "app": "x", **more["message"]}
    message, _ = perform("message.create", sent)
    merged, _ = perform("conversation.create", {"customer": org["bob"]})
    note, _ = perform("note.create", {"customer": org["bob"], "body": "x", **more["note"]})
    user, _ = perform("user.create", {"name": "A", "email": "a@example.com", **more["user"]})
    tag, _ = perform("tag.create", {"name": "t", **more["tag"]})
    made = {
        "company": company,
        "conversation": talk,
        "message": message,
        "note": note,
        "user": user,
        "tag": tag,
    }
    return {f"kustomer.{kind}.create": output for kind, output in made.items()} | {
        f"kustomer.{name}": perform(name, each)[0]
        for name, each in {
            "company.find": {"identifier": company["id"]},
            "company.find-by-external-id": {"externalId": "acme-1"},
            "company.update": {"id": company["id"]},
            "conversation.find-by-id": {"id": org["talk"]},
            "conversation.find-by-external-id": {"externalId": "talk-1"},
            "conversation.find-body": {"id": org["talk"]},
            "conversation.update": {"id": talk["id"], **more["changed conversation"]},
            "conversation.append-tags": {"id": talk["id"], "tags": "vip"},
            "conversation.remove-tags": {"id": talk["id"], "tags": "vip"},
            "conversation.assign-team": {"id": talk["id"], "team": org["support"]},
            "conversation.assign-user": {"id": talk["id"], "user": user["id"]},
            "conversation.merge": {"source": merged["id"], "target": talk["id"]},
            "message.find-by-id": {"id": message["id"]},
            "message.find-by-external": {"externalId": "mail-1"},
            "message.find-last": {"customer": org["eve"]},
            "message.update": {"id": message["id"]},
            "note.find-by-id": {"id": note["id"]},
            "note.find-by-external": {"externalId": "memo-1"},
            "note.update": {"id": note["id"]},
            "user.find-by-id": {"id": user["id"]},
            "user.find-by-email": {"email": "a@example.com"},
            "user.update": {"id": user["id"]},
            "tag.find-by-id": {"id": tag["id"]},
            "tag.find-by-name": {"name": "t"},
            "tag.update": {"id": tag["id"]},
            "team.find-by-id": {"id": org["support"]},
            "team.find-by-name": {"name": "Support"},
            "company.delete": {"id": company["id"]},
            "note.delete": {"id": note["id"]},
            "tag.delete": {"id": tag["id"]},
            "customer.delete": {"id": org["eve"]},
        }.items()
    }


def outputs(perform, org, *, full):
    """Give the real output of every action, with as much or as little in it as can be."""
    customer, _ = perform("customer.create", with_company(FULL["customer"], org) if full else {})
    found = {"identifier": customer["id"]}
    source, _ = perform("customer.create", {})
    bare = {"klassName": "nps", "title": "x", "data": {}}
    given = with_company(FULL["kobject"], org) if full else bare
    kobject, _ = perform("kobject.create", {**given, "customer": customer["id"]})
    which = {"klassName": given["klassName"], "id": kobject["id"]}
    params = {
        "customer.create": {},
        "customer.find": found,
        "customer.find-by-email": {"email": "ada@example.com"},
        "customer.find-by-phone": {"phone": "+15551234567"},
        "customer.find-by-external-id": {"externalId": "shop-1"},
        "customer.find-by-facebook-id": {"facebookId": "f-42"},
        "customer.find-by-instagram-id": {"instagramId": "i-42"},
        "customer.find-by-twitter-id": {"twitterId": "t-42"},
        "customer.find-by-whatsapp": {"whatsapp": "whatsapp:+4915"},
        "customer.append-email": {"id": customer["id"], "email": "more@example.com"},
        "customer.append-phone": {"id": customer["id"], "phone": "+4930765432"},
        "customer.merge": {"source": source["id"], "target": customer["id"]},
        "customer.update": {"id": customer["id"]},
        "kobject.create": given | {"externalId": None},
        "kobject.create-with-customer": given | {"externalId": None, "customer": org["bob"]},
        "kobject.find": which,
        "kobject.find-by-external-id": {"klassName": "order", "externalId": "o-1"},
        "kobject.update": which,
        "kobject.add-relationship": {**which, "customer": org["bob"]},
        "klass.find-by-klassname": {"klassName": given["klassName"]},
        "klass.create": FULL["klass"] if full else {"name": "refund"},
        "regex-match.generic": {"testString": "Order 7", "regex": r"\d"},
        "kobject.delete": which,
        "event.publish": {"eventName": "my.event"},
        "workflow.respond": {"outputs": {"state": "open"} if full else None},
        "app.scheduler.schedule-workflow": {"runAt": {"value": 1}, "workflowId": org["callee"]},
        "rest-api.json": {"uri": "https://example.com"},
        "rest-api.generic": {"uri": "https://example.com"},
    }
    given = {f"kustomer.{name}": perform(name, each)[0] for name, each in params.items()}
    return given | core_outputs(perform, org, full=full)


FAMILIES = rf"({'|'.join(map(str.capitalize, RECORDS))}|Custom Object \(KObject\)|Klass)"
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
    assert set() == set(ACTIONS) - DOCUMENTED - RECORDED - UNCONFIRMED


@pytest.mark.parametrize("name", ACTIONS)
def test_a_name_that_no_source_shows_is_marked(name):
    assert (name not in UNCONFIRMED) is ACTIONS[name].confirmed


def test_the_table_counts_its_actions():
    assert len(list(ACTIONS)) == len(ACTIONS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_has_a_name_a_label_a_sentence_of_help_and_outputs(name):
    each = ACTIONS[name]

    assert name == each.name
    assert re.fullmatch(r"[A-Z][A-Za-z()]*( [A-Z(][A-Za-z()]*)*: [A-Z].*", each.label)
    assert each.help.splitlines()[0].endswith(".")
    assert bool(each.output) is (name not in UNKNOWN)
    assert set(each.output.values()) <= set(KINDS)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_declares_its_params_with_types(name):
    params = ACTIONS[name].params
    names = [param.name for param in params]

    assert bool(names) is (name not in UNKNOWN)
    assert {param.type.name for param in params} <= set(KINDS)
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z]+", each) for each in names)
    assert CONFIRMED.get(name, set()) <= set(names)


@pytest.mark.parametrize("name", REQUIRED)
def test_an_action_requires_what_the_platform_requires(name):
    required = [param.name for param in ACTIONS[name].params if param.required]

    assert sorted(REQUIRED[name]) == sorted(required)


@pytest.mark.parametrize("name", ACTIONS)
def test_the_lookups_and_only_they_are_marked(name):
    looks = ("find" in name and name not in ONLY_STUBBED) or name in ONLY_LOOKING
    assert looks is ACTIONS[name].lookup
    assert ("rest-api" in name) is ACTIONS[name].remote


def test_labels_and_help_tell_actions_apart():
    assert len(ACTIONS) == len({each.label for each in ACTIONS.values()})
    assert len(ACTIONS) == len({each.help for each in ACTIONS.values()})


def test_an_unknown_action_is_not_in_the_table():
    assert "kustomer.code" not in ACTIONS
    assert None is ACTIONS.get("kustomer.code")


def test_only_the_family_that_is_named_is_loaded():
    program = (
        "import sys; from kobjctl.actions import ACTIONS as all_;"
        "all_['kustomer.tag.find-by-id'].params;"
        "print(*sorted(name for name in sys.modules if name.startswith('kobjctl.actions.')))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ["base", "factories", "tag"] == [name.rpartition(".")[2] for name in done.stdout.split()]
