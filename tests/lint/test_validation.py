"""Files judged as one project."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.app.definitions.apply import load, read
from kobjctl.lint.project.files import EditorBuffer
from kobjctl.lint.validation import ProblemSelection, validate
from kobjctl.model.errors import UsageError
from kobjctl.model.problem import FileProblemsError

WORKFLOW = "name: {name}\ntrigger: {{eventName: kustomer.customer.create}}\n"
ANY_FILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, in which the test works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


TEMPLATE = """
actions:
  - name: kustomer.app.shop.ask
    type: rest_api
    inputTemplate: %s
"""


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("[a]", "5:20: error WF101: `inputTemplate` must be an object"),
        ("7", "5:20: error WF101: `inputTemplate` must be an object"),
        ("'{{all}}'", "5:20: error WF101: `inputTemplate` must be an object"),
        ("{uri: /#uri, headers: {a: [b]}}", '5:42: error WF504: the header "a" must be text'),
        ("{uri: /#uri, qs: [a]}", "5:37: error WF504: qs must be an object or text"),
    ],
)
def test_what_an_action_of_an_app_never_performs_is_told(folder, template, expected):
    write(folder, app=TEMPLATE % template)

    [problem] = validate([folder]).problems
    assert f"app.yaml:{expected}" in str(problem)


@pytest.mark.parametrize("template", ["/#request", "{uri: /#uri, qs: /#query}", "", "{}"])
def test_a_template_whose_values_only_a_run_knows_is_not_judged(folder, template):
    write(folder, app=TEMPLATE % template)

    assert () == validate([folder]).problems


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)


def found(paths=(".",), *args, **more):
    """Give the places and codes of what is found."""
    return [
        f"{each.file}:{each.span.line} {each.code}"
        for each in validate(paths, *args, **more).problems
    ]


def test_the_parts_of_a_broken_file_that_have_their_shape_are_judged(folder):
    write(
        folder,
        app="""
hooks: [{name: orders, type: web}, {name: bad, type: fax}]
workflows:
  - {name: one, trigger: {hook: orders, transitions: [{target: gone}]}}
  - {name: two, trigger: {hook: bad}}
  - {name: three, trigger: 3}
""",
    )

    assert ["app.yaml:2 WF104", "app.yaml:4 WF201", "app.yaml:6 WF101"] == found()


def test_what_is_defined_with_a_mistake_in_it_is_there_all_the_same(folder):
    write(
        folder,
        app="""
app: shop
version: 1.0.0
title: Shop
klasses: [{name: order, icon: 5, metadata: {properties: {totalNum: {}}}}, {name: item}]
hooks: [{name: orders, type: fax}]
actions: [{name: tell, type: 4}]
workflows:
  - name: one
    trigger: {hook: orders, transitions: [{target: a}]}
    steps:
      - id: a
        action: tell
        transitions: [{target: b}]
      - id: b
        action: kustomer.app.scheduler.schedule-workflow
        params: {workflowId: 673e81eb496bbd0347073e76, runAt: {type: relative, value: 1}}
        transitions: [{target: c}]
      - id: c
        action: kustomer.kobject.find
        params: {klassName: order, id: /#steps.1.id}
  - {name: two, id: 673e81eb496bbd0347073e76, description: 2, trigger: {callable: true}}
""",
    )

    expected = ["app.yaml:5 WF101", "app.yaml:6 WF104", "app.yaml:7 WF101", "app.yaml:22 WF101"]
    assert expected == found()


def test_one_file_that_can_t_be_read_doesn_t_hide_the_others(folder):
    write(folder, a="a: [", b=WORKFLOW.format(name="b") + "colour: red\n", c="{}")

    assert ["a.yaml:1 WF001", "b.yaml:3 WF102", "c.yaml:1 WF100"] == found()


def test_the_same_is_found_however_the_files_are_named(folder):
    write(folder, a=WORKFLOW.format(name="x"), b="a: [", c="x: y")

    assert found(["a.yaml", "b.yaml", "c.yaml"]) == found(["c.yaml", "b.yaml", "a.yaml", "a.yaml"])


def test_problems_are_chosen_by_code(folder):
    write(folder, a=WORKFLOW.format(name="x") + "colour: red\nsteps: [{id: never}]\n")

    assert ["a.yaml:3 WF102", "a.yaml:4 WF204"] == found()
    assert ["a.yaml:3 WF102"] == found(["."], ProblemSelection(select={"WF102"}))
    assert ["a.yaml:4 WF204"] == found(["."], ProblemSelection(ignore={"WF102"}))
    assert [] == found(["."], ProblemSelection(select={"WF102"}, ignore={"WF102"}))


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("kobjctl: ignore WF204", []),
        ("kobjctl: ignore unreachable-step", []),
        ("kobjctl: ignore Unreachable-Step: it comes later", []),
        (
            "kobjctl: ignore cycle WF204",
            ["WF004 this comment ignores WF203, but there is no such problem"],
        ),
        ("kobjctl: ignore unreachable-stp", ['WF004 did you mean "unreachable-step"?']),
        ("kobjctl: ignore WF204 and wrong-tipe", []),
        ("kobjctl: ignore WF102x", ["WF004 does not say which code"]),
        ("kobjctl: ignore WF20", ["WF004 did you mean"]),
        ("kobjctl: ignroe WF204", ["WF004 write # kobjctl: ignore WF204"]),
        ("kobjctl: ignroe unreachable-step", ["WF004 write # kobjctl: ignore unreachable-step"]),
        ("kobjctl: disable WF204", ["WF004 write # kobjctl: ignore WF204"]),
        ("kobjctl ignore WF204", ['WF004 a ":" is missing']),
        ("kobjctl: see the manual", ["WF204"]),
        ("kobjctl ignores what it does not know", ["WF204"]),
    ],
)
def test_a_comment_that_was_meant_to_silence_does_or_is_told(folder, comment, left):
    steps = "steps:\n  - id: a # "
    write(folder, a=WORKFLOW.format(name="x") + f"{steps}{comment}\n")

    problems = validate(["."]).problems
    told = [f"{each.code} {each.message} {each.hint}" for each in problems]
    for expected in left:
        code, _, words = expected.partition(" ")

        assert any(each.startswith(code) and words in each for each in told)
    assert bool(left) == bool(told)


def test_a_silencer_of_what_is_not_asked_for_is_not_told_to_be_in_vain(folder):
    write(folder, a=WORKFLOW.format(name="x") + "steps: [{id: a}] # kobjctl: ignore WF204\n")

    assert [] == found(["."], ProblemSelection(ignore={"WF204"}))
    assert [] == found(["."], ProblemSelection(select={"WF102", "WF004"}))


def test_what_is_unsaved_takes_the_place_of_its_file(folder):
    write(folder, a=WORKFLOW.format(name="x"), b=WORKFLOW.format(name="y"))
    unsaved = EditorBuffer("b.yaml", WORKFLOW.format(name="x").encode())

    assert ["b.yaml:1 WF206"] == found(["."], unsaved=unsaved)
    assert ["b.yaml:1 WF206"] == found(["a.yaml", "./b.yaml"], unsaved=unsaved)


def test_only_the_problems_of_what_is_unsaved_are_told(folder):
    write(folder, a="a: [")

    assert [] == found(["."], unsaved=EditorBuffer("b.yaml", WORKFLOW.format(name="x").encode()))


def test_a_report_fails_for_errors_and_if_strict_for_warnings(folder):
    write(folder, a=WORKFLOW.format(name="x") + "colour: red\n")
    report = validate(["."])

    assert (0, 1) == (report.errors, report.warnings)
    assert (False, True) == (report.fails(strict=False), report.fails(strict=True))


def test_a_report_of_notes_alone_never_fails(folder):
    condition = "{op: lt, values: [/#steps.1.createdAt, '2026-01-01']}"
    write(
        folder,
        a=f"""
name: early
trigger:
  eventName: kustomer.customer.create
  transitions: [{{target: end, condition: {condition}}}, {{target: end}}]
steps: [{{id: end}}]
""",
    )
    report = validate(["."])

    assert (0, 0, 1) == (report.errors, report.warnings, report.notes)
    assert not report.fails(strict=True)


def test_a_path_that_is_none_is_wrong_usage(folder):
    with pytest.raises(UsageError, match="no such file"):
        validate(["nowhere"])


def test_force_loads_what_the_org_takes(folder, engine):
    write(
        folder,
        a="""
klasses: [{name: order}, {name: customer}]
workflows:
  - {name: one, trigger: {eventName: e, transitions: [{target: gone}]}}
  - {name: two, trigger: {hook: nowhere}}
""",
        b="a: [",
    )
    files = read(["."], engine.org.store)
    with pytest.raises(FileProblemsError):
        load(engine.org, files)
    applied = load(engine.org, files, force=True)

    assert [("klass", "order"), ("workflow", "one")] == [each[:2] for each in applied.changes]
    assert 3 == applied.left_out
    assert ["one"] == engine.org.store.workflows.names()


# Any bytes as a file.

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "trigger",
                    "steps",
                    "id",
                    "hook",
                    "eventName",
                    "transitions",
                    "target",
                    "condition",
                    "op",
                    "values",
                    "action",
                    "params",
                    "klasses",
                    "hooks",
                    "workflows",
                    "type",
                    "metadata",
                    "properties",
                    "aStr",
                    "meta",
                    "errorCases",
                    "schema",
                    "callable",
                    "example",
                    "klassName",
                    "app",
                    "actions",
                    "triggers",
                    "settings",
                    "appSettings",
                    "inputSchema",
                    "outputSchema",
                    "outputTemplate",
                    "properties",
                    "required",
                    "data",
                    "attributes",
                    "custom",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)
texts = st.sampled_from(
    [
        "/#steps.1.a",
        "/#fn:parseInt,steps.1",
        "{{#each steps.1.a}}{{b}}{{/each}}",
        "{{",
        "/#",
        "/#steps",
        "on",
        "1",
        "{{#if error.x}}",
    ]
)
conditions = st.fixed_dictionaries(
    {"op": st.sampled_from(["eq", "and", "exists", "x"])},
    optional={"values": st.lists(json_values | texts, max_size=3)},
)
transitions = st.lists(
    st.fixed_dictionaries(
        {"target": st.sampled_from(["1", "a", "b"])}, optional={"condition": conditions}
    ),
    max_size=3,
)
steps = st.fixed_dictionaries(
    {"id": st.sampled_from(["1", "a", "b", ""])},
    optional={
        "action": st.sampled_from(["kustomer.customer.find", "kustomer.kobject.update", "x"]),
        "params": st.dictionaries(
            st.sampled_from(["identifier", "klassName", "custom", "a"]), texts | json_values
        ),
        "transitions": transitions,
        "errorCases": transitions,
    },
)
workflows = st.fixed_dictionaries(
    {
        "name": st.just("w"),
        "trigger": st.fixed_dictionaries(
            {"transitions": transitions},
            optional={
                "hook": st.just("h"),
                "eventName": st.sampled_from(
                    ["kustomer.customer.create", "kustomer.kobject.k.update"]
                ),
                "callable": st.booleans(),
                "schema": json_values,
            },
        ),
    },
    optional={"steps": st.lists(steps, max_size=4)},
)
apps = st.fixed_dictionaries(
    {"workflows": st.lists(workflows | json_values, max_size=2)},
    optional={
        "hooks": st.lists(
            st.fixed_dictionaries(
                {"name": st.just("h"), "type": st.just("web")}, optional={"example": json_values}
            ),
            max_size=1,
        ),
        "klasses": json_values,
        "actions": json_values,
        "triggers": json_values,
        "settings": json_values,
        "app": st.just("a") | json_values,
    },
)
enveloped = st.fixed_dictionaries(
    {"attributes": workflows | json_values}, optional={"id": json_values, "type": json_values}
)
answers = st.lists(enveloped | workflows | apps, max_size=2)
documents = (
    json_values
    | workflows
    | apps
    | answers
    | st.fixed_dictionaries({"data": enveloped | answers | json_values})
)


def judged(tmp_path, content, suffix):
    path = tmp_path / f"any{suffix}"
    path.write_bytes(content)
    for problem in validate([path]).problems:
        assert problem.message
        assert problem.span >= (1, 1)


@ANY_FILE
@given(st.binary(max_size=200), st.sampled_from([".yaml", ".json", ".txt"]))
def test_any_bytes_give_findings_or_none(tmp_path, content, suffix):
    judged(tmp_path, content, suffix)


@ANY_FILE
@given(st.text(st.sampled_from("ab:-,[]{}&*!|>#'\"\n\r\t 1.~?%@`é\u2028"), max_size=60))
def test_any_text_gives_findings_or_none(tmp_path, text):
    judged(tmp_path, text.encode(), ".yaml")


@ANY_FILE
@given(documents, st.sampled_from([".yaml", ".json"]))
def test_any_document_gives_findings_or_none(tmp_path, value, suffix):
    judged(tmp_path, json.dumps(value).encode(), suffix)


@ANY_FILE
@given(documents)
def test_force_loads_any_document_or_leaves_it_out(tmp_path, engine, value):
    path = tmp_path / "any.json"
    path.write_text(json.dumps(value))

    load(engine.org, read([path], engine.org.store), force=True)


def test_a_file_whose_lines_end_in_carriage_returns_is_judged(folder):
    (folder / "mac.yaml").write_bytes(
        b"name: x\rtrigger:\r  eventName: kustomer.customer.create\r"
        b"  transitions: [{target: a}]\rsteps:\r  - {id: a, params: {b: /#steps.1.idd}}\r"
    )

    assert ["mac.yaml:6 WF403"] == found()
