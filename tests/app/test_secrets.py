"""The value of a variable is in no log, whatever became of it on its way."""

import json

import pytest

from kobjctl.app.definitions import variables
from kobjctl.app.runs import events, reruns, runs, schedules
from kobjctl.app.runs.execute import execute
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import IncomingEvent, receive
from kobjctl.model.errors import UsageError
from kobjctl.model.masking import MASK
from kobjctl.model.secrets import Secrets
from kobjctl.model.web import Response
from kobjctl.model.workflow import Workflow

SECRET = 'p&ss "w=rd/ü'  # noqa: S105 - a made-up one


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (f"Bearer {SECRET}", f"Bearer {MASK}"),
        ("p&amp;ss &quot;w&#x3D;rd/ü", MASK),
        ("https://x/?k=p%26ss%20%22w%3Drd%2F%C3%BC&a=1", f"https://x/?k={MASK}&a=1"),
        ("k=p%26ss+%22w%3Drd%2F%C3%BC", f"k={MASK}"),
        ("k=p%26ss%20%22w%3drd%2f%c3%bc", f"k={MASK}"),
        ("https://x/?k=p&ss%20%22w=rd/%C3%BC&a=1", f"https://x/?k={MASK}&a=1"),
        ("https://x/?k=p&amp;ss%20&quot;w&%23x3D;rd/%C3%BC", f"https://x/?k={MASK}"),
        ("https://x/?k=%22p&ss%20%5C%22w=rd/%C3%BC%22", f"https://x/?k=%22{MASK}%22"),
        (
            "https://x/?u=http%3A%2F%2Fy%2F%3Fk%3Dp%2526ss%2520%2522w%253Drd%252F%25C3%25BC",
            "https://x/?u=http%3A%2F%2Fy%2F%3Fk%3D" + MASK,
        ),
        (json.dumps({"k": SECRET}, ensure_ascii=False), f'{{"k": "{MASK}"}}'),
        ({SECRET: [SECRET, {"a": SECRET}]}, {MASK: [MASK, {"a": MASK}]}),
        ([None, True, 5, 1.5, "p&ss"], [None, True, 5, 1.5, "p&ss"]),
        (12, MASK),
        ("12", MASK),
        ("1234", "1234"),
        (1234, 1234),
    ],
)
def test_a_secret_is_masked_in_every_form(value, masked):
    assert masked == Secrets([SECRET, "12"]).mask(value)


def test_the_longer_of_two_secrets_is_masked_first():
    assert MASK == Secrets(["abcd", "abcdefgh"]).mask("abcdefgh")


def test_space_at_the_ends_of_a_secret_may_be_gone():
    assert f"x={MASK}" == Secrets(["\tabcd \n"]).mask("x=abcd")
    assert "a     b" == Secrets([" a    "]).mask("a     b")


@pytest.mark.parametrize("mark", ["#", "'", "`", "="])
def test_a_secret_is_masked_when_the_end_of_an_address_cuts_it(mark):
    secrets = Secrets([f"long/er+1{mark}rest", f"word{mark}rest"])

    assert f"https://x/?k={MASK}&" == secrets.mask("https://x/?k=long/er+1&")
    assert "word" == secrets.mask("word")


def test_without_secrets_nothing_is_masked():
    assert not Secrets()
    assert not Secrets([""])


@pytest.fixture
def shop(engine):
    """An org with a workflow that puts its variable nearly everywhere, and one that hears it."""
    for name, event, params in (
        (
            "shop",
            "go",
            {
                "eventName": "told",
                "data": {"a": "x{{{variables.key}}}", "{{b}}": "/#variables.key"},
                "{{variables.key}}": 1,
            },
        ),
        ("hear", "told", {"eventName": "/#steps.1.a"}),
    ):
        document = {
            "name": name,
            "trigger": {
                "eventName": event,
                "transitions": [
                    {"target": "tell", "condition": {"op": "exists", "values": ["/#steps.1"]}}
                ],
            },
            "steps": [
                {
                    "id": "tell",
                    "action": "kustomer.event.publish",
                    "params": params,
                    "transitions": [
                        {
                            "target": "tell",
                            "condition": {"op": "eq", "values": ["/#variables.key", "no"]},
                        }
                    ],
                }
            ],
        }
        workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
        with engine.org.store.transaction():
            engine.org.store.workflows.add(workflow, engine.org.now())
    variables.set_value(engine.org, "shop", "key", SECRET)
    return engine


def test_no_log_has_the_value_of_a_variable(shop):
    sent = events.send(shop, "go", {})

    told = json.dumps([str(report) for report in sent.reports], ensure_ascii=False)
    tables = "".join(
        str(shop.org.store.connection.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608
        for table in ("runs", "step_log")
    )
    assert 2 == len(sent.reports)
    assert MASK in tables
    assert [] == [form for form in (SECRET, json.dumps(SECRET)[1:-1], "w=rd") if form in tables]
    assert "w=rd" not in told


def test_a_run_whose_log_lost_a_secret_is_not_gone_on_with(shop):
    sent = events.send(shop, "go", {})
    number = sent.reports[1].run.number
    shop.org.store.connection.execute(
        "UPDATE runs SET status = 'running', owner = 'x' WHERE number = ?", (number,)
    )

    assert execute(shop, number) is not None

    run = runs.report(shop.org.store, str(number)).run
    assert "interrupted" == run.status
    assert "held the value of a variable" in run.error


def test_a_variable_is_found_by_its_id_and_by_its_name(engine):
    document = {
        "name": "w",
        "trigger": {
            "eventName": "go",
            "transitions": [
                {
                    "target": "end",
                    "condition": {
                        "op": "eq",
                        "values": ["/#variables.key", "/#variables.63da823147407a231b1bbfce"],
                    },
                }
            ],
        },
        "steps": [{"id": "end"}],
    }
    with engine.org.store.transaction():
        engine.org.store.workflows.add(
            Workflow.from_document(document, workflow_id=engine.org.new_id()), engine.org.now()
        )
    variables.set_value(engine.org, "w", "63da823147407a231b1bbfce", "same value")
    variables.set_value(engine.org, "w", "key", "same value")

    assert "completed" == events.send(engine, "go", {}).reports[0].run.status
    assert ["63da823147407a231b1bbfce", "key"] == [
        each.name for each in variables.all_of(engine.org.store, "w")
    ]
    assert all(each.mentioned for each in variables.all_of(engine.org.store, "w"))


LONG = "AKIA/correct+horse é%battery'staple"


def made_of(engine, params, action="kustomer.event.publish", then=None, value=LONG):
    """Give the tables of the logs after a workflow made something of its variable."""
    steps = [{"id": "make", "action": action, "params": params, "errorCases": []}]
    if then:
        steps[0]["transitions"] = [{"target": "then", "condition": None}]
        steps.append({"id": "then", "action": "kustomer.event.publish", "params": then})
    always = {"op": "true", "values": [True]}
    steps[0].setdefault("transitions", [])
    for each in steps[0]["transitions"]:
        each["condition"] = always
    document = {
        "name": "w",
        "trigger": {"eventName": "go", "transitions": [{"target": "make", "condition": always}]},
        "steps": steps,
    }
    workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
    with engine.org.store.transaction():
        engine.org.store.workflows.add(workflow, engine.org.now())
    variables.set_value(engine.org, "w", "key", value)
    sent = events.send(engine, "go", {})
    rows = engine.org.store.connection.execute("SELECT * FROM step_log").fetchall()
    return sent.reports[0], str(rows)


@pytest.mark.parametrize(
    "template",
    [
        "{{{substring variables.key 5 20}}}",
        "{{{replace variables.key 'horse' 'cow'}}}",
        "{{#each (split variables.key '+')}}<{{{this}}}>{{/each}}",
        "{{#each (split variables.key '+')}}<{{{toUpper (substring this 1)}}}>{{/each}}",
        "{{{truncate variables.key 20}}}",
        "{{{substring (json variables.key) 3 18}}}",
        "{{#with (substring variables.key 2)}}{{{this}}}{{/with}}",
    ],
)
def test_what_a_template_makes_of_a_secret_is_masked(engine, template):
    report, told = made_of(engine, {"eventName": "told", "data": {"a": f"before {template}"}})

    made = report.steps[1].input["data"]["a"]
    assert made.startswith("before")
    assert MASK in made
    pieces = ("correct", "CORRECT", "orrect", "horse", "HORSE", "battery", "BATTERY", "ect+ho")
    assert [] == [piece for piece in pieces if piece in told]


def test_what_carries_a_secret_on_is_shown_around_it(engine):
    template = "{{{join (split 'https://x/?k=;tail' ';') variables.key}}}"

    report, _ = made_of(engine, {"eventName": "told", "data": {"a": template}})

    assert f"https://x/?k={MASK}tail" == report.steps[1].input["data"]["a"]


def test_what_the_regex_action_finds_in_a_secret_is_masked(engine):
    report, told = made_of(
        engine,
        {"testString": "/#variables.key", "regex": "[a-z]+"},
        "kustomer.regex-match.generic",
        {"eventName": "told", "data": {"a": "<{{toUpper steps.make.match}}>"}},
    )

    assert {"match": MASK} == report.steps[1].output
    assert f"<{MASK}>" == report.steps[2].input["data"]["a"]
    assert "correct" not in told.lower()


def test_a_short_piece_of_a_secret_is_masked_by_where_it_came_from(engine):
    report, _ = made_of(
        engine,
        {"testString": "/#variables.key", "regex": "[a-z]{3}"},
        "kustomer.regex-match.generic",
    )

    assert {"match": MASK} == report.steps[1].output


def test_what_is_cast_from_a_secret_is_masked(engine):
    params = {"eventName": "told", "data": "/#variables.key"}

    report, told = made_of(engine, params, value=r'{"pin": "40\u0032817"}')

    assert {"pin": MASK} == report.steps[1].input["data"]
    assert "402817" not in told


def test_a_message_is_cut_behind_the_mask(engine):
    report, told = made_of(
        engine, {"uri": f"{'x' * 100} {{{{{{variables.key}}}}}}"}, "kustomer.rest-api.json"
    )

    assert f"x {MASK}" in report.steps[1].error["message"]
    assert "AKIA" not in told


ALWAYS = {"op": "true", "values": [True]}
MAKE = ("kustomer.customer.create", {"name": "/#steps.1.a"})


def load(engine, name, event, *steps, **trigger):
    """Load a workflow that takes steps (action, params) one after the other."""
    ids = [f"s{index}" for index in range(len(steps))]
    document = {
        "name": name,
        "trigger": {
            "eventName": event,
            "transitions": [{"target": "s0", "condition": ALWAYS}],
            **trigger,
        },
        "steps": [
            {
                "id": own,
                "action": action,
                "params": params,
                "transitions": [{"target": each, "condition": ALWAYS} for each in following],
            }
            for own, following, (action, params) in zip(
                ids, [[each] for each in ids[1:]] + [[]], steps, strict=True
            )
        ],
    }
    workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
    with engine.org.store.transaction():
        engine.org.store.workflows.add(workflow, engine.org.now())
    return workflow


def private(engine):
    return engine.org.store.connection.execute("SELECT content FROM private_values").fetchall()


def names(engine):
    rows = engine.org.store.connection.execute(
        "SELECT given FROM customers ORDER BY rowid"
    ).fetchall()
    return [json.loads(given)["name"] for (given,) in rows]


def test_what_a_waiting_run_needs_of_a_secret_is_private_until_it_ends(engine):
    load(engine, "hear", "told", MAKE)
    data = {"a": "{{{substring variables.key 5}}}"}
    load(engine, "tell", "go", ("kustomer.event.publish", {"eventName": "told", "data": data}))
    variables.set_value(engine.org, "tell", "key", LONG)
    accepted = receive(engine.org, IncomingEvent("go", payload_of({})))

    execute(engine, accepted.numbers[0])

    assert {"a": MASK} == engine.org.store.events.get(2).data
    assert 1 == len(private(engine))
    assert execute(engine, 2) is not None
    assert [LONG[5:]] == names(engine)
    assert [] == private(engine)
    # What was made of the secret in the first run is secret in the second.
    assert MASK == runs.report(engine.org.store, "2").steps[1].input["name"]
    with pytest.raises(UsageError, match="a secret, which the log does not keep") as refused:
        reruns.rerun(engine, "2")
    assert "kobjctl logs rerun 1" in refused.value.hint


def test_what_a_scheduled_run_needs_of_a_secret_is_private_until_it_has_run(engine):
    called = load(engine, "called", "kustomer.workflow.x.call", MAKE, callable=True)
    later = {
        "workflowId": called.id,
        "runAt": {"type": "relative", "value": 5},
        "inputs": {"a": "/#variables.key"},
    }
    load(engine, "plan", "go", ("kustomer.app.scheduler.schedule-workflow", later))
    variables.set_value(engine.org, "plan", "key", LONG)
    for _ in range(2):
        events.send(engine, "go", {})

    assert [{"a": MASK}] * 2 == [each.inputs for each in engine.org.store.schedules.waiting(5)]
    schedules.cancel(engine.org.store, 2)
    assert 1 == len(private(engine))
    assert 1 == len([*schedules.run_due(engine, "2027")])
    assert [LONG] == names(engine)
    assert [] == private(engine)
    assert {"a": MASK} == engine.org.store.schedules.all(5)[0].inputs


class Killed(BaseException):
    """What ends a process in the middle of a step."""


def test_a_run_with_a_secret_is_gone_on_with_after_a_kill(outside, engine):
    load(
        engine,
        "w",
        "go",
        (
            "kustomer.regex-match.generic",
            {"testString": "/#variables.key", "regex": "[a-z+]{5,}"},
        ),
        ("kustomer.rest-api.json", {"uri": "https://a.example/"}),
        ("kustomer.customer.create", {"name": "/#steps.s0.match"}),
    )
    variables.set_value(engine.org, "w", "key", LONG)

    def killed(request):
        raise Killed

    outside.http = killed
    with pytest.raises(Killed):
        events.send(engine, "go", {})
    assert {"match": MASK} == runs.report(engine.org.store, "1").steps[1].output
    outside.http = lambda _: Response(200)

    assert execute(engine, 1) is not None

    assert "completed" == runs.report(engine.org.store, "1").run.status
    assert ["correct+horse"] == names(engine)
    assert [] == private(engine)
    assert "correct" not in str(runs.report(engine.org.store, "1"))
