"""The rules, in the order of their codes; each module is one rule and is named after it."""

from typing import Final

from kobjctl.lint.rule import Rule
from kobjctl.lint.rules.after_always import after_always
from kobjctl.lint.rules.bad_schema import bad_schema
from kobjctl.lint.rules.broken_template import broken_template
from kobjctl.lint.rules.comma_in_argument import comma_in_argument
from kobjctl.lint.rules.contains_many import contains_many
from kobjctl.lint.rules.cycle import cycle
from kobjctl.lint.rules.duplicate_step_id import duplicate_step_id
from kobjctl.lint.rules.endless_start import endless_start
from kobjctl.lint.rules.escaped_value import escaped_value
from kobjctl.lint.rules.host_not_allowed import host_not_allowed
from kobjctl.lint.rules.incomparable import incomparable
from kobjctl.lint.rules.literal_secret import literal_secret
from kobjctl.lint.rules.missing_param import missing_param
from kobjctl.lint.rules.not_a_reference import not_a_reference
from kobjctl.lint.rules.not_in_example import not_in_example
from kobjctl.lint.rules.response_not_given import response_not_given
from kobjctl.lint.rules.same_condition import same_condition
from kobjctl.lint.rules.settled_condition import settled_condition
from kobjctl.lint.rules.silent_stop import silent_stop
from kobjctl.lint.rules.step_never_before import step_never_before
from kobjctl.lint.rules.step_not_on_every_path import step_not_on_every_path
from kobjctl.lint.rules.template_for_typed import template_for_typed
from kobjctl.lint.rules.unconfirmed_error_cases import unconfirmed_error_cases
from kobjctl.lint.rules.unconfirmed_function import unconfirmed_function
from kobjctl.lint.rules.unconfirmed_operator import unconfirmed_operator
from kobjctl.lint.rules.unfit_value import unfit_value
from kobjctl.lint.rules.unknown_action import unknown_action
from kobjctl.lint.rules.unknown_attribute import unknown_attribute
from kobjctl.lint.rules.unknown_event import unknown_event
from kobjctl.lint.rules.unknown_function import unknown_function
from kobjctl.lint.rules.unknown_helper import unknown_helper
from kobjctl.lint.rules.unknown_klass import unknown_klass
from kobjctl.lint.rules.unknown_operator import unknown_operator
from kobjctl.lint.rules.unknown_option import unknown_option
from kobjctl.lint.rules.unknown_output import unknown_output
from kobjctl.lint.rules.unknown_param import unknown_param
from kobjctl.lint.rules.unknown_root import unknown_root
from kobjctl.lint.rules.unknown_step import unknown_step
from kobjctl.lint.rules.unknown_target import unknown_target
from kobjctl.lint.rules.unknown_workflow import unknown_workflow
from kobjctl.lint.rules.unreachable_step import unreachable_step
from kobjctl.lint.rules.wrong_arguments import wrong_arguments
from kobjctl.lint.rules.wrong_attribute_value import wrong_attribute_value
from kobjctl.lint.rules.wrong_inputs import wrong_inputs
from kobjctl.lint.rules.wrong_number_of_values import wrong_number_of_values

RULES: Final[tuple[Rule, ...]] = (
    unknown_target,
    duplicate_step_id,
    cycle,
    unreachable_step,
    unconfirmed_error_cases,
    after_always,
    silent_stop,
    same_condition,
    unknown_operator,
    unconfirmed_operator,
    wrong_number_of_values,
    contains_many,
    incomparable,
    settled_condition,
    unknown_root,
    unknown_step,
    unknown_output,
    step_never_before,
    step_not_on_every_path,
    not_in_example,
    not_a_reference,
    unknown_function,
    unknown_helper,
    wrong_arguments,
    comma_in_argument,
    escaped_value,
    template_for_typed,
    broken_template,
    unconfirmed_function,
    unknown_action,
    unknown_param,
    missing_param,
    unfit_value,
    host_not_allowed,
    unknown_workflow,
    wrong_inputs,
    unknown_event,
    endless_start,
    bad_schema,
    response_not_given,
    unknown_klass,
    unknown_attribute,
    wrong_attribute_value,
    unknown_option,
    literal_secret,
)
