"""Rendering of templates beside Jinja2, which compiles to Python code, with the same text.

Run it with `python tests/benchmarks/templates.py`, in an environment that has jinja2 as well.
Both escape HTML. A ratio of 2 means that ours takes twice as long.
"""

import timeit
from datetime import UTC, datetime

import jinja2

from kobjctl.expressions.handlebars import RenderContext, compile_template

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
CONTEXT = RenderContext(lambda: NOON, lambda: 0.5, print)
ITEMS = [
    {"name": f"Item {number}", "price": number + 0.5, "gift": number % 3 == 0}
    for number in range(20)
]
DATA = {
    "order": "A-1001",
    "name": "Ann & Bob",
    "total": 99.5,
    "items": ITEMS,
    "placed": "2026-03-04T05:06:07.089Z",
    "address": {"city": "Springfield", "street": "Evergreen Terrace 742"},
}
ROOTS = {"steps": {"1": {"data": DATA}}, "variables": {}}

TEMPLATES = {
    "three tags": (
        "Order {{steps.1.data.order}} of {{steps.1.data.name}} costs {{steps.1.data.total}} EUR.",
        "Order {{s['1'].data.order}} of {{s['1'].data.name}} costs {{s['1'].data.total}} EUR.",
    ),
    "three tags, long paths": (
        "{{steps.1.data.address.city}}, {{steps.1.data.address.street}}, {{steps.1.data.order}}",
        "{{s['1'].data.address.city}}, {{s['1'].data.address.street}}, {{s['1'].data.order}}",
    ),
    "a date and a tag": (
        "{{dateFormat steps.1.data.placed format='MMMM DD, YYYY HH:mm'}} {{steps.1.data.order}}",
        "{{s['1'].data.placed | dateformat('%B %d, %Y %H:%M')}} {{s['1'].data.order}}",
    ),
    "each over 20 with a condition": (
        """{{#each steps.1.data.items}}
          - {{name}}: {{price}}{{#if gift}} (a gift){{else}} EUR{{/if}}
        {{/each}}""",
        """{% for item in s['1'].data['items'] %}
          - {{item.name}}: {{item.price}}{% if item.gift %} (a gift){% else %} EUR{% endif +%}
        {% endfor %}""",
    ),
    "each over 20 with @last": (
        "{{#each steps.1.data.items}}{{this.name}}{{#unless @last}}, {{/unless}}{{/each}}",
        """{% for i in s['1'].data['items'] %}{{i.name}}{% if not loop.last %}, {% endif %}
        {% endfor %}""",
    ),
}


def microseconds(function):
    """Measure one call: the best of several rounds."""
    timer = timeit.Timer(function)
    rounds, _ = timer.autorange()
    return min(timer.repeat(5, rounds)) / rounds * 1e6


def dateformat(text, form):
    """Write a date of a payload, which JSON has as text, as a filter of Jinja2."""
    return datetime.fromisoformat(text).strftime(form)


def report():
    """Print both times and their ratio."""
    environment = jinja2.Environment(autoescape=True, lstrip_blocks=True, trim_blocks=True)
    environment.filters["dateformat"] = dateformat
    for name, (text, other_text) in TEMPLATES.items():
        template, other = compile_template(text), environment.from_string(other_text)
        if template.render(ROOTS, CONTEXT) != other.render(s=ROOTS["steps"]):
            raise SystemExit(f"{name}: the two do not print the same")
        ours = microseconds(lambda template=template: template.render(ROOTS, CONTEXT))
        theirs = microseconds(lambda other=other: other.render(s=ROOTS["steps"]))
        compiling = microseconds(lambda text=text: compile_template(text))
        print(  # noqa: T201 - that is what a benchmark is for
            f"{name}: kobjctl {ours:.1f} us, Jinja2 {theirs:.1f} us, ratio {ours / theirs:.2f};"
            f" compiled in {compiling:.0f} us"
        )


if __name__ == "__main__":
    report()
