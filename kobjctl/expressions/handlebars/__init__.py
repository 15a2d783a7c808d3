"""Templates, `{{ }}`, as handlebars.js 4.7 renders them: compiled once, rendered often.

A template goes through a lexer, a parser and the trimming of white space into a tree, and from
the tree into functions. What handlebars.js prints is the truth here, to the character; the
differences are listed at `template`.
Source: `manual/platform.md 6`.
"""

from kobjctl.expressions.handlebars.errors import TemplateError
from kobjctl.expressions.handlebars.helpers import HELPERS, Helper
from kobjctl.expressions.handlebars.scope import RenderContext
from kobjctl.expressions.handlebars.template import Template, compile_template

__all__ = [
    "HELPERS",
    "Helper",
    "RenderContext",
    "Template",
    "TemplateError",
    "compile_template",
]
