"""What share of single slips in the samples is found, and whether at the right line.

Each sample is judged with its payload as the example of its hook, as the fields of a payload are
known from there. A mutant is the sample with one random mistake, of the kinds that people make. It
doesn't count when no run could notice it: when what is left of the workflow after taking away
names, steps that no way leads to, and transitions after an "always", is the same as before. It is
found when there is any finding, as the sample has none; at the right line when one of these, or
its second place, is on a line of what was changed, or of what named it.
"""

import json
import random
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from kobjctl.actions import ACTIONS
from kobjctl.app.parts import Files
from kobjctl.app.project import project_of
from kobjctl.files.json_reader import read_json
from kobjctl.files.shapes import check_shape
from kobjctl.files.yaml_reader import read_yaml
from kobjctl.lint.comparing import constant
from kobjctl.lint.linter import problems
from kobjctl.lint.places import is_condition
from kobjctl.lint.subject import Subject
from kobjctl.model.graph import reachable
from kobjctl.model.problem import FileProblemsError
from kobjctl.model.workflow import Workflow

ROOT = Path(__file__).parent.parent.parent
SAMPLES = sorted((ROOT / "sample_workflows").iterdir())
SHARE = 0.95
SHORT, LONG = 200, 3000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Mutant(NamedTuple):
    """A sample with one mistake: of which kind, and the paths at which it is rightly found."""

    kind: str
    document: Any
    places: tuple[tuple[str | int, ...], ...]


class Site(NamedTuple):
    """A place at which a mistake can be made; `holder` has it under `key`."""

    kind: str
    path: tuple[str | int, ...]
    holder: Any
    key: str | int


def load(path):
    """Read a sample; its hook gets the payload of the same name as its example."""
    text = path.read_text()
    document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    payload = ROOT / "sample_payloads" / f"{path.stem}.json"
    if payload.exists():
        document["hooks"][0]["example"] = json.loads(payload.read_text())
    return document


def judge(document, suffix):
    """Give every problem of a document, written as a file, and that file."""
    if suffix == ".json":
        read, text = read_json, json.dumps(document, indent=2)
    else:
        read, text = read_yaml, yaml.safe_dump(document, sort_keys=False)
    try:
        file = read(text, f"mutant{suffix}")
    except FileProblemsError as error:
        return error.problems, None
    found = [*file.problems, *check_shape(file)]
    if not any(problem.severity == "error" for problem in found):
        files = Files([file], [])
        project = project_of(files)
        for part in files.parts("workflows"):
            subject = Subject(Workflow.from_document(part.body), project)
            found += problems(subject, file, part.path)
    return found, file


def misspell(word, rng):
    """Give a word as a finger slips: a letter left out, doubled, replaced, or two swapped."""
    at = rng.randrange(max(len(word) - 1, 1))
    slips = [
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + rng.choice(LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ]
    others = [slip for slip in slips if slip not in ("", word)]
    return rng.choice(others)


def walk(value, path=()):
    """Yield every value of a document with its path, its holder and its key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key), value, key, inner
        if isinstance(inner, dict | list):
            yield from walk(inner, (*path, key))


# Mistakes that are made at a key of this name, or right below one.
AT_KEY = {
    "target": "moved target",
    "op": "misspelled operator",
    "action": "misspelled action",
    "klassName": "misspelled klass",
}
AT_PARENT = {
    "transitions": "removed transition",
    "params": "misspelled param",
    "custom": "misspelled attribute",
}
# Without these there is no workflow, step, transition or condition.
NEEDED = ("name", "trigger", "hook", "id", "target", "op", "values")


def sites(document):
    """Yield every place of the workflows at which one of the mistakes can be made."""
    for index, workflow in enumerate(document["workflows"]):
        for path, holder, key, value in walk(workflow, ("workflows", index)):
            for kind in kinds_at(path, holder, key, value):
                yield Site(kind, path, holder, key)
        for step_index, step in enumerate(workflow["steps"]):
            path = ("workflows", index, "steps", step_index, "params")
            for name in required(step):
                yield Site("dropped key", (*path, name), step["params"], name)


def required(step):
    """Give the params of a step that its action requires."""
    action = ACTIONS[step["action"]] if "action" in step else None
    return [each.name for each in action.params if each.required] if action else []


def kinds_at(path, holder, key, value):
    """Yield the kinds of mistakes that can be made at a value or its key."""
    parent = path[-2]
    if key in NEEDED and "params" not in path and parent != "meta":
        yield "dropped key"
    if path[-3:-1] == ("steps", path[-2]) and key == "id":
        yield "renamed step"
    if key in AT_KEY:
        yield AT_KEY[key]
    if parent in AT_PARENT:
        yield AT_PARENT[parent]
    if isinstance(value, str) and value.startswith("/#fn:"):
        yield "misspelled function"
    elif isinstance(value, str) and value.startswith("/#steps.") and value.count(".") > 1:
        yield "misspelled output"


def rename_key(holder, old, new):
    """Rename a key and keep the order of all."""
    items = [(new if key == old else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(items)


def mutate(document, site, rng):
    """Make the mistake; give the places at which it is rightly found, None when it can't be."""
    holder, key, path = site.holder, site.key, site.path
    if site.kind == "dropped key":
        del holder[key]
        # The action of a step says which param is missing, the rest is missed where it stood.
        return (path[:-1], *((*path[:-1], other) for other in holder), (*path[:4], "action"))
    if site.kind == "removed transition":
        old = holder.pop(key)["target"]
        return (path[:-1], path[:-2], *siblings_of(holder, path), *named(document, old))
    if site.kind == "moved target":
        return move_target(document, site, rng)
    if site.kind in ("misspelled param", "misspelled attribute"):
        new = misspell(key, rng)
        rename_key(holder, key, new)
        return ((*path[:-1], new),)
    old = holder[key]
    holder[key] = misspelled(site.kind, old, rng)
    return (path, *(named(document, old) if site.kind == "renamed step" else ()))


def misspelled(kind, old, rng):
    """Give a value with a slip: in a function's name, in one field of a path, or anywhere."""
    if kind == "misspelled function":
        name, comma, rest = old.removeprefix("/#fn:").partition(",")
        return f"/#fn:{misspell(name, rng)}{comma}{rest}"
    if kind == "misspelled output":
        segments = old.split(".")
        at = rng.randrange(2, len(segments))
        segments[at] = misspell(segments[at], rng)
        return ".".join(segments)
    return misspell(old, rng)


def siblings_of(beside, path):
    """Give the targets and conditions beside a transition that is gone."""
    names = ("target", "condition")
    return [(*path[:-1], index, name) for index in range(len(beside)) for name in names]


def move_target(document, site, rng):
    """Let a transition lead to a step that stands earlier, or to its own."""
    path, old = site.path, site.holder["target"]
    ids = [step["id"] for step in document["workflows"][path[1]]["steps"]]
    earlier = [each for each in ids[: ids.index(old)] if each != old]
    if not earlier:
        return None
    site.holder["target"] = new = rng.choice(earlier)
    return (path, *named(document, old), *named(document, new))


def named(document, step_id):
    """Give the places that name a step: its id, the targets and the references."""
    for path, _, key, value in walk(document):
        if (key in ("id", "target") and value == step_id) or (
            isinstance(value, str) and value.startswith(f"/#steps.{step_id}.")
        ):
            yield path


def gist(workflow):
    """Give what of a workflow a run could notice."""
    subject = Workflow.from_document(workflow)
    within = reachable(subject)
    steps = {
        step.id: (step.action, step.params, ways(step.transitions), ways(step.error_cases))
        for step in (subject.trigger, *subject.steps)
        if step.id in within
    }
    trigger = workflow["trigger"]
    return workflow["name"], trigger.get("hook"), trigger.get("eventName"), steps


def ways(transitions):
    """Give transitions as they are tried, without what comes after an "always"."""
    taken = []
    for way in transitions:
        always = is_condition(way.condition) and constant(way.condition) is True
        taken.append((way.target, None if always else way.condition))
        if always:
            break
    return taken


def is_equivalent(before, after):
    try:
        return [gist(each) for each in before["workflows"]] == [
            gist(each) for each in after["workflows"]
        ]
    except (KeyError, TypeError):
        # What can't even be read as a workflow is another one.
        return False


def mutants(document, rng, count):
    """Yield so many mutants that count; each kind of mistake is as likely as another."""
    kinds = sorted({site.kind for site in sites(document)})
    made = 0
    while made < count:
        copy = deepcopy(document)
        kind = rng.choice(kinds)
        site = rng.choice([site for site in sites(copy) if site.kind == kind])
        places = mutate(copy, site, rng)
        if places is not None and not is_equivalent(document, copy):
            made += 1
            yield Mutant(kind, copy, tuple(places))


def is_at(places, found, file):
    """Tell whether a finding is on a line of one of the places."""
    if file is None:
        return True
    lines = {file.span(place, key=key).line for place in places for key in (True, False)}
    spans = [
        each for problem in found for each in (problem.span, getattr(problem.related, "span", None))
    ]
    return any(span and span.line in lines for span in spans)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_has_no_finding(path):
    assert [] == judge(load(path), path.suffix)[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_most_single_mistakes_are_found_at_their_line(path, long):
    document, count = load(path), LONG if long else SHORT
    rng = random.Random(f"{path.name} 1")  # noqa: S311 - the same mistakes each time
    missed, elsewhere, tried = Counter(), Counter(), Counter()
    for mutant in mutants(document, rng, count):
        tried[mutant.kind] += 1
        found, file = judge(mutant.document, path.suffix)
        if not found or not is_at(mutant.places, found, file):
            (elsewhere if found else missed)[mutant.kind] += 1
    report = f"of {dict(tried)} missed {dict(missed)}, found elsewhere {dict(elsewhere)}"

    print(f"{path.name}: {report}")  # noqa: T201 - pytest -rP shows it

    assert SHARE <= 1 - (missed.total() + elsewhere.total()) / count, report
