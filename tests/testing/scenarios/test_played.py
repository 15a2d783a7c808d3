"""Scenarios with everything that can be given, sent and expected; and that each could fail."""

import shutil
from pathlib import Path

import pytest

from kobjctl.files.shapes.scenario import FORMS
from kobjctl.files.shapes.table import SHAPES
from kobjctl.model.errors import UsageError
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.expecting import ROOTS
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.reading import read, read_file
from kobjctl.testing.scenarios.records_seen import PLURALS
from kobjctl.testing.scenarios.running import run

PLAYED = Path(__file__).with_name("played")
ORGS = StartOrgs()
FILES = read([PLAYED]).files
ALL = [
    pytest.param(file, scenario, id=scenario.name) for file in FILES for scenario in file.scenarios
]


def played(path, text, **files):
    """Run the one scenario of a text; give its result."""
    for name, content in files.items():
        path.with_name(name.replace("_", ".")).write_text(content)
    path.write_text(text)
    found = collect([path], StartOrgs())
    found.refuse_problems()
    [file] = found.files
    return run(file, file.scenarios[0], StartOrgs())


def altered(file, scenario, section):
    """Give a file in which a scenario expects something else."""
    body = {**scenario.body, "expect": section}
    own = list(file.own)
    own[scenario.position] = own[scenario.position].__class__(
        file.path, file.document.text, body, own[scenario.position].spans, {}
    )
    return file._replace(own=tuple(own)), scenario._replace(body=body)


def test_the_files_have_no_faults():
    assert () == collect([PLAYED], ORGS).problems


@pytest.mark.parametrize(("file", "scenario"), ALL)
def test_what_happens_is_as_expected(file, scenario):
    result = run(file, scenario, ORGS)

    assert () == result.mismatches
    assert ("skipped" if scenario.skip else "passed") == result.outcome


@pytest.mark.parametrize(("file", "scenario"), ALL)
def test_no_expectation_holds_whatever_happens(file, scenario):
    for key in scenario.body.get("expect", ()):
        result = run(*altered(file, scenario, {key: {"exactly": "nothing is this"}}), ORGS)

        assert "failed" == result.outcome
        assert [key] == [mismatch.expectation for mismatch in result.mismatches]


def test_everything_that_may_be_expected_sent_and_given_is():
    bodies = [scenario.body for file in FILES for scenario in file.scenarios]
    given = [body.get("given", {}) for body in bodies] + [file.head["given"] for file in FILES]
    sent = [entry for body in bodies for entry in body["send"] if isinstance(body["send"], list)]

    assert set(ROOTS) - {"workflow"} == {
        key.partition(".")[0] for body in bodies for key in body.get("expect", ())
    }
    assert set(FORMS) == {key for entry in sent for key in entry if key in FORMS}
    assert set(SHAPES["Fixture"].keys) - {"settings"} == {key for each in given for key in each}
    assert set(PLURALS) <= {key for each in given for key in each}


def test_the_same_happens_every_time():
    scenario = FILES[3].scenarios[0]
    one, other = (run(FILES[3], scenario, StartOrgs()) for _ in range(2))

    assert [each.report for each in one.runs] == [each.report for each in other.runs]
    assert one.http == other.http


def test_another_seed_gives_other_ids(tmp_path):
    shutil.copytree(PLAYED, tmp_path / "played")
    path = tmp_path / "played" / "inline.test.yaml"
    one = run(read_file(path), read_file(path).scenarios[0], StartOrgs())
    path.write_text(path.read_text().replace("given:\n  hooks", "given:\n  seed: 2\n  hooks"))
    other = run(read_file(path), read_file(path).scenarios[0], StartOrgs())

    assert ["passed", "passed"] == [one.outcome, other.outcome]
    assert one.runs[0].report.run.id != other.runs[0].report.run.id


def test_a_stub_that_is_late_takes_no_time():
    [scenario] = [each for each in FILES[3].scenarios if each.name.startswith("a payload")]
    result = run(FILES[3], scenario, ORGS)

    assert 1000 > result.duration


# What can't be done is an error at its place, with what to do.

WORKFLOW = "name: a\ntrigger: {eventName: a.made}\n"
REFUSED = {
    "a customer that is none": (
        "given: {customers: [{nam: A}]}",
        "send: 1",
        '2:21 no field of a customer is called "nam"',
        'did you mean "name"?',
    ),
    "a KObject without a klass": (
        "given: {kobjects: [{title: A}]}",
        "send: 1",
        "2:20 a KObject needs `klass`",
        "such as {klass: order, title: A-1}",
    ),
    "an id that is none": (
        "given: {tags: [{name: a, id: b}]}",
        "send: 1",
        '2:16 "b" is no id',
        "an id has 24 hex characters: 0-9, a-f",
    ),
    "a variable that nothing mentions": (
        "given: {variables: {key: a}}",
        "send: 1",
        '2:26 no variable of the workflows is called "key"',
        "the workflows use none",
    ),
    "a time that is none": (
        "given: {now: soon}",
        "send: 1",
        '2:14 "soon" is neither an age nor a date',
        "write 30m, 2h, 7d or 2026-01-02",
    ),
    "a hook that is not there": (
        "",
        "send: [{payload: 1, hook: orders}]",
        '5:12 no hook is called "orders"',
        "make one: kobjctl hook create NAME",
    ),
    "a file that is not there": (
        "",
        "send: nothing.json",
        "5:11",
        "check the path: it starts from this folder",
    ),
    "an event that is no object": ("", "send: 1", "5:11 an event is a JSON object", "captured"),
    "a call of what can't be called": (
        "",
        "send: [{call: a}]",
        '5:12 workflow "a" can\'t be called: its trigger has no `callable: true`',
        "it starts on an event: kobjctl event send a.made FILE",
    ),
    "a length that is none": ("", "send: [{advance: x}]", '5:12 "x" is not a length of time', "2h"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_not_be_done_is_told_at_its_place(tmp_path, case):
    given, send, said, hint = REFUSED[case]
    scenarios = f"scenarios:\n  - name: a\n    {send}\n    expect: {{runs: []}}\n"
    text = f"workflow: a.yaml\n{given}\n{scenarios}"
    result = played(tmp_path / "a.test.yaml", text, a_yaml=WORKFLOW)
    [mismatch] = result.mismatches

    assert "error" == result.outcome
    assert f"{mismatch.span.line}:{mismatch.span.column} {mismatch.message}".startswith(said)
    assert hint in mismatch.hint


def test_where_several_hooks_start_workflows_one_is_named(tmp_path):
    result = played(
        tmp_path / "a.test.yaml",
        f"given: {{apps: [{PLAYED / 'app.yaml'}]}}\n"
        "scenarios: [{name: a, send: {a: 1}, expect: {runs: []}}]\n",
    )

    assert result.mismatches[0].message.startswith(
        "several things start workflows here: parcels, receipts"
    )


def test_a_klass_or_hook_of_another_file_is_found_with_it(tmp_path):
    (tmp_path / "klasses.yaml").write_text("hooks: [{name: orders, type: form}]\n")
    result = played(
        tmp_path / "a.test.yaml",
        "workflow: a.yaml\ngiven: {apps: klasses.yaml}\n"
        "scenarios: [{name: a, send: {a: 1}, expect: {steps.1.attributes.data.a: 1}}]\n",
        a_yaml="name: a\ntrigger: {hook: orders}\n",
    )

    assert "passed" == result.outcome


def test_settings_of_an_app_are_what_is_given(tmp_path):
    shutil.copytree(PLAYED, tmp_path / "played")
    result = played(
        tmp_path / "played" / "a.test.yaml",
        "given: {apps: app.yaml, settings: {desk.mail.sender: 7}}\n"
        "scenarios: [{name: a, send: [{event: desk.unheard}], expect: {runs: []}}]\n",
    )

    assert "passed" == result.outcome


def test_a_setting_that_no_app_has_is_told(tmp_path):
    shutil.copytree(PLAYED, tmp_path / "played")
    result = played(
        tmp_path / "played" / "a.test.yaml",
        "given: {apps: app.yaml, settings: {desk.mail.sendr: 7}}\n"
        "scenarios: [{name: a, send: [{event: desk.unheard}], expect: {runs: []}}]\n",
    )

    [mismatch] = result.mismatches
    assert "error" == result.outcome
    assert 'no setting of the apps is called "desk.mail.sendr"' in str(mismatch)
    assert 'did you mean "desk.mail.sender"?' in str(mismatch)


def test_a_folder_without_scenarios_is_refused(tmp_path):
    with pytest.raises(UsageError, match="has no scenario files"):
        read([tmp_path])


def test_a_list_may_have_payloads_and_names_of_files(tmp_path):
    text = (
        "workflow: a.yaml\nscenarios:\n  - name: a\n    send: [{n: 1}, b.json, {payload: {n: 3}}]\n"
        "    expect:\n      runs: [{steps.1.n: 1}, {steps.1.n: 2}, {steps.1.n: 3}]\n"
    )
    result = played(tmp_path / "a.test.yaml", text, a_yaml=WORKFLOW, b_json='{"n": 2}')

    assert "passed" == result.outcome, result.mismatches


def test_an_expression_that_takes_for_ever_is_given_up(tmp_path):
    text = (
        "workflow: a.yaml\nscenarios:\n  - name: a\n    send: {n: " + "a" * 60 + "b}\n"
        '    expect: {steps.1.n: {regex: "(a|aa)+$"}}\n'
    )
    result = played(tmp_path / "a.test.yaml", text, a_yaml=WORKFLOW)

    assert "error" == result.outcome
    assert "took longer than" in result.mismatches[0].message
