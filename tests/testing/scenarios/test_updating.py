"""Snapshots are written into scenario files, of which all else stays byte for byte."""

import pytest

from kobjctl.files.reader import read_document
from kobjctl.model.errors import UsageError
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.running import run
from kobjctl.testing.scenarios.running_all import Task
from kobjctl.testing.scenarios.selecting import tasks_of
from kobjctl.testing.scenarios.updating import update

WORKFLOW = """\
name: a
trigger: {eventName: a.made, transitions: [{target: b}]}
steps:
  - id: b
    action: kustomer.customer.create
    params: {email: /#steps.1.email, name: /#steps.1.name}
"""
SNAPSHOT = {
    "status": "completed",
    "path": ["1", "b"],
    "steps": {
        "b": {
            "displayName": "Ann",
            "emails": [{"type": "home", "email": "a@example.com"}],
            "name": "Ann",
        }
    },
    "http": [],
    "customers": [
        {
            "displayName": "Ann",
            "emails": [{"type": "home", "email": "a@example.com"}],
            "name": "Ann",
            "email": "a@example.com",
        }
    ],
}
NEXT = "# next\n- {name: b, skip: no, send: 1}\nworkflow: a.yaml"
HEAD = "workflow: a.yaml\nscenarios:\n  - name: a\n"
SEND = "send: {email: a@example.com, name: Ann}"
# A file, and what stands before and behind its one snapshot.
LAYOUTS = {
    "at the end": (
        f"{HEAD}    {SEND}  # so\n",
        f"{HEAD}    {SEND}  # so\n    snapshot:\n",
        "\n",
    ),
    "without a last line end": (
        f"workflow: a.yaml\nscenarios:\n- name: a\n  {SEND}",
        f"workflow: a.yaml\nscenarios:\n- name: a\n  {SEND}\n  snapshot:\n",
        "",
    ),
    "before another": (
        f"scenarios:\n- {SEND}\n  name: a\n\n{NEXT}",
        f"scenarios:\n- {SEND}\n  name: a\n  snapshot:\n",
        f"\n\n{NEXT}",
    ),
    "in place of one": (
        f"{HEAD}    snapshot:\n      # old\n      status: failed\n    # of it\n    {SEND}\n",
        f"{HEAD}    snapshot:\n",
        f"\n    # of it\n    {SEND}\n",
    ),
    "in place of an empty one": (
        f"{HEAD}    snapshot:  # to come\n    {SEND}\n",
        f"{HEAD}    snapshot:\n",
        f"  # to come\n    {SEND}\n",
    ),
    "in place of one on a line": (
        f"{HEAD}    snapshot: {{path: [1]}}  # old\n    {SEND}\n",
        f"{HEAD}    snapshot:\n",
        f"  # old\n    {SEND}\n",
    ),
    "with lines that end as on Windows": (
        f"workflow: a.yaml\r\nscenarios:\r\n  - name: a\r\n    {SEND}\r\n",
        f"workflow: a.yaml\r\nscenarios:\r\n  - name: a\r\n    {SEND}\r\n    snapshot:\r\n",
        "\r\n",
    ),
    "with a byte order mark": (
        f"\ufeffworkflow: a.yaml\nscenarios:\n  - name: ä\n    {SEND}\n",
        f"\ufeffworkflow: a.yaml\nscenarios:\n  - name: ä\n    {SEND}\n    snapshot:\n",
        "\n",
    ),
    "in one line": (
        f"workflow: a.yaml\nscenarios: [{{name: a, {SEND} ,}}]  # all\n",
        f'workflow: a.yaml\nscenarios: [{{name: a, {SEND}, "snapshot": {{"status": ',
        " ,}]  # all\n",
    ),
    "in one line that has one": (
        f"workflow: a.yaml\nscenarios: [{{name: a, snapshot: {{}}, {SEND}}}]\n",
        'workflow: a.yaml\nscenarios: [{name: a, snapshot: {"status": ',
        f", {SEND}}}]\n",
    ),
}
JSON = """{
  "workflow": "a.yaml",
  "scenarios": [
    {
      "name": "a",
      "send": {"email": "a@example.com", "name": "Ann"}
    }
  ]
}
"""


def updated(path, text):
    """Write the snapshots of a file; give what it is then, and how many were written."""
    path.with_name("a.yaml").write_text(WORKFLOW)
    path.write_bytes(text.encode())
    found = collect([path], StartOrgs(), updates=True)
    found.refuse_problems()
    done = update(tasks_of(found.files), StartOrgs())
    return path.read_bytes().decode(), done


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_snapshot_is_written_and_all_else_stays(tmp_path, layout):
    text, before, behind = LAYOUTS[layout]
    path = tmp_path / "a.test.yaml"
    written, done = updated(path, text)

    assert 1 == done.written
    assert SNAPSHOT == read_document(path).data["scenarios"][0]["snapshot"]
    assert (before, behind) == (written[: len(before)], written[len(written) - len(behind) :])


def test_a_snapshot_in_json_is_laid_out_as_the_rest(tmp_path):
    written, _ = updated(tmp_path / "a.test.json", JSON)

    assert written.startswith(
        JSON.partition("\n    }")[0] + ',\n      "snapshot": {\n        "status": "completed",\n'
    )
    assert written.endswith("\n      }\n    }\n  ]\n}\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_written_holds_and_is_not_written_again(tmp_path, layout):
    path = tmp_path / "a.test.yaml"
    written, _ = updated(path, LAYOUTS[layout][0])
    [file] = collect([path], StartOrgs()).files
    again, done = updated(path, written)

    assert "passed" == run(file, file.scenarios[0], StartOrgs()).outcome
    assert (written, 0) == (again, done.written)


def test_a_snapshot_that_no_longer_holds_fails(tmp_path):
    path = tmp_path / "a.test.yaml"
    updated(path, LAYOUTS["at the end"][0])
    path.write_text(path.read_text().replace("name: Ann}", "name: Bob}"))
    [file] = collect([path], StartOrgs()).files
    result = run(file, file.scenarios[0], StartOrgs())

    assert "failed" == result.outcome
    assert "steps.b.displayName" in [mismatch.expectation for mismatch in result.mismatches]


def test_what_is_expected_stays_what_is_expected(tmp_path):
    text = f"{HEAD}    {SEND}\n    expect: {{path.count: 7}}\n"
    written, done = updated(tmp_path / "a.test.yaml", text)

    assert (text, 0) == (written, done.written)
    assert ["failed"] == [result.outcome for result in done.results]


SENDING = """\
name: b
trigger: {eventName: b.made, transitions: [{target: made}]}
steps:
  - id: made
    action: kustomer.customer.create
    transitions: [{target: ask}]
  - id: ask
    action: kustomer.rest-api.json
    params:
      uri: https://example.com/{{steps.made.id}}?of={{steps.1.who}}
      data: {at: /#steps.made.createdAt, who: /#steps.1.who, text: a string, about: about 2}
"""
SENT = """\
workflow: b.yaml
given: {stubs: {http: [{request: {url: "*"}, response: {status: 404}}]}}
scenarios:
  - name: b
    send: {who: 5f75a1b2c3d4e5f6a7b8c9d0}
"""


def test_what_comes_from_the_clock_or_chance_is_left_open(tmp_path):
    path = tmp_path / "a.test.yaml"
    path.with_name("b.yaml").write_text(SENDING)
    updated(path, SENT)
    [sent] = read_document(path).data["scenarios"][0]["snapshot"]["http"]

    assert {
        "method": "GET",
        "url": {"regex": "^https://example\\.com/[0-9a-f]{24}$"},
        "query": {"of": "5f75a1b2c3d4e5f6a7b8c9d0"},
        "body": {
            "who": "5f75a1b2c3d4e5f6a7b8c9d0",
            "text": {"exactly": "a string"},
            "about": {"exactly": "about 2"},
        },
        "status": 404,
    } == sent


def test_a_file_that_is_laid_out_in_another_way_stays_as_it_is(tmp_path):
    path = tmp_path / "a.test.yaml"
    text = f"{HEAD}    send:\n      email: |+\n        a@b\n\n\n"
    with pytest.raises(UsageError, match="can't write snapshots into the layout of"):
        updated(path, text)

    assert text == path.read_text()


def test_a_file_that_can_not_be_written_is_told(tmp_path):
    path = tmp_path / "a.test.yaml"
    path.with_name("a.yaml").write_text(WORKFLOW)
    path.write_text(LAYOUTS["at the end"][0])
    [file] = collect([path], StartOrgs(), updates=True).files
    path.unlink()
    path.mkdir()
    with pytest.raises(UsageError, match="can't write"):
        update([Task(file, file.scenarios[0])], StartOrgs())


def test_a_snapshot_leaves_secrets_open(tmp_path, monkeypatch):
    told = WORKFLOW.replace("/#steps.1.name", "'key {{{variables.key}}} of it'")
    monkeypatch.setitem(globals(), "WORKFLOW", told)
    path = tmp_path / "a.test.yaml"
    text = f"{HEAD}    given: {{variables: {{key: s3cret/key é}}}}\n    {SEND}\n"

    written, done = updated(path, text)

    taken = read_document(path).data["scenarios"][0]["snapshot"]
    assert 1 == done.written
    assert "s3cret" not in str(taken)
    assert {"regex": r"^key\ [\s\S]*\ of\ it$"} == taken["customers"][0]["name"]
    assert 0 == updated(path, written)[1].written
    (file,) = collect([path], StartOrgs()).files
    assert "passed" == run(file, file.scenarios[0], StartOrgs()).outcome
