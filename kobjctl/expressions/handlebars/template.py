"""A compiled template, and where it differs from handlebars.js 4.7.

- After a separator any word is a name: `list.0`, `custom.@flagBool` and `x.true` are refused
  there and are paths here, as they are in references.
- A name without values is a field where a helper of that name can't do without them:
  `{{trim}}`. handlebars.js calls the helper with nothing.
- Partials, decorators, and any call with the wrong number of values are refused; the latter when
  it is reached, as there, where a few of them print nothing.
- Half of an emoji, which `{{text.[0]}}` may print, is written as U+FFFD.
- Templates are limited in length, nesting, work and what they print.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kobjctl.expressions.handlebars.compiler import Compiler
from kobjctl.expressions.handlebars.errors import HelperError, TemplateError, TemplateSource
from kobjctl.expressions.handlebars.helpers import Helper
from kobjctl.expressions.handlebars.parser import parse
from kobjctl.expressions.handlebars.scope import Emit, RenderContext, RenderState, TagScope
from kobjctl.expressions.handlebars.tree import Program
from kobjctl.javascript.coercion import NoTextError
from kobjctl.javascript.strings import from_units


class Template(NamedTuple):
    """A template: its source, its tree for who wants to look into it, and how to print it.

    `helpers` are those that it calls. `problems` are the first hundred calls that fail whenever
    they are reached: of a helper that doesn't exist, or with the wrong number of values. `doubts`
    tell of options that no helper takes.
    """

    source: TemplateSource
    tree: Program
    helpers: tuple[Helper, ...]
    problems: tuple[TemplateError, ...]
    doubts: tuple[TemplateError, ...]
    emit: Emit

    def render(self, roots: Mapping[str, Any], context: RenderContext) -> str:
        """Print the template for the roots `steps`, `variables` and `error`, all plain JSON.

        Raises TemplateError where a helper is missing or can't work with its values.
        """
        this = dict(roots)
        try:
            text: str = self.emit(TagScope(this, (this,), {"root": this}, (), RenderState(context)))
        except (HelperError, NoTextError) as error:
            raise self.source.error(0, error.message, hint=error.hint) from error
        return from_units(text)


def compile_template(text: str) -> Template:
    """Compile a template; raises TemplateError, with its place, where it can't be read."""
    source = TemplateSource(text)
    tree = parse(source)
    compiler = Compiler(source)
    emit = compiler.body(tree).emit
    return Template(
        source=source,
        tree=tree,
        helpers=tuple(compiler.helpers.values()),
        problems=tuple(compiler.problems),
        doubts=tuple(compiler.doubts),
        emit=emit,
    )
