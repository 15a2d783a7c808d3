"""The secret hunt: a secret goes through every action, function, helper and operator there is.

Afterwards no run of eight characters of any form of it stands in a log, a listing, a report, a
recording or the file of the org, but in what a workflow wrote on purpose: records.
"""

import html
import itertools
import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from urllib.parse import quote, quote_plus

import pytest
import yaml
from typer.main import get_command

from kobjctl.actions import ACTIONS
from kobjctl.app.definitions import apply, settings, variables
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs import events
from kobjctl.cli import app
from kobjctl.engine.engine import engine_of
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.secrets import secret_texts
from kobjctl.http.client import WEB_LIMITS
from kobjctl.http.exchange import Exchange
from kobjctl.http.hosts import read_hosts
from kobjctl.http.recording import Recorder
from kobjctl.http.stubs import Stubs
from kobjctl.model.kinds import KINDS
from kobjctl.model.run import Limits
from kobjctl.model.web import Response
from kobjctl.model.workflow import Workflow

ODD = "Zq9\"Kx/Té%4+vW'Lm&Yj<Rb=Ph Ugw\\N7"
# Of a setting, of a header that a file has in clear, and of a login in an address.
SETTING, LITERAL, LOGIN = "Hv3/Dp+Xé Jc&Fk8", "kT5sBn2mQz8rVx4c", "gW7yNe3pLa9dCu6f"
SECRETS = (ODD, SETTING, LITERAL, LOGIN)
RUN = 8
ALWAYS = {"op": "true", "values": [True]}


def forms(secret):
    """Yield what a secret may be written as."""
    yield secret
    for ascii_only in (True, False):
        text = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
        yield from (text, text.replace("/", r"\/"), text.replace("/", r"\u002F"))
        yield json.dumps(text)[1:-1]
    yield from (quote(secret, safe=""), quote(secret), quote_plus(secret))
    yield from (quote(quote(secret)), html.escape(secret), quote(html.escape(secret)))
    for before in ("", "u:", "us:"):
        yield b64encode(f"{before}{secret}".encode()).decode()[len(before) + 2 :]


def runs_of_eight(texts):
    return {text[at : at + RUN].lower() for text in texts for at in range(len(text) - RUN + 1)}


HUNTED = runs_of_eight(form for secret in SECRETS for form in forms(secret))


def found_in(text):
    """Give the runs of eight characters of a secret that a text has."""
    low = text.lower()
    return HUNTED.intersection(low[at : at + RUN] for at in range(len(low) - RUN + 1))


def load(engine, name, steps, event="go", **trigger):
    """Load a workflow that goes from step to step, whatever becomes of each of them."""
    ids = [f"s{index}" for index in range(len(steps))]
    following = [*ids[1:], "end"][: len(ids)]
    document = {
        "name": name,
        "trigger": {
            "eventName": event,
            "transitions": [{"target": ids[0] if ids else "end", "condition": ALWAYS}],
            **trigger,
        },
        "steps": [
            {
                "id": own,
                **step,
                "transitions": [
                    *({"target": after, "condition": each} for each in step.get("asks", ())),
                    {"target": after, "condition": ALWAYS},
                ],
                "errorCases": [{"target": after, "condition": ALWAYS}],
            }
            for own, after, step in zip(ids, following, steps, strict=True)
        ]
        + [{"id": "end"}],
    }
    workflow = Workflow.from_document(document, workflow_id=engine.org.new_id())
    with engine.org.store.transaction():
        engine.org.store.workflows.add(workflow, engine.org.now())
    return workflow


def told(expression):
    """Give the step that tells what an expression gives, by an event that others hear."""
    data = {"made": expression, "within": [f"<{expression}>"]}
    return {"action": "kustomer.event.publish", "params": {"eventName": "told", "data": data}}


# What goes through each table.


def through_helpers():
    pool = ("variables.key", "3", "14", "'/'", "steps.1.words")
    for helper in HELPERS.values():
        least, most = helper.arity
        for count in range(least, min(3 if most is None else most, 3) + 1):
            for values in itertools.product(pool, repeat=count):
                if "variables.key" in values:
                    yield from calls_of(helper, " ".join(values))
        for option in helper.options:
            values = " ".join(["steps.1.words"] * least)
            yield from calls_of(helper, f"{values} {option}=variables.key")


def calls_of(helper, values):
    call = f"{helper.name} {values}"
    if helper.kind != "value":
        inside = "{{{this}}} {{{variables.key}}}{{else}}-"
        yield f"{{{{#{call}}}}}{inside}{{{{/{helper.name}}}}}"
    if helper.kind != "block":
        yield f"{{{{{{{call}}}}}}}"
        yield f"{{{{{{toUpper (substring ({call}) 2)}}}}}}"
        yield f"{{{{#each ({call})}}}}{{{{{{this}}}}}}-{{{{/each}}}}"


def through_functions():
    extra = ("", "3", "YYYY", "variables.key")
    for function in FUNCTIONS.values():
        least, most = function.arity
        for count in range(max(least, 1), min(most or 3, 3) + 1):
            for path in ("variables.key", "variables", "steps.1.of"):
                for more in itertools.product(extra, repeat=count - 1):
                    yield f"/#fn:{','.join((function.name, path, *more))}"


def through_operators():
    pool = ("/#variables.key", "{{{substring variables.key 4}}}", "x", ["/#variables.key"], 3)
    for operator in OPERATORS.values():
        _, most = operator.arity
        for values in itertools.product(pool, repeat=most or 2):
            if operator.parts:
                parts = [{"op": "eq", "values": [each, "y"]} for each in values]
                yield {"op": operator.name, "values": parts}
            else:
                yield {"op": operator.name, "values": list(values)}
    long = f"{'x' * 980}{{{{{{variables.key}}}}}}"
    yield {"op": "eq", "values": [long, "x"]}


def through_actions(known):
    """Yield the steps of each action: each param is once the secret in each shape."""
    text = "a {{{variables.key}}} b"
    long = "x" * 115 + text
    shapes = ("/#variables.key", text, ["/#variables.key"], {"k": "/#variables.key"}, long)
    for action in filter(lambda each: each.params, ACTIONS.values()):
        family = action.name.split(".")[1]
        good = {each.name: known.get(each.name, "x") for each in action.params if each.required}
        good |= {each: known.get(each, "x") for each in action.needs_one[:1]}
        # What is deleted would be missed by the actions after it.
        if "id" in good and not action.name.endswith("delete"):
            good["id"] = known.get(family, "x")
        yield (
            action.name,
            [
                {"action": action.name, "params": good | {param.name: shape}}
                for param in action.params
                for shape in shapes
            ],
        )


def through_http():
    host = "https://api.example/"
    secret = "{{{variables.key}}}"  # noqa: S105 - a template
    for uri in (
        f"{host}{secret}",
        f"{host}?q={secret}",
        f"{secret}",
        f"https://{secret}.example/",
        f"https://u:{LOGIN}@api.example/",
        f"{host}?next=https://u:{LOGIN}@other.example/&x",
    ):
        yield {"uri": uri}
    for name in ("Authorization", "Cookie", "x-api-key", "x-other"):
        value = LITERAL if name != "x-other" else secret
        yield {"uri": host, "headers": {name: f"Bearer {value}"}}
        yield {"uri": host, "headers": {name: f"Bearer {secret}"}}
    yield {"uri": host, "method": "POST", "data": {"a": secret, "b": [f"x{secret}"]}}
    yield {"uri": host, "method": secret, "qs": {"a": secret}}


class Echo:
    """A host that says all it was sent, in many ways; every third time it leads elsewhere."""

    def __init__(self):
        self.asked = 0

    def send(self, request, _):
        self.asked += 1
        said = [str(request.address), *map(" ".join, request.headers)]
        said.append(request.body.decode("latin-1"))
        said += [ODD.upper(), json.dumps(ODD).replace("/", r"\/"), quote(ODD).lower()]
        said += [b64encode(f"user:{ODD}".encode()).decode(), f"{ODD}.example"]
        headers = [("content-type", "application/json"), ("set-cookie", f"s={LITERAL}; Path=/")]
        headers.append(("location", f"https://u:{LOGIN}@api.example/next"))
        body = json.dumps({"said": said, "more": quote(json.dumps(said))})
        if self.asked % 2:
            body = body.replace("/", r"\/").replace("é", r"\u00E9")
        if self.asked % 3 == 0:
            body = f"no JSON {body}"
        return Response(302 if self.asked % 7 == 0 else 200, tuple(headers), body.encode())


APP = {
    "app": "hunt",
    "version": "1.0.0",
    "title": "Hunt",
    "settings": {"default": {"token": {"type": "secret"}}},
    "actions": [
        {
            "name": f"kustomer.app.hunt.{name}",
            "type": kind,
            "appSettings": {"token": {"key": "hunt.default.token"}},
            "inputTemplate": given,
            "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}},
            **({"outputTemplate": output} if output else {}),
        }
        for name, kind, given, output in (
            ("find", "regex_match", {"testString": "{{{token}}}", "regex": "[^&]{9,}"}, None),
            (
                "ask",
                "rest_api",
                {"uri": "https://api.example/{{{token}}}", "headers": {"authorization": "{{a}}"}},
                {"b": "{{{toUpper (substring (json body) 20)}}}", "c": "/#response"},
            ),
            (
                "wait",
                "schedule",
                {
                    "workflowId": "0" * 24,
                    "runAt": {"type": "{{{token}}}", "value": 1},
                    "inputs": {"a": "{{{token}}}"},
                },
                None,
            ),
        )
    ],
}


@pytest.fixture
def hunted(tmp_path, monkeypatch):
    """An org in which a secret went through everything; with what was recorded beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KOBJCTL_DB", raising=False)
    (tmp_path / "app.yaml").write_text(yaml.safe_dump(APP))
    org = open_org(tmp_path / "kobjctl.db")
    http = Exchange(
        Echo(),
        hosts=read_hosts(("*.example", "api.example")),
        stubs=Stubs(),
        record=Recorder(tmp_path / "recorded.yaml", lambda: secret_texts(org.store)),
        limits=WEB_LIMITS,
        sleep=lambda _: None,
    )
    try:
        yield tmp_path, engine_of(org)._replace(http=http)
    finally:
        org.store.close()


def made_records(engine):
    """Make a record of each kind by a workflow; give what finds them, by the names of params."""
    made = {"customer": "/#steps.s1.id", "conversation": "/#steps.s3.id"}
    steps = [
        ("kustomer.klass.create", {"name": "parcel"}),
        ("kustomer.customer.create", {"name": "Ann", "email": "ann@example.com"}),
        ("kustomer.company.create", {"name": "Acme"}),
        ("kustomer.conversation.create", {"customer": made["customer"], "name": "Hello"}),
        ("kustomer.message.create", {**made, "channel": "email", "app": "postmark"}),
        ("kustomer.note.create", {**made, "body": "Noted"}),
        ("kustomer.user.create", {"name": "Bob", "email": "bob@example.com"}),
        ("kustomer.tag.create", {"name": "vip"}),
        (
            "kustomer.kobject.create",
            {"klassName": "parcel", "title": "One", "data": {}, "customer": made["customer"]},
        ),
    ]
    load(engine, "make", [{"action": name, "params": params} for name, params in steps], "make")
    (report, *_) = events.send(engine, "make", {}).reports
    assert {"completed"} == {step.status for step in report.steps}
    ids = {
        name.split(".")[1]: step.output["id"]
        for (name, _), step in zip(steps, report.steps[1:], strict=False)
    }
    return ids | {"klassName": "parcel", "data": {}, "channel": "email", "email": "x@example.com"}


def send(engine, name, steps, status="completed"):
    """Load a workflow with the secret in its variable, and run it; give how many steps it took."""
    load(engine, name, steps, f"go {name}")
    variables.set_value(engine.org, name, "key", ODD)
    brought = {"words": "one two/three", "of": {"a": "1"}}
    engine = engine._replace(limits=Limits(steps=5_000))
    reports = events.send(engine, f"go {name}", brought).reports
    assert status == reports[0].run.status, reports[0].run.error
    return len(reports[0].steps)


def go_through_all(engine):
    """Let the secret go through everything; give how many steps that took."""
    known = made_records(engine)
    called = load(
        engine, "called", [told("/#steps.1.k")], "kustomer.workflow.x.call", callable=True
    )
    known |= {"workflowId": called.id, "runAt": {"type": "relative", "value": 5}}
    load(engine, "hear", [told("{{{toUpper steps.1.made}}}")], "heard")
    apply.apply(engine.org, ["app.yaml"])
    settings.set_value(engine.org, "hunt.default.token", SETTING, secret=True)
    taken = send(engine, "helpers", [told(each) for each in through_helpers()])
    taken += send(engine, "functions", [told(each) for each in through_functions()])
    asking = [{"asks": [each]} for each in through_operators()]
    taken += send(engine, "operators", asking)
    unknown = {"op": "no such", "values": ["/#variables.key"]}
    taken += send(engine, "undecided", [{"asks": [unknown]}], "failed")
    for name, steps in through_actions(known):
        taken += send(engine, name, steps)
    http = [
        {"action": f"kustomer.rest-api.{kind}", "params": params}
        for params in through_http()
        for kind in ("json", "generic")
    ]
    taken += send(engine, "http", http)
    of_app = [
        {"action": each["name"], "params": {"a": value}}
        for each in APP["actions"]
        for value in ("{{{variables.key}}}", "x")
    ]
    taken += send(engine, "app", of_app)
    heard = told("{{{substring variables.key 3}}}")
    heard["params"]["eventName"] = "heard"
    schedule = {
        "action": "kustomer.app.scheduler.schedule-workflow",
        "params": {
            "workflowId": called.id,
            "runAt": known["runAt"],
            "inputs": {"k": "{{{substring variables.key 5}}}", "{{{variables.key}}}": 1},
        },
    }
    return taken + send(engine, "waiting", [heard, schedule, heard])


def file_without_what_may_have_it(path, tmp_path):
    """Give the bytes of an org without variables, settings, private values and records."""
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(copy)) as target:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.backup(target)
        target.execute("PRAGMA secure_delete = ON")
        target.execute("PRAGMA foreign_keys = OFF")
        records = [kind.table for kind in KINDS.values()]
        for table in ("variables", "settings", "private_values", "klasses", *records):
            target.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        target.execute("DELETE FROM customer_identities")
        # A header or a login that a file has in clear.
        target.execute("DELETE FROM workflows WHERE name = 'http'")
        target.commit()
    return copy.read_bytes().decode("latin-1") + copy.read_bytes().decode(errors="replace")


def test_a_secret_is_found_nowhere(hunted, golden):
    folder, engine = hunted

    taken = go_through_all(engine)

    assert taken > 1_500
    listed = engine.org.store.runs.newest().number
    engine.org.store.close()
    assert set() == found_in((folder / "recorded.yaml").read_text())
    assert set() == found_in(file_without_what_may_have_it(folder / "kobjctl.db", folder))
    for command in commands(listed):
        for form in ("", " --json"):
            result = golden.invoke(folder, command + form)
            assert set() == found_in(result.stdout + result.stderr), command + form
            assert result.exit_code < 2, result.stderr
    written = [*folder.glob("*.test.yaml"), *folder.glob("waiting.*")]
    assert set() == found_in("".join(path.read_text() for path in written))


def commands(newest):
    """Yield commands that tell of what went on: of every group that lists something, its list."""
    yield "kobjctl logs -n 1000"
    yield from (f"kobjctl logs {number}" for number in range(1, newest + 1))
    for name, group in get_command(app).commands.items():
        listing = getattr(group, "commands", {}).get("list")
        if listing and not any(each.required for each in listing.params):
            yield f"kobjctl {name} list"
    yield "kobjctl variable list helpers"
    yield "kobjctl kobject list --klass parcel"
    yield "kobjctl customer show ann@example.com"
    yield "kobjctl customer timeline ann@example.com"
    yield "kobjctl eval '{{{substring variables.key 3}}}' --run 2"
    yield "kobjctl eval '{op: eq, values: [/#variables.key, /#steps]}' --run 2"
    yield "kobjctl test init waiting --run last -o waiting.test.yaml --force"
    yield "kobjctl schedule list --all"
    yield "kobjctl schedule run-due --advance 1h"


def test_the_hunt_finds_what_is_there():
    assert found_in(f"x {ODD[3:12]} y")
    assert found_in(json.dumps(ODD.upper()))
    assert not found_in("nothing of the like")
