"""Problems as SARIF 2.1.0, which code scanning services read."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final
from urllib.parse import quote

from kobjctl.files.explanation import Explanation
from kobjctl.model.problem import Problem, Span
from kobjctl.model.values import JsonObject

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(
    version: str, problems: Sequence[Problem], explanations: Mapping[str, Explanation]
) -> JsonObject:
    """Return one run of kobjctl with all rules and all problems; `version` is that of kobjctl."""
    index = {code: position for position, code in enumerate(explanations)}
    driver = {
        "name": "kobjctl",
        "version": version,
        "rules": [_rule(each) for each in explanations.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index) for problem in problems],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(explanation: Explanation) -> JsonObject:
    words = "\n\n".join(part for part in (explanation.summary, explanation.text) if part)
    return {
        "id": explanation.code,
        "name": explanation.name,
        "shortDescription": {"text": explanation.summary},
        "fullDescription": {"text": words},
        "help": {"text": f"kobjctl explain {explanation.code}"},
        "defaultConfiguration": {"level": explanation.severity},
    }


def _result(problem: Problem, index: Mapping[str, int]) -> JsonObject:
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    related = problem.related
    return {
        "ruleId": problem.code,
        "ruleIndex": index[problem.code],
        "level": problem.severity,
        "message": {"text": message},
        "locations": [_location(problem.file, problem.span)],
        **(
            {
                "relatedLocations": [
                    _location(related.file, related.span) | {"message": {"text": related.message}}
                ]
            }
            if related
            else {}
        ),
    }


def _location(file: str, span: Span) -> JsonObject:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}, "region": region}}


def _uri(file: str) -> str:
    path = PurePath(file)
    # A name may hold bytes that are no text; in a URI, every byte has its escape.
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
