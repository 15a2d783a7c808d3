"""Evaluate one expression against what a run knew, or against data from a file."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from kobjctl.app.runs import runs
from kobjctl.engine.known import add_variables, context_of, rebuild_scope
from kobjctl.expressions.condition import ConditionError, compile_condition
from kobjctl.expressions.references import FUNCTION_MARK, MARK, follow, split_reference
from kobjctl.expressions.scope import Scope
from kobjctl.expressions.secrets import is_masked, secrets_of
from kobjctl.expressions.value import TEMPLATE_MARK, TextPlace, compile_value
from kobjctl.files.document import Document
from kobjctl.files.json.reader import read_json
from kobjctl.files.places import decoded
from kobjctl.files.reader import document_of
from kobjctl.model.errors import KobjctlError, UsageError, did_you_mean
from kobjctl.model.masking import MASK
from kobjctl.model.problem import FileProblemsError, Problem, Span
from kobjctl.model.secrets import NO_SECRETS, Secrets, hiding
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue
from kobjctl.store.org import Org

_ROOTS: Final = ("steps", "variables", "error")
_BARE: Final = re.compile(rf"({'|'.join(_ROOTS)})(\.[^\s.]+)+")
_QUOTED_KEY: Final = re.compile(r'\ufeff?\s*[{\[]\s*"')
_LISTED: Final = 8

STDIN: Final = "standard input"


class BrokenExpressionError(KobjctlError):
    """An expression that begins as JSON or YAML and is none, or a condition that can't be
    decided; `place` is the fault in it.
    """

    def __init__(self, fact: str, text: str, span: Span, *, hint: str = "") -> None:
        super().__init__(fact, hint=hint)
        self.place = TextPlace(text, span.line, span.column)


class EvaluationScope(NamedTuple):
    """A scope to evaluate in: `told` says where it is from, `source` the same as JSON."""

    scope: Scope
    description: str
    source: JsonObject
    secrets: Secrets


class Evaluation(NamedTuple):
    """What an expression gives. `decision` is what a condition saw, in the form of the log
    (see `model.run`), None for a value; `hints` say what may have been meant.
    """

    value: Json | MissingValue
    warnings: list[str]
    hints: list[str]
    decision: JsonObject | None = None


def known_by_run(org: Org, reference: str, step: str | None) -> EvaluationScope:
    """Return what a run knew at its end, or before a step of it.

    Raises UnknownNameError for an unknown run or step, UsageError for a run that has no log yet.
    """
    report = runs.report(org.store, reference)
    run = report.run
    if not report.steps:
        raise UsageError(f"run {run.number} has not started yet", hint="kobjctl logs lists runs")
    description = f"using run {run.number} of {run.workflow_name}"
    source: JsonObject = {"runNumber": run.number}
    steps = report.steps
    if step is not None:
        last = runs.step_of(org.store, run, step)
        steps = steps[: last.sequence - 1]
        description += f', before step "{last.step_id}"'
        source["beforeStep"] = last.step_id
    if any(map(is_masked, steps)):
        description += f"; {MASK} stands for values of variables, which the log does not keep"
    scope = rebuild_scope(steps[0].output, steps[1:], org) if steps else _nothing(org)
    add_variables(scope, run.workflow_id, org.store)
    return EvaluationScope(scope, description, source, secrets_of(org.store))


def known_by_data(org: Org, raw: bytes, name: str) -> EvaluationScope:
    """Return what a YAML or JSON document says: a whole scope, an output of step 1, or a payload.

    `name` is that of its file, or STDIN. Raises UsageError for what can't be read.
    """
    data = _read_data(raw, name)
    scope = _nothing(org)
    if isinstance(data, dict) and isinstance(data.get("steps"), dict):
        scope.update(data)
        description = "a scope, with its steps at /#steps"
    elif _is_output(data):
        scope["steps"] = {"1": data}
        description = "the output of step 1, at /#steps.1"
    else:
        scope["steps"] = {"1": {"attributes": {"data": data}}}
        description = "a payload, at /#steps.1.attributes.data"
    return EvaluationScope(scope, f"{name} is read as {description}", {"file": name}, NO_SECRETS)


def known_by_default(org: Org) -> EvaluationScope:
    """Return what the newest run knew; nothing where there is none."""
    if org.store.runs.newest():
        return known_by_run(org, runs.LAST, None)
    description = "there are no runs yet, so no step has an output; --data @FILE adds a payload"
    return EvaluationScope(_nothing(org), description, {}, NO_SECRETS)


def _nothing(org: Org) -> Scope:
    return Scope({"steps": {}, "variables": {}}, context_of(org))


def _is_output(data: Json) -> bool:
    attributes = data.get("attributes") if isinstance(data, dict) else None
    return isinstance(attributes, dict) and "data" in attributes


def evaluate(text: str, known: EvaluationScope) -> Evaluation:
    """Evaluate a reference, function, template, condition, or JSON or YAML that has such in it.

    Raises BrokenExpressionError for broken JSON and YAML and for a condition that can't be
    decided, BrokenTemplateError.
    """
    # A set of its own: what the expression makes of secrets is one, too.
    secrets = known.secrets.copy()
    with hiding(secrets):
        return _evaluate(text, known, secrets)


def _evaluate(text: str, known: EvaluationScope, secrets: Secrets) -> Evaluation:
    document = _read(text)
    raw = document.data if document else text
    scope = known.scope
    if document and isinstance(raw, dict) and "op" in raw and raw.keys() <= {"op", "values"}:
        holds, decision = _decide(raw, document, scope)
        return Evaluation(holds, _warnings(known, secrets), [], secrets.mask(decision))
    value = compile_value(raw).resolve(scope)
    hints = _hints(raw, value, scope) if isinstance(raw, str) else []
    shown = value if value is MISSING else secrets.mask(value)
    return Evaluation(shown, _warnings(known, secrets), hints)


def _warnings(known: EvaluationScope, secrets: Secrets) -> list[str]:
    return [secrets.mask_text(warning) for warning in known.scope.context.take_warnings()]


def _decide(condition: JsonObject, document: Document, scope: Scope) -> tuple[bool, JsonObject]:
    try:
        return compile_condition(condition)(scope)
    except ConditionError as error:
        span = document.span(error.at)
        raise BrokenExpressionError(error.message, document.text, span, hint=error.hint) from error


def _read(text: str) -> Document | None:
    """Return what a file would have in the expression's place; None where that is the text."""
    begins = text.lstrip()
    if not begins.startswith(("{", "[", '"')) or begins.startswith(TEMPLATE_MARK):
        return None
    try:
        document = _structure(text, "EXPRESSION")
    except FileProblemsError as error:
        if TEMPLATE_MARK in text:
            return None
        raise _unreadable(text, error.problems[0]) from error
    if document.problems:
        raise _unreadable(document.text, document.problems[0])
    return document


def _unreadable(text: str, problem: Problem) -> BrokenExpressionError:
    fact = f"the expression can't be read: {problem.message}"
    return BrokenExpressionError(fact, text, problem.span, hint=problem.hint)


def _structure(text: str, name: str) -> Document:
    """Read JSON or YAML, whichever it is; what is neither is told of as what it begins as."""
    try:
        return read_json(text, name)
    except FileProblemsError as no_json:
        from kobjctl.files.yaml.reader import read_yaml  # noqa: PLC0415 - JSON does without PyYAML

        try:
            return read_yaml(text, name)
        except FileProblemsError as no_yaml:
            raise (no_json if _QUOTED_KEY.match(text) else no_yaml) from None


def _read_data(raw: bytes, name: str) -> Json:
    try:
        named = name != STDIN
        document = document_of(raw, name) if named else _structure(decoded(raw, name), name)
        problems = document.problems
    except FileProblemsError as error:
        problems = tuple(error.problems)
    if problems:
        problem = problems[0]
        place = f"{name}:{problem.span.line}:{problem.span.column}"
        raise UsageError(f"{place}: {problem.message}", hint=problem.hint)
    return document.data


def _hints(text: str, value: Json | MissingValue, scope: Scope) -> list[str]:
    if _BARE.fullmatch(text):
        forms = f'write "{MARK}{text}" for a reference, or "{{{{{text}}}}}" in a template'
        return [f"this is literal text; {forms}"]
    if MARK in text[1:] and TEMPLATE_MARK not in text and not text.startswith(MARK):
        return [f'this is literal text: a reference with "{MARK}" must be the whole text']
    if value is MISSING and text.startswith(MARK) and not text.startswith(FUNCTION_MARK):
        return [_missing_at(split_reference(text), scope)]
    return []


def _missing_at(segments: tuple[str, ...], scope: Scope) -> str:
    """Describe how far a reference leads, and what there is instead."""
    length = next(n for n in range(len(segments)) if follow(scope, segments[: n + 1]) is MISSING)
    present, wanted = follow(scope, segments[:length]), segments[length]
    place = f"{MARK}{'.'.join(segments[:length])}" if length else "the scope"
    if not isinstance(present, Mapping):
        return f'{place} has no "{wanted}" in it'
    names = [*present]
    close = did_you_mean(wanted, names)
    more = f", … {len(names):,}" if len(names) > _LISTED else ""
    listed = close or f"it has {', '.join(names[:_LISTED])}{more}" if names else "it is empty"
    return f'"{wanted}" is not in {place}: {listed}'
