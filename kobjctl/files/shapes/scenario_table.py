"""The shapes of scenario files and of stub files, key by key."""

from typing import Final, get_args

from kobjctl.files.shapes.kinds import (
    AMOUNT,
    ANYTHING,
    COUNT,
    FLAG,
    INTEGER,
    NAME,
    OBJECT,
    TEXT,
    Key,
    Kind,
    list_of,
    need,
    one_of,
    shape,
    shaped,
    values_of,
)
from kobjctl.model.kinds import KINDS
from kobjctl.model.web import Failure

_STUBS: Final = "a list of stubs"
_GIVEN: Final = Key(shaped("Fixture").or_null())


def _records(noun: str) -> Key:
    return Key(list_of(OBJECT, f"a list of {noun}"))


SCENARIO_SHAPES: Final = {
    "ScenarioFile": shape(
        "a scenario file",
        workflow=Key(NAME),
        workflows=Key(list_of(NAME, "a list of files")),
        given=_GIVEN,
        scenarios=need(list_of("Scenario", "a list of scenarios")),
        otherwise="the keys are workflow, workflows, given and scenarios",
    ),
    "Scenario": shape(
        "a scenario",
        name=need(NAME),
        skip=Key(NAME),
        given=_GIVEN,
        send=Key(ANYTHING),
        expect=Key(OBJECT.or_null()),
        snapshot=Key(OBJECT.or_null()),
        otherwise="the keys are name, skip, given, send, expect and snapshot",
    ),
    "Fixture": shape(
        "`given`",
        {kind.plural: _records(kind.plural) for kind in KINDS.values()},
        now=Key(NAME),
        seed=Key(INTEGER),
        stepLimit=Key(COUNT),
        chainLimit=Key(COUNT),
        timeLimit=Key(AMOUNT),
        apps=Key(ANYTHING),
        klasses=_records("klasses"),
        hooks=_records("hooks"),
        variables=Key(OBJECT),
        settings=Key(OBJECT),
        stubs=Key(ANYTHING),
        otherwise="kobjctl help scenarios lists the keys of `given`",
    ),
    "Stubs": shape(
        "a stub file",
        http=Key(list_of("HttpStub", _STUBS)),
        actions=Key(list_of("ActionStub", _STUBS)),
    ),
    "HttpStub": shape(
        "a stub",
        request=need(shaped("StubRequest")),
        response=Key(shaped("StubResponse").or_null()),
        fail=Key(one_of(*get_args(Failure)).or_null()),
    ),
    "StubRequest": shape(
        "the request of a stub",
        method=Key(NAME),
        url=need(NAME),
        headers=Key(values_of(TEXT)),
        query=Key(OBJECT),
        body=Key(ANYTHING),
        exact=Key(FLAG),
    ),
    "StubResponse": shape(
        "the response of a stub",
        status=Key(Kind("integer", least=100, most=599)),
        headers=Key(OBJECT),
        body=Key(ANYTHING),
        base64=Key(TEXT),
        delay=Key(Kind("number", least=0, most=3600)),
    ),
    "ActionStub": shape(
        "a stub of an action",
        action=need(NAME),
        params=Key(OBJECT.or_null()),
        output=Key(OBJECT.or_null()),
        fail=Key(NAME.or_null()),
    ),
}
