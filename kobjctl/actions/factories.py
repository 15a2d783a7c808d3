"""The actions that most families have: look-ups by one value, and those that make, change, delete.

They follow from the entry of a kind of record; a family says what the platform calls otherwise.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from kobjctl.actions.base import NOTHING_FOUND, Action, Result, ResultWithWarnings
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.kind import WORDS, kebab_case
from kobjctl.model.values import JsonObject
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Declaration, Fields, changed_record, id_field, new_record
from kobjctl.records.services import find_by, service_of

DELETED = {"id": "text"}


class MergeParams(Fields):
    """The ids of what goes, the `source`, and of what stays, the `target`."""

    source: str
    target: str


def _other_phones(number: str, context: RunContext) -> list[str]:
    """Tell of customers that have a phone number in another spelling."""
    from kobjctl.records.customers import with_other_spelling  # noqa: PLC0415 - few runs need it

    return [
        f'no customer has the phone number "{number}", but {other.id} has "{spelling}"'
        for spelling, other in with_other_spelling(number, context.org.store)
    ]


class RecordActions:
    """Makes the actions on one kind of record; `label` is what the platform's editor calls it.

    An action that is not `confirmed` has a name that no public source shows.
    """

    def __init__(self, kind: str, label: str = "") -> None:
        self.kind = KINDS[kind]
        self._label = label or kind.capitalize()

    def action(
        self,
        verb: str,
        declare: Callable[[], Declaration],
        function: Callable[[JsonObject, RunContext], Result],
        explanation: str,
        **facts: Any,
    ) -> Action:
        """Return an action with the label that its verb makes; `facts` are those of `Action`."""
        facts = {"label": verb.replace("-", " ").title(), "output": self.kind.output, **facts}
        label = f"{self._label}: {facts.pop('label')}"
        name = f"kustomer.{self.kind.name}.{verb}"
        return Action(name, declare, function, label=label, explanation=explanation, **facts)

    def lookup(self, by: str, *, verb: str = "", param: str = "", **facts: bool) -> Action:
        """Return a look-up by the id or by what else finds a record.

        `verb` and `param` are given where the platform does not call them after that. A value
        that the platform refuses finds nothing, with a warning.
        """
        kebab = kebab_case(by)
        words = WORDS.get(by, kebab.replace("-", " "))
        field = self.kind.by_name.get(by)

        def perform(values: JsonObject, context: RunContext) -> Result:
            """Return what the value finds; one that is refused finds nothing, with a warning."""
            [value] = values.values()
            try:
                value = field.read(value) if field else value
            except BadParamError as error:
                return ResultWithWarnings(None, [f"{error.message}: {NOTHING_FOUND}"])
            found: Result = find_by(self.kind.name, by, value, context.org.store)
            if found is None and by == "phone":
                return ResultWithWarnings(None, _other_phones(value, context))
            return found

        return self.action(
            verb or f"find-by-{kebab}",
            partial(Declaration, (id_field(param or by),)),
            perform,
            f"Find a {self.kind.name} by {words}; if there is none, the output is empty.",
            label="Lookup" if verb == "find" else f"Lookup (By {kebab.replace('-', ' ').title()})",
            lookup=True,
            **facts,
        )

    def create(self, explanation: str, *, confirmed: bool = True) -> Action:
        """Return the action that makes a record."""

        def perform(values: JsonObject, context: RunContext) -> Result:
            return ResultWithWarnings(*service_of(self.kind.name).create(values, context))

        declare = partial(new_record, self.kind)
        return self.action("create", declare, perform, explanation, confirmed=confirmed)

    def update(self, explanation: str = "", *, confirmed: bool = True) -> Action:
        """Return the action that changes a record; the explanation is what else is to be said."""

        def perform(values: JsonObject, context: RunContext) -> Result:
            service = service_of(self.kind.name)
            record = service.find(values.pop("id"), context.org.store)
            return ResultWithWarnings(*service.update(record, values, context))

        declare = partial(changed_record, self.kind, "id")
        merged = "`custom` is merged, " if "custom" in self.kind.by_name else ""
        text = f"Change a {self.kind.name}: new values replace old ones, {merged}null clears."
        text = f"{text}\n\n{explanation}" if explanation else text
        return self.action("update", declare, perform, text, confirmed=confirmed)

    def delete(self, explanation: str, *, confirmed: bool = False) -> Action:
        """Return the action that deletes a record by its id, which is its output."""

        def perform(values: JsonObject, context: RunContext) -> JsonObject:
            service_of(self.kind.name).delete(values["id"], context)
            return {"id": values["id"]}

        declare = partial(Declaration, (id_field("id"),))
        return self.action(
            "delete", declare, perform, explanation, output=DELETED, confirmed=confirmed
        )
