"""The `custom` values that steps write, each beside the Klass that it belongs to."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kobjctl.lint.places import steps
from kobjctl.lint.subject import Subject
from kobjctl.model.custom import check_custom
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import STANDARD_KLASSES
from kobjctl.model.klass import Attribute, suffix_of
from kobjctl.model.values import Json, JsonPath

_WRITES: Final = (".create", ".create-with-customer", ".update")


class CustomValue(NamedTuple):
    """One attribute that a step writes; `attributes` are its Klass's, None when it is unknown."""

    path: JsonPath
    name: str
    value: Json
    klass: str
    attributes: Mapping[str, Attribute] | None

    @property
    def attribute(self) -> Attribute | None:
        """Return the attribute as the Klass declares it, if it does."""
        return (self.attributes or {}).get(self.name)

    def refusal(self) -> str:
        """Describe why the platform refuses the value, its name being right; empty when it
        doesn't.
        """
        if suffix_of(self.name) is None or self.value is None:
            return ""
        # One that is not declared has the type of its suffix all the same.
        attribute = self.attribute or Attribute(self.name, "", multi=True)
        try:
            check_custom({self.name: self.value}, {self.name: attribute}, _anything)
        except BadParamError as error:
            return error.message
        return ""

    @property
    def is_off_list(self) -> bool:
        """Return whether the value is a text outside of the attribute's list of options."""
        options = self.attribute.options if self.attribute else ()
        return bool(options) and isinstance(self.value, str) and self.value not in options


def custom_values(subject: Subject) -> Iterator[CustomValue]:
    """Yield the attributes of each `custom` object that a step of a known family writes."""
    for path, step in steps(subject.workflow):
        klass = _klass_of(step.action or "", step.params.get("klassName"))
        custom = step.params.get("custom")
        if klass is None or not isinstance(custom, dict):
            continue
        attributes = subject.project.klasses.get(klass)
        for name, value in custom.items():
            yield CustomValue((*path, "params", "custom", name), name, value, klass, attributes)


def _klass_of(action: str, klass_name: Json) -> str | None:
    """Return the Klass whose attributes an action writes; empty when only a run knows."""
    family, _, verb = action.removeprefix("kustomer.").partition(".")
    if not action.startswith("kustomer.") or f".{verb}" not in _WRITES:
        return None
    if family == "kobject":
        return klass_name if isinstance(klass_name, str) else ""
    return family if family in STANDARD_KLASSES else None


def _anything(_target: str, _record_id: str) -> bool:
    """Take it that a record exists: only an org knows."""
    return True
