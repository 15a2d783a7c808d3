"""Whatever type a leaf of a file has: either `validate` tells of it, or nobody stumbles over it.

In each file that a sample or a test has, each leaf gets a value of every other type, one at a
time. What `validate` finds no error in is loaded, gets its payloads, and is looked at by every
command that shows it. A few are tried; `--long` tries all.
"""

import contextlib
import copy
import json
import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from kobjctl.app.org.opening import open_existing_org, open_org
from kobjctl.files.reader import read_document
from kobjctl.files.shapes.table import SHAPES
from kobjctl.files.shapes.wording import kind_at
from kobjctl.lint.editor_schema import definitions
from kobjctl.model.errors import KobjctlError
from kobjctl.model.run import OPEN_STATUSES

TESTS = Path(__file__).parent
SAMPLES = TESTS.parent / "sample_workflows"
PAYLOADS = TESTS.parent / "sample_payloads"
EVERYTHING = TESTS / "mutations" / "everything.yaml"
KINDS = (None, True, 7, "text", ["text"], {"a": 1})
# Without `--long`, one in so many is tried.
SHARE = 97
AT = "--now 2026-03-02T09:30:00Z --seed 1"
# What a Python error leaves in an output that should have been one of ours.
PYTHON = re.compile(
    r"\b(?:Attribute|Index|Key|Overflow|Recursion|Type|Value)Error\b|refused:|a bug"
)
# How an action says that a value has a type that it doesn't take.
UNFIT = re.compile(r"\b(?:takes|gives) .*, not (?:text|number|true or false|list|object|null)\b")


class Sample(NamedTuple):
    """A file, and the commands that use it."""

    file: Path
    commands: tuple[str, ...]

    def __str__(self):
        return f"{self.file.parent.name}-{self.file.name}"


def defining():
    """Give the files that define what an org has, and the stubs beside them."""
    for log in sorted(TESTS.glob("workflows/*/log.txt")):
        lines = log.read_text().splitlines()
        commands = tuple(line.removeprefix("$ ") for line in lines if line.startswith("$ "))
        files = [file for file in sorted(log.parent.iterdir()) if file.suffix in {".yaml", ".json"}]
        yield from (Sample(file, commands) for file in files)
    for file in (SAMPLES / "order.yaml", SAMPLES / "nps.json"):
        sent = sorted(each.name for each in PAYLOADS.glob(f"{file.stem}*.json"))
        sends = [f"kobjctl hook send {PAYLOADS.name}/{name} {AT}" for name in sent]
        yield Sample(file, (f"kobjctl apply {file.name}", *sends))
    commands = (
        f"kobjctl apply {EVERYTHING.name}",
        f"kobjctl hook send ticket.json --hook tickets {AT}",
        f"kobjctl schedule run-due --advance 1d {AT}",
        f"kobjctl workflow call remind --input number=T-1 {AT}",
    )
    yield Sample(EVERYTHING, commands)


def playing():
    """Give the files of scenarios."""
    files = [*SAMPLES.glob("*.test.*"), *TESTS.glob("app/scenarios/*/*.test.*")]
    return [Sample(file, (f"kobjctl test {file.name}",)) for file in sorted(files)]


def leaves(value, path=()):
    """Yield the path of every value that holds no others."""
    if isinstance(value, dict | list) and value:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))
    else:
        yield path


def at(value, path):
    for part in path:
        value = value[part]
    return value


def mutations(data):
    """Yield (path, value): each leaf with a value of every other type."""
    for path in leaves(data):
        yield from ((path, kind) for kind in KINDS if type(kind) is not type(at(data, path)))


def mutated(data, path, value):
    """Give the data with another value at a path."""
    changed = copy.deepcopy(data)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def step_at(data, path):
    """Give the id of the step that a path leads into, None for none: what a step makes of its
    values is no matter of shapes to the steps that they are given on to.
    """
    if "steps" not in path[:-2]:
        return None
    return at(data, path[: path.index("steps") + 2])["id"]


def our_errors(kind=KobjctlError):
    """Give the names of the errors that a step may end with."""
    return {kind.__name__}.union(*map(our_errors, kind.__subclasses__()))


class Workplace:
    """A folder with a sample, in which one changed file after the other is tried."""

    def __init__(self, sample, folder, golden):
        self.sample, self.folder, self._golden = sample, folder / sample.file.parent.name, golden
        shutil.copytree(sample.file.parent, self.folder)
        for around in (folder, self.folder):
            shutil.copytree(PAYLOADS, around / PAYLOADS.name)
        self._file = self.folder / sample.file.name
        self._database = self.folder / "kobjctl.db"
        open_org(self._database).store.close()
        self._empty = self._database.read_bytes()

    def invoke(self, *words):
        """Run a command and give what it says; what it raises is raised."""
        result = self._golden.invoke(self.folder, shlex.join(words))
        said = result.stdout + result.stderr
        assert result.exit_code in {0, 1, 2}, said
        assert not PYTHON.search(said), said
        return result.stdout

    def told(self, data):
        """Write the file; give the errors that `validate` finds in it, and all that it says."""
        self._file.write_text(json.dumps(data))
        if self._file.name == "stubs.yaml":
            return set(), set()
        problems = json.loads(self.invoke("kobjctl", "validate", self._file.name, "--json"))
        all_told = {
            (each["severity"], each["code"], each["message"]) for each in problems["problems"]
        }
        return {each for each in all_told if each[0] == "error"}, all_told

    def use(self):
        """Load the file, send its payloads, look at all; give (step, error) of what failed."""
        for beside in self.folder.glob("kobjctl.db*"):
            beside.unlink()
        self._database.write_bytes(self._empty)
        for command in self.sample.commands:
            self.invoke(*shlex.split(command.partition(" > ")[0]))
        with contextlib.closing(open_existing_org(self._database, named=True).store) as store:
            newest = store.runs.newest()
            errors = [
                each
                for number in range(1, newest.number + 1 if newest else 1)
                for each in errors_of(store, number)
            ]
            named = {
                "workflow": [workflow.name for workflow in store.workflows.all()],
                "klass": [klass.name for klass in store.klasses.all()],
                "hook": [hook.name for hook in store.hooks.all()],
                "app": store.apps.names(),
            }
        for noun, names in named.items():
            self.invoke("kobjctl", noun, "list")
            for name in names:
                for verb in LOOKS[noun]:
                    self.invoke("kobjctl", noun, verb, name)
        for words in (("actions",), ("setting", "list"), ("logs", "--json"), ("logs",)):
            self.invoke("kobjctl", *words)
        return errors


LOOKS = {
    "workflow": ("show", "graph", "paths", "export"),
    "klass": ("show",),
    "hook": ("show",),
    "app": ("show", "export"),
}


def errors_of(store, number):
    """Give (step, error) of the steps of a run, which is over and has no error of Python's."""
    run = store.runs.get(str(number))
    assert run.status not in OPEN_STATUSES
    assert not PYTHON.search(run.error), run.error
    steps = store.step_log.steps(number)
    for step in steps:
        assert not step.error or step.error["name"] in our_errors(), step.error
    return [(step.step_id, step.error["message"]) for step in steps if step.error]


def shares(data, *, long):
    """Give the mutations to try: all, or those in so many steps."""
    return list(mutations(data))[:: 1 if long else SHARE]


@pytest.mark.parametrize("sample", list(defining()), ids=str)
def test_a_file_that_passes_never_fails_for_its_shape(sample, tmp_path, monkeypatch, golden, long):
    data = read_document(sample.file).data
    workplace = Workplace(sample, tmp_path, golden)
    monkeypatch.chdir(workplace.folder)
    is_answer = sample.file.name == "stubs.yaml"
    known = workplace.told(data)[1]
    usual = workplace.use()
    faults, passed = [], 0
    tried = shares(data, long=long)
    for path, value in tried:
        errors, told = workplace.told(mutated(data, path, value))
        if errors:
            continue
        passed += 1
        try:
            failures = [each for each in workplace.use() if each not in usual]
        except Exception as error:  # noqa: BLE001 - all of them are told at the end
            faults.append((path, value, repr(error)))
            continue
        # What a step gives another is a value: of its shape, files say nothing.
        gives = is_answer or "outputTemplate" in path
        if told <= known and not gives:
            own = step_at(data, path)
            faults += [
                (path, value, error)
                for step, error in failures
                if UNFIT.search(error) and own in {step, None}
            ]
    print(f"{len(tried)} tried, {passed} passed")  # noqa: T201

    assert [] == faults


@pytest.mark.parametrize("sample", playing(), ids=str)
def test_scenarios_of_any_shape_are_refused_or_played(sample, tmp_path, monkeypatch, golden, long):
    data = read_document(sample.file).data
    workplace = Workplace(sample, tmp_path, golden)
    monkeypatch.chdir(workplace.folder)
    [command] = sample.commands
    faults = []
    tried = shares(data, long=long)
    for path, value in tried:
        (workplace.folder / sample.file.name).write_text(json.dumps(mutated(data, path, value)))
        try:
            workplace.invoke(*shlex.split(command))
        except Exception as error:  # noqa: BLE001 - see above
            faults.append((path, value, repr(error)))
    print(f"{len(tried)} tried")  # noqa: T201

    assert [] == faults


def keys(value, path=()):
    """Yield (shape, key) for each key of an object that has a shape of ours."""
    shape = kind_at("App", path).shape
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if shape:
                yield shape, key
            yield from keys(inner, (*path, key))


def test_every_key_of_every_shape_is_among_them():
    found = set(keys(read_document(EVERYTHING).data))

    assert (
        set()
        == {(shape, key) for shape in definitions("App") for key in SHAPES[shape].keys} - found
    )
