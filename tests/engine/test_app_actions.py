"""An app's action: its params are fitted, its templates rendered, and it acts on the web."""

import json

import pytest

from kobjctl.actions.base import carry_out
from kobjctl.engine.app_action import UnsupportedActionError, app_action
from kobjctl.model.app import App, AppPart, Setting
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import MISSING
from kobjctl.model.web import Response

NAME = "kustomer.app.parcels.get"
SCHEMA = {
    "type": "object",
    "properties": {
        "tracking": {"type": "string"},
        "days": {"type": "integer"},
        "fast": {"type": "boolean"},
        "how": {"type": "string", "enum": ["air", "sea"]},
        "query": {"type": "object", "properties": {"page": {"type": "number"}}},
    },
    "required": ["tracking"],
    "additionalProperties": False,
}
DEFINITION = {
    "name": NAME,
    "type": "rest_api",
    "appSettings": {
        "authToken": {"key": "parcels.default.token"},
        "carrier": {"key": "parcels_61420000000000000000abcd.default.carrier"},
    },
    "inputTemplate": {
        "uri": "https://{{orgName}}.parcels.example/{{carrier}}/{{tracking}}",
        "method": "PUT",
        "headers": {"authorization": "Bearer {{authToken}}"},
        "qs": "/#query",
        "data": {"custom": {"@daysNum": "/#days"}, "how": "/#how"},
        "json": True,
    },
    "inputSchema": SCHEMA,
    "outputTemplate": {"status": "/#response.statusCode", "body": "/#body", "gone": "/#nothing"},
}


@pytest.fixture
def sent(outside, engine):
    """What went out to the web, which answers 201 and an object."""
    requests = []

    def answer(request):
        requests.append(request)
        return Response(201, (("content-type", "application/json"),), b'{"id": "p1", "n": [1]}')

    outside.http = answer
    put = engine.org.store.settings.put
    put(Setting("parcels.default.token", "s3cret", secret=True, app="parcels"), engine.org.now())
    put(Setting("parcels.default.carrier", MISSING, secret=False, default="dhl"), engine.org.now())
    return requests


def perform(engine, given, **changes):
    action = app_action(AppPart(NAME, "parcels", {**DEFINITION, **changes}))
    return carry_out(action, given, engine.context(0, 1))


def test_its_templates_see_params_settings_and_the_answer(engine, sent):
    given = {"tracking": "1Z", "days": 3, "query": {"page": 2}, "how": "air"}

    output, warnings = perform(engine, given)

    [request] = sent
    assert ("PUT", "https://local.parcels.example/dhl/1Z?page=2") == (
        request.method,
        str(request.address),
    )
    assert "Bearer s3cret" == request.header("authorization")
    assert {"custom": {"@daysNum": 3}, "how": "air"} == json.loads(request.body)
    assert {"status": 201, "body": {"id": "p1", "n": [1]}} == output
    assert [] == warnings


def test_what_a_param_left_out_is_left_out_of_the_request(engine, sent):
    perform(engine, {"tracking": "1Z"})

    assert {"custom": {}} == json.loads(sent[0].body)
    assert "https://local.parcels.example/dhl/1Z" == str(sent[0].address)


def test_params_are_cast_as_the_schema_declares_them(engine, sent):
    _, warnings = perform(engine, {"tracking": 17, "days": "3"})

    assert "https://local.parcels.example/dhl/17" == str(sent[0].address)
    assert 3 == json.loads(sent[0].body)["custom"]["@daysNum"]
    assert [
        'the parameter "tracking" was cast from number to text',
        'the parameter "days" was cast from text to number',
    ] == warnings


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, 'the parameter "tracking" is required'),
        ({"tracking": "a", "days": "soon"}, 'the parameter "days" must be a number, not text'),
        ({"tracking": "a", "days": 1.5}, 'the parameter "days" must be a whole number'),
        ({"tracking": "a", "how": "rail"}, 'the parameter "how" must be one of air, sea'),
        ({"tracking": "a", "day": 1}, 'the schema has no parameter "day"; did you mean "days"?'),
        ({"tracking": "a", "fast": "yes"}, 'the parameter "fast" must be true or false, not text'),
        (
            {"tracking": "a", "query": {"page": "x"}},
            'the parameter "page" must be a number, not text',
        ),
    ],
)
def test_params_that_do_not_fit_are_refused_and_nothing_is_sent(engine, sent, given, message):
    with pytest.raises(BadParamError) as raised:
        perform(engine, given)

    assert message == raised.value.message
    assert [] == sent


def test_a_setting_beats_a_param_of_its_name(engine, sent):
    perform(engine, {"authToken": "mine", "tracking": "1"}, inputSchema=None)

    assert "Bearer s3cret" == sent[0].header("authorization")


def test_the_name_of_the_org_can_be_set(engine, sent):
    engine.org.store.settings.put(Setting("orgName", "acme", secret=False), engine.org.now())
    perform(engine, {"tracking": "1"})

    assert "https://acme.parcels.example/dhl/1" == str(sent[0].address)


def test_a_setting_without_a_value_is_told(engine, sent):
    engine.org.store.settings.remove("parcels.default.token")

    _, warnings = perform(engine, {"tracking": "1"})

    told = 'no app declares the setting "parcels.default.token": kobjctl setting set '
    assert "Bearer" == sent[0].header("authorization").strip()
    lacking = '"authToken" in a template is missing'
    assert [f"{told}parcels.default.token VALUE gives one", lacking] == warnings


@pytest.fixture
def parcels(engine, sent):
    """The app whose action it is; it requires a carrier, whose default is empty."""
    carrier = {"type": "string", "required": True, "defaultValue": ""}
    declared = {"token": {"type": "secret"}, "carrier": carrier, "note": {"defaultValue": ""}}
    engine.org.store.apps.put(
        App("parcels", {"settings": {"default": declared}}, {}), engine.org.now()
    )
    for name in ("carrier", "note"):
        setting = Setting(f"parcels.default.{name}", MISSING, False, app="parcels", default="")
        engine.org.store.settings.put(setting, engine.org.now())


def test_a_required_setting_that_is_empty_is_told(engine, parcels, sent):
    settings = DEFINITION["appSettings"] | {"note": {"key": "parcels.default.note"}}

    _, [warning] = perform(engine, {"tracking": "1"}, appSettings=settings)

    assert warning == (
        'the setting "parcels.default.carrier" is required and empty:'
        " kobjctl setting set parcels.default.carrier VALUE"
    )


def test_what_was_said_before_it_failed_is_not_lost(engine, parcels, sent):
    template = DEFINITION["inputTemplate"] | {"uri": "https://{{carrier}}.example"}

    with pytest.raises(BadParamError, match="is not a host") as caught:
        perform(engine, {"tracking": "1"}, inputTemplate=template)

    [note] = caught.value.__notes__
    assert 'the setting "parcels.default.carrier" is required and empty' in note


def test_a_slip_in_the_key_of_a_setting_is_told(engine, sent):
    settings = {"authToken": {"key": "parcels.default.tokn"}}

    _, warnings = perform(engine, {"tracking": "1"}, appSettings=settings)

    assert warnings[0] == (
        'no app declares the setting "parcels.default.tokn": did you mean "parcels.default.token"?'
    )


def test_a_key_of_the_template_that_nothing_takes_is_told_as_what_it_is(engine, sent):
    template = DEFINITION["inputTemplate"] | {"tracking": "/#tracking", "timeout": 5}

    _, warnings = perform(engine, {"tracking": "1"}, inputTemplate=template)

    told = 'nothing takes the key "timeout" of the inputTemplate; it was left out'
    assert [told] == warnings


def test_a_get_with_empty_data_has_no_body(engine, sent):
    template = DEFINITION["inputTemplate"] | {"method": "GET", "data": {}}

    perform(engine, {"tracking": "1"}, inputTemplate=template)

    assert ("GET", b"", "") == (sent[0].method, sent[0].body, sent[0].header("content-type"))


def test_without_an_output_template_the_output_is_that_of_the_platform_s_action(engine, sent):
    output, _ = perform(engine, {"tracking": "1"}, outputTemplate={})

    assert (201, {"id": "p1", "n": [1]}) == (output["response"]["statusCode"], output["body"])


def test_a_template_may_give_any_value(engine, sent):
    assert [1] == perform(engine, {"tracking": "1"}, outputTemplate="/#body.n")[0]
    assert {} == perform(engine, {"tracking": "1"}, outputTemplate="/#body.nothing")[0]


def test_a_regular_expression_of_an_app_is_matched(engine):
    output, _ = perform(
        engine,
        {"text": "order 17 of 18"},
        type="regex_match",
        inputSchema={},
        inputTemplate={"testString": "/#text", "regex": "[0-9]+$"},
        outputTemplate={"number": "/#match"},
    )

    assert {"number": "18"} == output


def test_it_leaves_the_machine_as_the_platform_s_action_does():
    remote = app_action(AppPart(NAME, "parcels", DEFINITION))
    local = app_action(AppPart(NAME, "parcels", {**DEFINITION, "type": "schedule"}))

    assert (True, False) == (remote.remote, local.remote)


@pytest.mark.parametrize("kind", ["aws_lamda", "kode", "internal_api", "responsive", "event", ""])
def test_a_type_that_nothing_here_performs_is_told(engine, sent, kind):
    with pytest.raises(UnsupportedActionError) as raised:
        perform(engine, {"tracking": "1"}, type=kind)

    assert f'"{NAME}" has the type "{kind}", which kobjctl can\'t perform' == (raised.value.message)
    assert "--stubs FILE" in raised.value.hint
    assert NAME in raised.value.hint


def test_an_input_template_that_gives_no_object_is_told(engine, sent):
    with pytest.raises(UnsupportedActionError) as raised:
        perform(engine, {"tracking": "1"}, inputTemplate="{{tracking}}")

    assert f'the inputTemplate of "{NAME}" returns text, not an object' == raised.value.message
