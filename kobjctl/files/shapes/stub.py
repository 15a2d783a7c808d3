"""What is wrong with a stub file: its shape, and stubs that don't say what they answer."""

from collections.abc import Iterator

from kobjctl.files.document import Document
from kobjctl.files.shapes.checking import problem_at, shape_findings
from kobjctl.files.shapes.finding import ShapeFinding, once
from kobjctl.files.shapes.forms import STUB_KEYS
from kobjctl.files.shapes.rules import select
from kobjctl.model.problem import Problem
from kobjctl.model.values import JsonObject


def check_stubs(document: Document) -> list[Problem]:
    """Check that a document has the shape of a stub file.

    Gives WF100 when it has none of its keys. The problems that were found while reading
    (`Document.problems`) are not among them.
    """
    data = document.data
    if not isinstance(data, dict) or data.keys().isdisjoint(STUB_KEYS):
        hint = "write `http` with requests and responses, or `actions` with outputs"
        return [problem_at(document, ShapeFinding((), "WF100", "this is not a stub file", hint))]
    findings = once([*shape_findings("Stubs", data), *_stub_rules(data)])
    return sorted(problem_at(document, finding) for finding in findings)


def _stub_rules(data: JsonObject) -> Iterator[ShapeFinding]:
    """Judge each stub beyond its single keys: it answers or it fails, and one of them."""
    for kind, answer in (("http", "response"), ("actions", "output")):
        for path, stub in select(data, kind, "*"):
            if not isinstance(stub, dict):
                continue
            said = [key for key in (answer, "fail") if stub.get(key) is not None]
            if not said:
                message = f"a stub needs `{answer}` or `fail`"
                yield ShapeFinding(path, "WF103", message, keys=(answer, "fail"))
            elif len(said) > 1:
                message = f"a stub has both `{answer}` and `fail`"
                yield ShapeFinding(
                    (*path, "fail"), "WF104", message, "remove one of them", on_key=True
                )
    for path, response in select(data, "http", "*", "response"):
        if isinstance(response, dict) and {"body", "base64"} <= response.keys():
            message = "a response has both `body` and `base64`"
            yield ShapeFinding(
                (*path, "base64"), "WF104", message, "remove one of them", on_key=True
            )
