"""What share of single slips in the samples is found, and whether at the right line.

The samples are those of `sample_workflows/`, and the whole workflows of `tests/workflows/` with
the files beside them. Each is judged with its payloads as the examples of its hooks, as the fields
of a payload are known from there, and what the platform has exported with the klasses of its org.

A mutant is the sample with one random mistake, of the kinds that people make. It doesn't count
when no run could notice it: when what is left of the workflow after taking away names, steps that
no way leads to, and transitions after an "always", is the same as before. It is found when there
is any finding that the sample has not; at the right line when one of these, or its second place,
is on a line of what was changed, or of what named it.
"""

import json
import random
import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from kobjctl.actions import ACTIONS
from kobjctl.files.json.reader import read_json
from kobjctl.files.reader import read_document, workflow_files
from kobjctl.files.shapes.forms import at_path, forms
from kobjctl.lint.comparing import constant
from kobjctl.lint.places import is_condition
from kobjctl.lint.project.files import EditorBuffer, Files, read_files
from kobjctl.lint.validation import judge as judge_files
from kobjctl.model.graph import reachable
from kobjctl.model.workflow import Workflow

ROOT = Path(__file__).parent.parent.parent
WHOLE = ROOT / "tests" / "workflows"
# Files of a folder that no workflow is in.
STUBS = "stubs.yaml"
SENT = re.compile(r"^\$ kobjctl hook send (payloads/\S+)(?: --hook (\S+))?", re.MULTILINE)
# What the checker warns of, where that is meant.
MEANT = {
    "crm/crm-tier.json": {"WF205"},
    "feed/feed.yaml": {"WF302", "WF415"},
    "statement/statement.yaml": {"WF415"},
    "sla/workflows.json": {"WF609"},
}
SHARE = 0.95
# How many mistakes are made in a sample of the README, and in a whole workflow.
SHORT, LONG = (200, 200), (3000, 300)
# The writer in C is much faster; PyYAML may be installed without it.
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
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
    """Read a sample: its document, and what belongs to it: the files beside it, its org."""
    document = read_document(path).data
    if path.parent.parent != WHOLE:
        payload = ROOT / "sample_payloads" / f"{path.stem}.json"
        sent = [(payload, "")] if payload.exists() else []
    else:
        log = (path.parent / "log.txt").read_text()
        sent = [(path.parent / name, hook) for name, hook in SENT.findall(log)]
    hooks = document.get("hooks", ()) if isinstance(document, dict) else ()
    for file, name in sent:
        for hook in hooks:
            if name in ("", hook.get("name")):
                hook["example"] = together(hook.get("example"), json.loads(file.read_text()))
    beside = [read_document(each) for each in files_of(path.parent) if each != path]
    # An app file has its klasses and hooks; a workflow alone has left them in its org.
    return document, beside if hooks or beside else [org_of(document, sent)]


def org_of(document, sent):
    """Give a file with the klasses and the hook that exported workflows were made for."""
    example, klasses = None, {}
    for file, _ in sent:
        example = together(example, json.loads(file.read_text()))
    for _, workflow in workflows_of(document):
        for step in workflow["steps"]:
            family = step.get("action", "..").split(".")[1]
            custom = (step.get("params") or {}).get("custom", {})
            klasses.setdefault(family, {}).update({name: {"displayName": name} for name in custom})
    hooks = {
        workflow["trigger"]["eventName"]: {
            "name": workflow["name"],
            "type": "form",
            "eventName": workflow["trigger"]["eventName"],
            "example": example,
        }
        for _, workflow in workflows_of(document)
        if "kustomer.hooks." in workflow["trigger"].get("eventName", "")
    }
    org = {
        "hooks": [*hooks.values()],
        "klasses": [
            {"name": name, "metadata": {"standard": True, "properties": properties}}
            for name, properties in klasses.items()
            if properties
        ],
    }
    return read_json(json.dumps(org), "org.json")


def files_of(folder):
    """Give the files of a folder of whole workflows."""
    if folder.parent != WHOLE:
        return []
    return [
        path for path in workflow_files([folder]) if path.parent == folder and path.name != STUBS
    ]


SAMPLES = [
    *workflow_files([ROOT / "sample_workflows"]),
    *(path for folder in sorted(WHOLE.iterdir()) for path in files_of(folder)),
]
EACH = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")


def together(first, second):
    """Give an example with the fields of both."""
    if isinstance(first, dict) and isinstance(second, dict):
        shared = {key: together(first[key], second[key]) for key in first.keys() & second.keys()}
        return {**first, **second, **shared}
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *second]
    return first if second is None else second


def judge(document, suffix, beside=()):
    """Give every problem of a document, written as a file, and that file."""
    name = f"mutant{suffix}"
    if suffix == ".json":
        text = json.dumps(document, indent=2)
    else:
        text = yaml.dump(document, Dumper=DUMPER, sort_keys=False, allow_unicode=True)
    files = read_files((), EditorBuffer(name, text.encode()))
    all_files = Files([*files.documents, *beside], files.problems, files.broken)
    found = [problem for problem in judge_files(all_files) if problem.file == name]
    return found, files.documents[0] if files.documents else None


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


def workflows_of(document):
    """Yield the workflows of a document with their paths."""
    for form in forms(document):
        here = at_path(document, form.path)
        if form.kind == "workflows":
            yield form.path, here
        for index, workflow in enumerate(here.get("workflows", ())):
            yield (*form.path, "workflows", index), workflow


def sites(document):
    """Yield every place of the workflows at which one of the mistakes can be made."""
    for top, workflow in workflows_of(document):
        for part in ("name", "trigger", "steps"):
            # What else stands there is the platform's and has no effect.
            within = {part: workflow[part]}
            for path, holder, key, value in walk(within, top):
                for kind in kinds_at(path, workflow if holder is within else holder, key, value):
                    yield Site(kind, path, workflow if holder is within else holder, key)
        for index, step in enumerate(workflow["steps"]):
            for name in required(step):
                yield Site(
                    "dropped key", (*top, "steps", index, "params", name), step["params"], name
                )


def required(step):
    """Give the params of a step that its action requires."""
    action = ACTIONS.get(step.get("action"))
    return [each.name for each in action.params if each.required] if action else []


def kinds_at(path, holder, key, value):
    """Yield the kinds of mistakes that can be made at a value or its key."""
    parent = path[-2] if len(path) > 1 else None
    if key in NEEDED and "params" not in path and parent != "meta":
        yield "dropped key"
    if path[-3:-2] == ("steps",) and key == "id":
        yield "renamed step"
    # A merge has a param `target`.
    if key in AT_KEY and not (key == "target" and "params" in path):
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
        step = path[: path.index("steps") + 2] if "steps" in path else path
        return (path[:-1], *((*path[:-1], other) for other in holder), (*step, "action"))
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
    workflow = next(each for top, each in workflows_of(document) if path[: len(top)] == top)
    ids = [step["id"] for step in workflow["steps"]]
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
        return [gist(each) for _, each in workflows_of(before)] == [
            gist(each) for _, each in workflows_of(after)
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


@EACH
def test_a_sample_has_no_finding(path):
    document, beside = load(path)
    codes = {problem.code for problem in judge(document, path.suffix, beside)[0]}

    assert MEANT.get(f"{path.parent.name}/{path.name}", set()) == codes


@EACH
def test_most_single_mistakes_are_found_at_their_line(path, long):
    document, beside = load(path)
    count = (LONG if long else SHORT)[path.parent.parent == WHOLE]
    rng = random.Random(f"{path.name} 1")  # noqa: S311 - the same mistakes each time
    usual = {said(problem) for problem in judge(document, path.suffix, beside)[0]}
    missed, elsewhere, tried = Counter(), Counter(), Counter()
    for mutant in mutants(document, rng, count):
        tried[mutant.kind] += 1
        all_found, file = judge(mutant.document, path.suffix, beside)
        found = [problem for problem in all_found if said(problem) not in usual]
        if not found or not is_at(mutant.places, found, file):
            (elsewhere if found else missed)[mutant.kind] += 1
    caught = 1 - missed.total() / count
    placed = caught - elsewhere.total() / count
    report = (
        f"{path.parent.name}/{path.name}: of {count} mistakes {caught:.1%} are caught, {placed:.1%}"
        f" at their line; of {dict(tried)} missed {dict(missed)}, found elsewhere {dict(elsewhere)}"
    )

    print(report)  # noqa: T201 - pytest -rP shows it

    assert placed >= SHARE, report


def said(problem):
    return problem.code, problem.message
