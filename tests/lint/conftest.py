"""What the tests of rules share."""

import pytest

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.lint.linter import problems
from kobjctl.lint.project.builder import project_of
from kobjctl.lint.project.files import Files
from kobjctl.lint.subject import Subject
from kobjctl.model.workflow import Workflow


def _judge(text, code, **known):
    document = read_yaml(text, "file.yaml")
    files = Files([document], [])
    project = project_of(files)._replace(**known)
    return [
        problem
        for part in files.parts("workflows")
        for problem in problems(
            Subject(Workflow.from_document(part.body), project), document, part.path
        )
        if problem.code == code
    ]


@pytest.fixture(scope="session")
def judge():
    """Give the problems with one code in the workflows of a YAML file.

    Further facts of the project are given by name: `hosts={"api.example.com"}`.
    """
    return _judge


@pytest.fixture(scope="session")
def told(judge):
    """Give what `judge` finds as lines: `3:17 error no step has ...; did you mean ...?`."""

    def tell(text, code, **known):
        return [
            f"{each.span.line}:{each.span.column} {each.severity} {each.message}"
            + (f"; {each.hint}" if each.hint else "")
            for each in judge(text, code, **known)
        ]

    return tell
