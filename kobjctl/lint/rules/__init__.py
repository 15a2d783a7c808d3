"""The rules, in the order of their codes; each module is one rule and is named after it."""

from typing import Final

from kobjctl.lint.rule import Rule
from kobjctl.lint.rules.contains_many import contains_many
from kobjctl.lint.rules.cycle import cycle
from kobjctl.lint.rules.duplicate_step_id import duplicate_step_id
from kobjctl.lint.rules.unconfirmed_error_cases import unconfirmed_error_cases
from kobjctl.lint.rules.unconfirmed_operator import unconfirmed_operator
from kobjctl.lint.rules.unknown_action import unknown_action
from kobjctl.lint.rules.unknown_operator import unknown_operator
from kobjctl.lint.rules.unknown_target import unknown_target
from kobjctl.lint.rules.unreachable_step import unreachable_step
from kobjctl.lint.rules.wrong_number_of_values import wrong_number_of_values

RULES: Final[tuple[Rule, ...]] = (
    unknown_target,
    duplicate_step_id,
    cycle,
    unreachable_step,
    unconfirmed_error_cases,
    unknown_operator,
    unconfirmed_operator,
    wrong_number_of_values,
    contains_many,
    unknown_action,
)
