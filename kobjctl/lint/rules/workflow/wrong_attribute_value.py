"""WF703: a value that can't be of its attribute's type."""

from collections.abc import Iterator, Mapping
from typing import Final

from kobjctl.lint.customs import CustomValue, custom_values
from kobjctl.lint.operands import is_literal, operand
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.klass import suffix_of
from kobjctl.model.values import A_KIND

_TEXT: Final = frozenset({"text", "date and time"})
# The kinds that a type takes, of those that a reference may give.
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "Str": _TEXT,
    "Txt": _TEXT,
    "Url": _TEXT,
    "Tree": _TEXT,
    "At": _TEXT,
    "Num": frozenset({"number"}),
    "Bool": frozenset({"true or false"}),
    "Id": frozenset({"text", "list"}),
}
_NOUNS: Final = {"Num": "a number", "Bool": "true or false", "Id": "the id of a record"}


@rule("WF703", "wrong-attribute-value", severity="error", mixed=True, about=("custom",))
def wrong_attribute_value(subject: Subject) -> Iterator[Finding]:
    """A step must write a value of the attribute's type.

    The name of an attribute ends in its type, and the values of `custom` are not cast, so `"12"` is
    not a number (`manual/platform.md 9.3`). If kobjctl knows the kind of a reference only from the
    hook's example, this is a warning.

    Bad (-) and good (+):

          name: order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: mark
          steps:
            - id: mark
              action: kustomer.kobject.update
              params:
                klassName: order
                id: /#steps.1.id
        -       custom: {totalNum: "12", paidAt: yesterday, customerStr: /#steps.1.tags}
        +       custom: {totalNum: 12, paidAt: "2026-01-02T12:00:00Z", customerStr: /#steps.1.id}
              transitions: []
    """
    for custom in custom_values(subject):
        if is_literal(custom.value):
            why = "" if custom.is_off_list else custom.refusal()
            if why:
                yield Finding(custom.path, why)
        else:
            yield from _of_expression(custom, subject)


def _of_expression(custom: CustomValue, subject: Subject) -> Iterator[Finding]:
    # Of templates, which always give text, WF413 speaks.
    if isinstance(custom.value, str) and "{{" in custom.value:
        return
    suffix = suffix_of(custom.name)
    known = operand(custom.value, subject)
    if suffix and known.kind != "any" and known.kind not in _TAKES[suffix]:
        kinds = f"must be {_NOUNS.get(suffix, 'text')}, not {A_KIND[known.kind]}"
        yield Finding(
            custom.path,
            f'attribute "{custom.name}" {kinds}',
            severity=None if known.sure else "warning",
        )
