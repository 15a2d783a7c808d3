"""A world that stands still, for templates to be rendered in."""

import itertools
from datetime import UTC, datetime

import pytest

from kobjctl.expressions.handlebars import RenderContext, compile_template

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def warnings():
    """What was warned of."""
    return []


@pytest.fixture
def context(warnings):
    """A world at noon, whose chance goes round from 0 to almost 1."""
    chance = itertools.cycle([0.0, 0.25, 0.5, 0.999])
    return RenderContext(lambda: NOON, lambda: next(chance), warnings.append)


@pytest.fixture
def render(context):
    """Compile and render a template."""
    return lambda text, **roots: compile_template(text).render(roots, context)
