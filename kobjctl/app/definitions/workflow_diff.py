"""The difference of two workflows by what they mean: steps, ways, conditions, params.

How a document is written does not count: the order of keys and of steps
(`manual/platform.md 1.1, 1.3`), what is left out where it says the same. What only the editor shows
(`meta`, `appVersion`, ids of storage) counts when everything is asked for.
"""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from kobjctl.app.definitions.step_names import Names, renamed_steps, with_names
from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.app import plain_name
from kobjctl.model.graph import descendants
from kobjctl.model.values import Difference, Json, JsonObject, differences
from kobjctl.model.workflow import ALWAYS, TRIGGER_ID, Workflow

_MEANING: Final = ("name", "description", "enabled", "replaces", "trigger", "response")
_SHOWN_ONLY: Final = ("meta", "appVersion", "_id")
_WAYS: Final = ("transitions", "errorCases")

Kind = Literal["added", "removed", "renamed", "changed"]


class NumberedTransition(NamedTuple):
    """A transition: where it leads and when; `position` counts from 1 among those of its step."""

    position: int
    target: str
    condition: Json
    more: JsonObject


class TransitionDifference(NamedTuple):
    """A transition of one workflow, or of both with another target, condition or `more`."""

    old: NumberedTransition | None
    new: NumberedTransition | None
    on_error: bool = False


class OrderDifference(NamedTuple):
    """The targets of the transitions that both have, or of the error cases, whose order differs:
    which is tried first decides.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    on_error: bool = False


class StepChange(NamedTuple):
    """What became of a step; the trigger is the step `"1"`.

    `document` is the step as it is now, or was if it is gone.
    """

    kind: Kind
    id: str
    document: JsonObject
    old_id: str = ""
    values: tuple[Difference, ...] = ()
    ways: tuple[TransitionDifference, ...] = ()
    orders: tuple[OrderDifference, ...] = ()


class StepMove(NamedTuple):
    """A step that now comes after steps that it came before, or the other way round."""

    id: str
    after: tuple[str, ...]
    before: tuple[str, ...]


class WorkflowDifference(NamedTuple):
    """What differs between two workflows: in the whole, step by step, and in the order of flow."""

    whole: tuple[Difference, ...]
    steps: tuple[StepChange, ...]
    moved: tuple[StepMove, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not (self.whole or self.steps or self.moved)


def compare(old: JsonObject, new: JsonObject, *, everything: bool = False) -> WorkflowDifference:
    """Compare two workflow documents without sugar.

    A step that has another id and is else the same is told as renamed, and what refers to it by
    its new id is the same too.
    """
    old, new = _counting(old, everything=everything), _counting(new, everything=everything)
    names = renamed_steps(old["steps"], new["steps"])
    old_ids = {new_id: old_id for old_id, new_id in names.items()}
    old = with_names(old, names)
    before, after = _nodes(old), _nodes(new)
    changes = (
        _step(key, before.get(key), after.get(key), old_ids)
        for key in [*after, *(key for key in before if key not in after)]
    )
    whole = differences(_whole(old), _whole(new))
    return WorkflowDifference(tuple(whole), tuple(filter(None, changes)), tuple(_moved(old, new)))


def _counting(document: JsonObject, *, everything: bool) -> JsonObject:
    """Return a document with what counts."""
    trigger = document["trigger"]
    if trigger.get("eventName"):
        trigger = {**trigger, "eventName": plain_name(trigger["eventName"])}
    steps = [_with_plain_action(step) for step in document.get("steps", ())]
    document = {"enabled": True, **document, "trigger": trigger, "steps": steps}
    if everything:
        return document
    kept = {key: value for key, value in document.items() if key in _MEANING}
    kept["trigger"] = {key: value for key, value in _bare(trigger).items() if key != "id"}
    return {**kept, "steps": [_bare(step) for step in steps]}


def _with_plain_action(step: JsonObject) -> JsonObject:
    return {**step, "action": plain_name(step["action"])} if step.get("action") else step


def _bare(node: JsonObject) -> JsonObject:
    kept = {key: value for key, value in node.items() if key not in _SHOWN_ONLY}
    for key in _WAYS:
        if key in kept:
            kept[key] = [
                {part: way[part] for part in ("target", "condition") if part in way}
                for way in kept[key]
            ]
    return kept


def _nodes(document: JsonObject) -> dict[str, JsonObject]:
    ways = {"transitions": document["trigger"].get("transitions", [])}
    return {TRIGGER_ID: ways, **{step["id"]: step for step in document["steps"]}}


def _whole(document: JsonObject) -> JsonObject:
    """Return a document without what is told step by step."""
    trigger = {key: value for key, value in document["trigger"].items() if key not in _WAYS}
    return {key: value for key, value in document.items() if key != "steps"} | {"trigger": trigger}


def _step(
    step_id: str, old: JsonObject | None, new: JsonObject | None, old_ids: Names
) -> StepChange | None:
    if old is None or new is None:
        return StepChange("added" if new else "removed", step_id, new or old or {})
    values = tuple(differences(_values(old), _values(new)))
    ways: list[TransitionDifference] = []
    orders = []
    for key in _WAYS:
        pairs = _paired(_ways(old, key), _ways(new, key))
        on_error = key == "errorCases"
        ways += [TransitionDifference(*pair, on_error) for pair in pairs if _differs(*pair)]
        both = [(one, other) for one, other in pairs if one and other]
        in_old = sorted(both, key=lambda pair: pair[0].position)
        in_new = sorted(both, key=lambda pair: pair[1].position)
        if in_old != in_new:
            before, after = (tuple(new.target for _, new in each) for each in (in_old, in_new))
            orders.append(OrderDifference(before, after, on_error))
    old_id = old_ids.get(step_id, "")
    if not (values or ways or orders or old_id):
        return None
    kind: Kind = "renamed" if old_id else "changed"
    return StepChange(
        kind=kind,
        id=step_id,
        document=new,
        old_id=old_id,
        values=values,
        ways=tuple(ways),
        orders=tuple(orders),
    )


def _values(step: JsonObject) -> JsonObject:
    """Return a step without its id and its ways; no params are the same as empty ones."""
    values = {key: value for key, value in step.items() if key not in {*_WAYS, "id"}}
    return {**values, "params": values.get("params") or {}}


def _ways(step: JsonObject, key: str) -> list[NumberedTransition]:
    return [
        NumberedTransition(
            position,
            way["target"],
            way.get("condition") or ALWAYS,
            {part: value for part, value in way.items() if part not in {"target", "condition"}},
        )
        for position, way in enumerate(step.get(key) or (), start=1)
    ]


def _paired(
    old: list[NumberedTransition], new: list[NumberedTransition]
) -> list[tuple[NumberedTransition | None, NumberedTransition | None]]:
    """Pair the ways of a step: those that are the same, else lead to the same step, else hold
    for the same reason; what is left is gone or new.
    """
    pairs: list[tuple[NumberedTransition | None, NumberedTransition | None]] = []
    left, coming = list(old), list(new)
    for is_pair in (_is_same_way, _has_same_target, _has_same_condition):
        for way in list(left):
            found = next((each for each in coming if is_pair(way, each)), None)
            if found:
                pairs.append((way, found))
                left.remove(way)
                coming.remove(found)
    pairs += [(way, None) for way in left]
    pairs += [(None, way) for way in coming]
    return sorted(pairs, key=lambda pair: ((pair[1] or pair[0]).position, pair[1] is not None))  # type: ignore[union-attr]


def _is_same_way(old: NumberedTransition, new: NumberedTransition) -> bool:
    return _has_same_target(old, new) and _has_same_condition(old, new)


def _has_same_target(old: NumberedTransition, new: NumberedTransition) -> bool:
    return old.target == new.target


def _has_same_condition(old: NumberedTransition, new: NumberedTransition) -> bool:
    return not any(differences(_meaning(old.condition), _meaning(new.condition)))


def _differs(old: NumberedTransition | None, new: NumberedTransition | None) -> bool:
    return not (old and new and _is_same_way(old, new) and old.more == new.more)


def _meaning(condition: Json) -> Json:
    """Return a condition without what it says for nothing: the second value of `exists` and `dne`
    is a leftover of the builder (`manual/platform.md 4.1`), that of `true` is no question.
    """
    if not isinstance(condition, dict):
        return condition
    op, values = condition.get("op"), condition.get("values")
    operator = OPERATORS.get(op) if isinstance(op, str) else None
    if operator and operator.comparison == "always":
        return ALWAYS
    if not operator or not isinstance(values, list):
        return condition
    if operator.parts:
        return {**condition, "values": [_meaning(value) for value in values]}
    return {**condition, "values": values[: operator.reads]}


def _moved(old: JsonObject, new: JsonObject) -> Iterator[StepMove]:
    """Yield the fewest steps whose moving explains which steps changed places in the flow."""
    ways = [descendants(Workflow.from_document(document)) for document in (old, new)]
    before, after = ways
    both = [step["id"] for step in new["steps"] if step["id"] in before]
    swapped = {
        step_id: [
            other
            for other in both
            if (_precedes(step_id, other, before) and _precedes(other, step_id, after))
            or (_precedes(other, step_id, before) and _precedes(step_id, other, after))
        ]
        for step_id in both
    }
    while any(swapped.values()):
        step_id = max(swapped, key=lambda each: len(swapped[each]))
        others = swapped.pop(step_id)
        for left in swapped.values():
            if step_id in left:
                left.remove(step_id)
        first = tuple(other for other in others if _precedes(other, step_id, after))
        yield StepMove(step_id, first, tuple(other for other in others if other not in first))


def _precedes(one: str, other: str, ways: Mapping[str, set[str]]) -> bool:
    return other in ways[one] and one not in ways[other]
