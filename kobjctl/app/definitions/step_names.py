"""The ids of steps: find those that were only renamed, and put the new ones in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from kobjctl.model.values import Json, JsonObject
from kobjctl.store.text import encode

# From old ids to new ones.
Names: TypeAlias = Mapping[str, str]

_ANY = "\0"


def renamed_steps(old: Sequence[JsonObject], new: Sequence[JsonObject]) -> Names:
    """Return the new ids, by the old ones, of steps that differ in nothing else."""
    old_ids, new_ids = ({step["id"] for step in steps} for steps in (old, new))
    gone = [step for step in old if step["id"] not in new_ids]
    come = [step for step in new if step["id"] not in old_ids]
    # Each of these may be the new name of each other, wherever it is spoken of.
    open_names = dict.fromkeys([step["id"] for step in (*gone, *come)], _ANY)
    waiting: dict[str, list[str]] = {}
    for step in come:
        waiting.setdefault(_told(step, open_names), []).append(step["id"])
    names = {}
    for step in gone:
        fitting = waiting.get(_told(step, open_names))
        if fitting:
            names[step["id"]] = fitting.pop(0)
    return names


def _told(step: JsonObject, names: Names) -> str:
    return encode(_sorted(_with_names_in_step({"params": {}, "errorCases": [], **step}, names)))


def _sorted(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


def with_names(document: JsonObject, names: Names) -> JsonObject:
    """Return a workflow document with new ids of steps, where they are defined and spoken of."""
    if not names:
        return document
    return {
        **_with_references(document, names),
        "trigger": _with_names_in_step(document["trigger"], names),
        "steps": [_with_names_in_step(step, names) for step in document["steps"]],
    }


def _with_names_in_step(node: JsonObject, names: Names) -> JsonObject:
    renamed: JsonObject = _with_references(node, names)
    if node.get("id") in names:
        renamed["id"] = names[node["id"]]
    for key in ("transitions", "errorCases"):
        if key in node:
            renamed[key] = [
                {**way, "target": names.get(way["target"], way["target"])} for way in renamed[key]
            ]
    return renamed


def _with_references(value: Json, names: Names) -> Json:
    pattern = _references_to(names)

    def walk(value: Json) -> Json:
        """Return a value whose references name the steps anew."""
        if isinstance(value, str):
            return pattern.sub(lambda found: f"{found[1]}{names[found[2]]}{found[3]}", value)
        if isinstance(value, dict):
            return {walk(key): walk(inner) for key, inner in value.items()}
        return [walk(each) for each in value] if isinstance(value, list) else value

    return walk(value)


def _references_to(ids: Iterable[str]) -> re.Pattern[str]:
    """Return what finds references to steps: `steps.ID`, in templates also `steps.[ID]`."""
    longest_first = "|".join(map(re.escape, sorted(ids, key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"(?<!\w)(steps\.\[?)({longest_first})(\]|(?![\w-]))")
