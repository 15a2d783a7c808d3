"""A draft of a scenario: what would be sent, to an org that has what is given.

Drafts are never changed: each edit gives a new one.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue
from kobjctl.model.web import Failure

Path: TypeAlias = tuple[str, ...]

OK: Final = 200
# A list grows no longer by a path that leads into it.
_LONGEST: Final = 100


class SeedRecord(NamedTuple):
    """A record that the org has before: its kind (`klass` is one), and the fields that it is made
    with, in which another record is named by its id.
    """

    kind: str
    id: str
    fields: JsonObject


class DraftStub(NamedTuple):
    """What answers in place of a step's action: an output, or why it fails."""

    output: JsonObject
    failure: str = ""


FAILING: Final = DraftStub({}, "this is to fail")


class Answer(NamedTuple):
    """What the web answers to the request of a step."""

    status: int = OK
    body: Json | MissingValue = MISSING
    failure: Failure | None = None


class Draft(NamedTuple):
    """What is sent (a payload, inputs or the fields of an event), and what is given."""

    data: Json
    records: tuple[SeedRecord, ...] = ()
    stubs: tuple[tuple[str, DraftStub], ...] = ()
    answers: tuple[tuple[str, Answer], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    now: str = ""

    @property
    def key(self) -> str:
        """Return a text that only equal drafts share."""
        return json.dumps(self, default=str)

    def stub(self, step_id: str) -> DraftStub | None:
        """Return what answers in place of a step."""
        return dict(self.stubs).get(step_id)

    def answer(self, step_id: str) -> Answer:
        """Return what the web answers to a step."""
        return dict(self.answers).get(step_id) or Answer()

    def record(self, record_id: str) -> SeedRecord | None:
        """Return a record by its id."""
        return next((each for each in self.records if each.id == record_id), None)

    def with_data(self, path: Iterable[str], value: Json | MissingValue) -> "Draft":
        """Put a value at a path of what is sent, or take away what is there."""
        return self._replace(data=put(self.data, tuple(path), value))

    def with_stub(self, step_id: str, stub: DraftStub) -> "Draft":
        """Let a stub answer in place of a step."""
        return self._replace(stubs=tuple((dict(self.stubs) | {step_id: stub}).items()))

    def with_answer(self, step_id: str, answer: Answer) -> "Draft":
        """Let the web answer to a step."""
        return self._replace(answers=tuple((dict(self.answers) | {step_id: answer}).items()))

    def with_variable(self, name: str, value: str) -> "Draft":
        """Return a variable a value."""
        return self._replace(variables=tuple((dict(self.variables) | {name: value}).items()))

    def with_record(self, record: SeedRecord) -> "Draft":
        """Add a record, or put it in the place of the one with its id."""
        known = {each.id: each for each in self.records} | {record.id: record}
        return self._replace(records=tuple(known.values()))

    def without_record(self, record_id: str) -> "Draft":
        """Leave a record out, and those that name it."""
        left = tuple(
            each
            for each in self.records
            if each.id != record_id and record_id not in each.fields.values()
        )
        return self._replace(records=left)

    @property
    def size(self) -> int:
        """Count what is given: of two drafts, the one with less is easier to read."""
        return len(self.records) + len(self.stubs) + len(self.answers)

    def with_less(self) -> Iterator["Draft"]:
        """Yield drafts in which one thing less is given."""
        for stub in self.stubs:
            yield self._replace(stubs=tuple(each for each in self.stubs if each != stub))
        for answer in self.answers:
            yield self._replace(answers=tuple(each for each in self.answers if each != answer))
        for record in self.records:
            yield self.without_record(record.id)
        if self.now:
            yield self._replace(now="")


def walk_template(template: Json, path: Path) -> tuple[Json, Path]:
    """Follow a path into a template; give the expression it comes to, and what is left of it."""
    for index, segment in enumerate(path):
        if not isinstance(template, dict) or segment not in template:
            return template, path[index:]
        template = template[segment]
    return template, ()


def put(document: Json, path: Path, value: Json | MissingValue) -> Json:
    """Return a document with a value at a path, objects and lists on the way made where they lack;
    with MISSING, without what is there.
    """
    if not path:
        return {} if value is MISSING else value
    changed = deepcopy(document)
    if not isinstance(changed, dict | list):
        if value is MISSING:
            return changed
        changed = [] if path[0].isdigit() else {}
    _put(changed, path, value)
    return changed


def _put(holder: Json, path: Path, value: Json | MissingValue) -> None:
    first, *rest = path
    key = _key_in(holder, first, makes=value is not MISSING, copies=bool(rest))
    if key is None:
        return
    if not rest:
        if value is MISSING:
            del holder[key]
        else:
            holder[key] = value
        return
    inner = holder[key] if isinstance(holder, list) else holder.get(key)
    if not isinstance(inner, dict | list):
        inner = holder[key] = [] if rest[0].isdigit() else {}
    _put(inner, tuple(rest), value)


def _key_in(holder: Json, name: str, *, makes: bool, copies: bool) -> Json:
    """Return the key or index of a name, in a list long enough for it if it `makes` room; None
    where there is nothing to go on from.
    """
    if isinstance(holder, dict):
        return name if makes or name in holder else None
    if not name.isdigit() or int(name) > _LONGEST:
        return None
    while makes and len(holder) <= int(name):
        holder.append(deepcopy(holder[-1]) if holder and copies else None)
    return int(name) if int(name) < len(holder) else None
