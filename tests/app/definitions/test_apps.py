"""What an app brings into the org, by either form of its names, and how it is given back."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from kobjctl.app.definitions import apps, hooks, settings, workflows
from kobjctl.app.definitions.apply import apply, read
from kobjctl.app.definitions.klasses import AttributeSpecs, delete, edit
from kobjctl.app.runs import events, runs
from kobjctl.app.runs import send as sending
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.cli.views.catalogue import app_action_view
from kobjctl.files.shapes.table import SHAPES
from kobjctl.lint import references
from kobjctl.model.app import PLATFORM_PARTS
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.problem import FileProblemsError
from kobjctl.model.values import MISSING
from kobjctl.model.web import Response

PARCELS = json.loads(Path(__file__).with_name("parcels.json").read_text())
ORG = "61420000000000000000abcd"
APP = f"parcels_{ORG}"
MOVED = "kustomer.app.parcels.moved"
ACCESS = "parcels.default.token"


@pytest.fixture
def load(engine, tmp_path):
    """Give what loads a document and tells what became of each object: (kind, name) -> result."""

    def load_one(document, name="app.json"):
        path = tmp_path / name
        path.write_text(json.dumps(document))
        return {
            (change.kind, change.name): change.result
            for change in apply(engine.org, [path]).changes
        }

    return load_one


@pytest.fixture
def definition(load):
    """The definition of an app that is loaded; it may be changed and loaded again."""
    load(PARCELS)
    return copy.deepcopy(PARCELS)


def plain(document):
    """Give a document without the id of the org in its names."""
    return json.loads(json.dumps(document).replace(f"_{ORG}", ""))


def without_references(document):
    """Give a document whose steps refer to nothing of step 1."""
    return json.loads(json.dumps(document).replace("/#steps.1.tracking", "1Z"))


def problems(load, document):
    with pytest.raises(FileProblemsError) as raised:
        load(document)
    return [(problem.code, problem.message) for problem in raised.value.problems]


def send(engine, hook, data):
    found = hooks.get(engine.org.store, hook)
    return sending.send(engine, to_hook(found, read_body(found, json.dumps(data).encode(), "x")))


# Loading.


def test_every_component_is_created_and_then_unchanged(load):
    first, again = load(PARCELS), load(PARCELS)

    assert {"created"} == set(first.values())
    assert {"unchanged"} == set(again.values())
    assert {"klass", "hook", "action", "trigger", "workflow", "app"} == {kind for kind, _ in first}


def test_an_app_without_the_id_of_the_org_is_the_same_app(engine, load, definition):
    results = load(plain(definition))

    assert "updated" == results["app", "parcels"]
    assert ["parcels"] == engine.org.store.apps.names()
    assert 3 == len(engine.org.store.app_actions.names())
    assert 3 == len(engine.org.store.settings.keys())
    assert [MOVED] == [hook.event_name for hook in engine.org.store.hooks.all()]


def test_a_new_version_takes_away_the_actions_and_triggers_it_no_longer_has(
    engine, load, definition
):
    settings.set_value(engine.org, ACCESS, "s3cret", secret=False)
    del definition["actions"][1]
    definition["settings"]["default"] = {"days": {"type": "number", "defaultValue": 5}}
    del definition["triggers"]

    results = load(without_references(definition))

    removed = sorted(name for (_, name), result in results.items() if result == "removed")
    assert [f"kustomer.app.{APP}.{name}" for name in ("moved", "print")] == removed
    assert [] == engine.org.store.app_triggers.names()
    # What was set is no app's, and stays.
    assert [5, "s3cret"] == [setting.resolved for setting in engine.org.store.settings.all()]
    assert ["s3cret"] == engine.org.store.settings.secrets()


def test_an_action_of_one_app_is_not_taken_by_another(load, definition):
    other = {"app": "other", "version": "1", "title": "", "actions": definition["actions"][:1]}
    name = definition["actions"][0]["name"]

    told = ("WF105", f'action "{name}" already belongs to app "{APP}"')
    assert told in problems(load, other)


@pytest.mark.parametrize("kind", ["actions", "triggers"])
def test_two_of_one_name_are_refused(load, definition, kind):
    definition[kind].append(plain(definition[kind][0]))

    assert "WF206" in [code for code, _ in problems(load, definition)]


def test_an_app_that_is_there_twice_is_refused(load):
    both = [PARCELS, {"app": "parcels", "version": "1", "title": "", "klasses": []}]

    assert "WF206" in [code for code, _ in problems(load, both)]


def test_a_workflow_of_an_app_and_one_of_no_app_have_different_names(load, definition):
    bare = definition["workflows"][1]

    assert "WF206" in [code for code, _ in problems(load, [definition, bare])]


def test_an_unknown_action_of_an_app_is_told_the_closest(engine, tmp_path, definition):
    definition["workflows"][0]["steps"][0]["action"] = "kustomer.app.parcels.get-parcl"
    file = tmp_path / "app.json"
    file.write_text(json.dumps(definition))

    [problem] = [each for each in read([file]).problems if each.code == "WF501"]

    assert "error" == problem.severity
    assert 'did you mean "kustomer.app.parcels.get-parcel"?' == problem.hint


def referring(definition, reference):
    """Give the definition with a reference in its last step."""
    get, later = definition["workflows"][0]["steps"]
    get["errorCases"] = []
    later["params"]["tracking"] = reference
    return definition


@pytest.mark.parametrize(
    "reference", ["1.tracking", "1.status", "get.body.anything", "get.response.statusCode"]
)
def test_what_the_app_s_templates_give_may_be_referred_to(engine, tmp_path, definition, reference):
    file = tmp_path / "app.json"
    file.write_text(json.dumps(referring(definition, f"/#steps.{reference}")))

    assert () == apply(engine.org, [file]).of("warning")


@pytest.mark.parametrize("reference", ["1.attributes.data.tracking", "get.bdy"])
def test_what_they_do_not_give_may_not(load, definition, reference):
    found = problems(load, referring(definition, f"/#steps.{reference}"))

    assert ["WF403"] == [code for code, _ in found]


def test_actions_of_a_file_without_an_app_are_the_org_s(engine, load):
    action = {"name": "kustomer.app.a.b", "type": "aws_lamda"}
    uses = {
        "name": "w",
        "trigger": {"eventName": "a.b.c", "transitions": [{"target": "s"}]},
        "steps": [{"id": "s", "action": "kustomer.app.a_" + ORG + ".b"}],
    }

    load({"actions": [action]}, "actions.json")
    results = load({"workflows": [uses]}, "workflows.json")

    assert {("workflow", "w"): "created"} == results
    assert "" == engine.org.store.app_actions.get("kustomer.app.a.b").app


HOOK = {"name": "first", "eventName": "kustomer.app.a.b", "type": "web"}


def test_the_event_of_another_hook_is_refused(load):
    load({"hooks": [HOOK]})
    other = {**HOOK, "name": "mine", "eventName": f"kustomer.app.a_{ORG}.b"}

    message = 'event kustomer.app.a.b already belongs to hook "first"'
    assert [("WF105", message)] == problems(load, {"hooks": [other]})


def test_a_hook_is_found_by_its_event(load):
    load({"hooks": [HOOK]})

    results = load({"hooks": [{"eventName": f"kustomer.app.a_{ORG}.b", "type": "web"}]})

    assert {("hook", "first"): "unchanged"} == results


# Giving back.


def test_what_nobody_changed_is_exported_word_for_word(engine, definition):
    assert definition == apps.export(engine.org.store, apps.get(engine.org.store, "parcels"))
    assert {"unchanged"} == {
        each.state for each in apps.components(engine.org.store, apps.get(engine.org.store, APP))
    }


def test_what_was_changed_since_is_exported_as_it_is_now(engine, load, definition):
    edit(engine.org, "parcels-parcel", {"icon": "cart"}, AttributeSpecs([], [], []))
    workflows.set_enabled(engine.org, "parcel-moved", enabled=False)
    changed = {**definition["workflows"][1], "description": "Another", "own": 1}
    load(changed, "workflow.json")

    exported = apps.export(engine.org.store, apps.get(engine.org.store, APP))

    assert "cart" == exported["klasses"][0]["icon"]
    moved = workflows.get(engine.org.store, "parcel-moved").document
    assert [{**moved, "enabled": False}, changed] == exported["workflows"]
    for kind in ("app", "settings", "hooks", "actions", "triggers"):
        assert definition[kind] == exported[kind]


def test_what_is_gone_is_left_out(engine, definition):
    delete(engine.org.store, "parcels-parcel")

    app = apps.get(engine.org.store, APP)
    assert [] == apps.export(engine.org.store, app)["klasses"]
    assert "deleted" in {each.state for each in apps.components(engine.org.store, app)}


def test_an_unknown_app_is_told_the_closest(engine, definition):
    with pytest.raises(UnknownNameError) as raised:
        apps.get(engine.org.store, "parcel")

    assert 'did you mean "parcels"?' == raised.value.hint


# Names.


@pytest.mark.parametrize("named", [lambda document: document, plain], ids=["with id", "without"])
@pytest.mark.parametrize("asked", [f"kustomer.app.{APP}.moved", MOVED])
def test_an_event_is_heard_by_either_name(engine, load, named, asked):
    document = named(PARCELS)
    document["workflows"][0]["trigger"] = {
        **PARCELS["workflows"][0]["trigger"],
        "eventName": asked,
    }
    load(document)

    [report] = send(engine, asked, {"tracking": "1Z"}).reports[:1]

    assert "parcel-moved" == report.run.workflow_name


def test_short_names_are_those_of_the_app(engine, load, definition):
    definition = plain(definition)
    definition["hooks"][0]["eventName"] = "moved"
    definition["triggers"][0]["eventName"] = "moved"
    definition["workflows"][0]["trigger"]["eventName"] = "moved"
    load(definition)

    workflow = workflows.get(engine.org.store, "parcel-moved")
    assert MOVED == workflow.document["trigger"]["eventName"] == workflow.event_name
    assert "kustomer.app.parcels.wait" == workflow.document["steps"][1]["action"]
    assert definition == apps.export(engine.org.store, apps.get(engine.org.store, "parcels"))


def test_the_name_of_an_app_means_the_same_in_any_case(engine, load):
    quiet = plain(PARCELS)
    text = json.dumps({key: quiet[key] for key in ("hooks", "triggers", "actions")})
    components = json.loads(text.replace("app.parcels.", f"app.Parcels_{ORG}."))
    load(quiet | components | {"app": "PARCELS"})

    again = load(quiet)

    [report, *_] = send(engine, MOVED, {"tracking": "1Z", "status": "moved"}).reports
    assert ("parcel-moved", "1Z") == (report.run.workflow_name, report.steps[0].output["tracking"])
    assert "created" not in again.values()
    assert ["parcels"] == engine.org.store.apps.names()
    assert len(quiet["actions"]) == len(engine.org.store.app_actions.names())
    assert settings.set_value(engine.org, "Parcels.default.days", "5", secret=False).value == 5


def test_the_platform_s_own_apps_are_known_in_any_case_too(engine, load):
    step = {
        "id": "wait",
        "action": "kustomer.app.Scheduler.schedule-workflow",
        "params": {"runAt": {"type": "relative", "value": 5}, "workflowId": "late", "inputs": {}},
    }
    trigger = {"eventName": "go", "transitions": [{"target": "wait"}]}
    late = {"name": "late", "trigger": {"callable": True}}
    load({"workflows": [{"name": "soon", "trigger": trigger, "steps": [step]}, late]})

    [report] = events.send(engine, "go", {}).reports

    assert "completed" == report.run.status


# What an app definition may have beside components: each key with what real ones have there.
OTHERS = {
    "identifier": "acmepar",
    "visibility": "private",
    "description": "Where parcels are.",
    "instructions": "Ask for a token.",
    "iconUrl": "https://a.example/icon.svg",
    "screenshots": ["https://a.example/1.png"],
    "dependencies": ["kustomer-^1.8.5"],
    "appDetails": {"appDeveloper": {"name": "Acme"}, "documentationLinks": []},
    "tags": ["ecommerce"],
    "postInstallMessage": "Done.",
    "installUrl": "https://a.example/install",
    "releaseNotesUrl": "https://a.example/notes",
    "changelog": {"1.0.0": "The first."},
    "default": False,
    "system": False,
    "settingsPageConfig": {"title": "Parcels"},
    "auth": {"type": "oauth"},
    "redirectUris": ["https://a.example/back"],
    "kviews": [
        {
            "name": "parcels.card",
            "resource": "customer",
            "context": "smartbar-card",
            "template": "<div>{customer.name}</div>",
            "meta": {"displayName": "Parcels", "icon": "truck-delivery", "state": "open"},
        }
    ],
    "widgets": [{"name": "map", "type": "iframe", "url": "https://a.example/map"}],
    "commands": [{"name": "kustomer.app.others.look", "runBy": ["client"], "inputs": []}],
    "outboundWebhooks": [{"url": "https://a.example/in", "events": ["kustomer.message.create"]}],
    "shortcuts": [{"name": "hello", "payload": {"text": "Hello!"}}],
    "dataSubscriptions": [{"name": "customers", "query": {}}],
    "i18n": {"en_us": {"parcels.page.title": "Parcels"}},
    "meta": {"any": [1, None]},
    "clientId": "c",
    "clientSecret": "s",
    "url": "https://a.example",
    "roles": ["org.user.customer.read"],
    "inboundHookUris": [],
}


@pytest.mark.parametrize("key", OTHERS)
def test_an_app_may_have_one_documented_key_alone_and_gets_it_back(engine, load, tmp_path, key):
    app = {"app": "others", "version": "1.0.0", "title": "Others", key: OTHERS[key]}

    loaded = load(app)

    assert {("app", "others"): "created"} == loaded
    assert [] == read([tmp_path / "app.json"]).problems
    assert app == apps.export(engine.org.store, apps.get(engine.org.store, "others"))


def test_every_key_that_is_documented_is_tried():
    assert {*OTHERS, "version", "title"} == {*SHAPES["App"].also}


def test_all_of_them_come_back_in_their_order_beside_what_runs(engine, load):
    app = plain(PARCELS) | OTHERS
    load(app)

    found = apps.get(engine.org.store, "parcels")
    assert json.dumps(app) == json.dumps(apps.export(engine.org.store, found))
    assert sorted(PLATFORM_PARTS) == sorted(found.kept)


def test_a_callable_workflow_without_an_event_has_that_of_its_id(engine, definition):
    workflow = workflows.get(engine.org.store, "parcel-check")

    assert f"kustomer.workflow.{workflow.id}.call" == workflow.event_name
    assert definition["workflows"][1] == workflows.export(workflow)


# Step 1.


def test_a_trigger_s_template_makes_step_1(engine, definition):
    [report, *_] = send(engine, MOVED, {"tracking": "1Z", "status": "moved", "x": 1}).reports

    assert {
        "event": f"kustomer.app.{APP}.moved",
        "tracking": "1Z",
        "status": "moved",
    } == report.steps[0].output


@pytest.mark.parametrize("template", [None, {}, ""])
def test_without_a_template_step_1_is_the_transaction(engine, load, definition, template):
    definition["triggers"][0]["outputTemplate"] = template
    load(without_references(definition))

    [report, *_] = send(engine, MOVED, {"tracking": "1Z"}).reports

    assert {"tracking": "1Z"} == report.steps[0].output["attributes"]["data"]


def test_a_broken_template_of_a_trigger_fails_the_run(engine, load, definition):
    definition["triggers"][0]["outputTemplate"] = {"a": "{{#if}}"}
    load(without_references(definition))

    send(engine, MOVED, {})

    report = runs.report(engine.org.store)
    assert "failed" == report.run.status
    assert report.run.error.startswith(f"the trigger of {MOVED}: ")
    assert () == report.steps


def test_the_references_to_step_1_are_those_of_the_template(engine, definition):
    send(engine, MOVED, {"tracking": "1Z", "status": "moved"})

    found = references.paths(engine.org, workflows.get(engine.org.store, "parcel-moved"), "later")

    named = [path.reference for path in found]
    assert ["event", "tracking", "status"] == [each.split(".")[-1] for each in named[:3]]
    assert {"/#steps.get.response", "/#steps.get.body"} <= set(named)


# What its actions do.


def test_a_secret_setting_is_sent_and_not_logged(outside, engine, definition):
    settings.set_value(engine.org, ACCESS, "s3cret-of-mine", secret=False)
    sent = []

    def echo(request):
        sent.append(request)
        return Response(200, (), request.header("authorization").encode())

    outside.http = echo
    report = send(engine, MOVED, {"tracking": "1Z"}).reports[0]

    assert ["Bearer s3cret-of-mine"] == [request.header("authorization") for request in sent]
    # All of the header is a secret, as it is where it stands among the request's.
    assert "***" == report.steps[1].output["body"]
    assert "kustomer.app.parcels.get-parcel" == report.steps[1].action


def test_a_scheduled_call_of_an_app_s_action_waits(engine, definition):
    report = send(engine, MOVED, {"tracking": "1Z"}).reports[0]

    assert "completed" == report.steps[-1].status
    assert "673e81eb496bbd0347073e76" == report.steps[-1].output["workflowId"]


# Settings.


def test_a_setting_has_the_default_of_its_app_until_it_is_set(engine, definition):
    days = "parcels.default.days"
    before = engine.org.store.settings.get(days).resolved
    settings.set_value(engine.org, days, "4.5", secret=False)
    during = engine.org.store.settings.get(f"{APP}.default.days").resolved
    settings.unset(engine.org, days)

    assert (3, 4.5, 3) == (before, during, engine.org.store.settings.get(days).resolved)


def test_what_was_set_survives_a_new_version(engine, load, definition):
    settings.set_value(engine.org, ACCESS, "s3cret", secret=False)
    definition["version"] = "0.0.31"
    load(definition)

    setting = engine.org.store.settings.get(ACCESS)
    assert ("s3cret", True, APP) == (setting.value, setting.secret, setting.app)
    assert ["s3cret"] == engine.org.store.settings.secrets()


def test_a_value_of_another_type_is_refused(engine, definition):
    with pytest.raises(UsageError) as raised:
        settings.set_value(engine.org, "parcels.default.days", "many", secret=False)

    assert 'the setting "parcels.default.days" is a number, not "many"' == raised.value.message


def test_a_setting_of_no_app_goes_when_it_is_unset(engine):
    settings.set_value(engine.org, "orgName", "acme", secret=True)
    secrets = engine.org.store.settings.secrets()
    settings.unset(engine.org, "orgName")

    assert ["acme"] == secrets
    assert [] == engine.org.store.settings.keys()
    with pytest.raises(UnknownNameError):
        settings.unset(engine.org, "orgName")


def test_a_secret_without_a_value_hides_nothing(engine, definition):
    assert MISSING is engine.org.store.settings.get(ACCESS).resolved
    assert [] == engine.org.store.settings.secrets()


# Whatever stands in a definition, it is told or it works.

JSON_VALUES = st.sampled_from(
    [None, True, 0, -1.5, "", "x", [], {}, [1], ["x"], {"x": 1}, [{}], "/#x", "{{x}}", "{{#if}}"]
)


def paths_in(value, path=()):
    """Give the paths to all that is in a JSON value."""
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield (*path, key)
        yield from paths_in(inner, (*path, key))


@settings_of_hypothesis(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200
)
@given(path=st.sampled_from(sorted(paths_in(PARCELS), key=str)), value=JSON_VALUES)
def test_a_definition_with_any_value_anywhere_is_refused_or_given_back(
    engine, tmp_path, path, value
):
    document = copy.deepcopy(PARCELS)
    *to, last = path
    holder = document
    for key in to:
        holder = holder[key]
    holder[last] = value
    file = tmp_path / "app.json"
    file.write_text(json.dumps(document))

    engine.org.store.begin()
    try:
        apply(engine.org, [file])
        for app in engine.org.store.apps.all():
            assert document == apps.export(engine.org.store, app)
            assert apps.components(engine.org.store, app)
        for action in engine.org.store.app_actions.all():
            assert action.name == app_action_view(action)[0]["name"]
        for workflow in engine.org.store.workflows.all():
            assert references.paths(engine.org, workflow, None) is not None
    except FileProblemsError as error:
        assert error.problems  # noqa: PT017 - being refused in words is the other good end
    finally:
        engine.org.store.rollback()
