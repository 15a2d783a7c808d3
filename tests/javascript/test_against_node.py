"""Numbers, texts and JSON are those of JavaScript: cases by chance, with what node answers.

`node_cases.json` keeps cases with their answers. `--node COUNT` compares as many new ones with a
node that is on the path; with `--update` those that differ are kept, too.
"""

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from kobjctl.expressions.functions import FUNCTIONS, FunctionContext
from kobjctl.expressions.functions.table import FunctionCall
from kobjctl.expressions.handlebars import RenderContext, compile_template
from kobjctl.files.payloads.payload import PayloadError, payload_reading
from kobjctl.javascript.coercion import loosely_equal, number_of, string_of, to_number
from kobjctl.javascript.json_text import stringify
from kobjctl.javascript.numbers import number_text
from kobjctl.javascript.strings import text_length, to_units
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING
from kobjctl.store.text import decode

HERE = Path(__file__).parent
KEPT = HERE / "node_cases.json"
MOST = 1_000


def parsed(text):
    """Return what a text holds, as it is taken from outside and kept in the store."""
    payload_reading(text.encode("utf-8", "surrogatepass"), "x")
    return decode(text)


def through(name):
    """Return what a function makes of a text: nothing stands for what JSON can't have."""
    context = FunctionContext(lambda: None, lambda _: None)

    def call(text):
        found = FUNCTIONS[name].function(FunctionCall(text, "x", (), context))
        return "NaN" if found is MISSING else number_text(found)

    return call


def rendered(template, context):
    compiled = compile_template(template)
    return lambda *values: compiled.render({"x": [*values]}, context)


def operations(context):
    """Return how each operation of `node.js` is done here."""
    return {
        "json": lambda text: stringify(parsed(text)),
        "indented": lambda text: stringify(parsed(text), 2),
        "string": lambda text: string_of(parsed(text)),
        "number": lambda text: number_text(to_number(text)),
        "float": lambda text: number_text(number_of(text)),
        "integer": through("parseInt"),
        "fixed": rendered("{{numberFormat x.[0] decimals=x.[1] separator=''}}", context),
        "equal": lambda left, right: string_of(loosely_equal(decode(left), decode(right))),
        "length": lambda text: str(text_length(text)),
        "units": lambda text: stringify([*to_units(text)]),
        "substring": rendered("{{{json (substring x.[0] x.[1] x.[2])}}}", context),
        "lower": lambda text: text.lower(),
        "upper": lambda text: text.upper(),
        "trim": lambda text: text.strip(WHITESPACE),
        **{sign: rendered(f"{{{{math x.[0] '{sign}' x.[1]}}}}", context) for sign in "+-*/%"},
    }


def answer(case, known):
    """Return what is answered here: None for what is refused."""
    name, *operands = case
    try:
        return known[name](*operands)
    except PayloadError:
        return None


@pytest.fixture(scope="module")
def maker():
    """The module `node_cases.py` beside this one, which can't be imported by its name."""
    spec = spec_from_file_location("node_cases", HERE / "node_cases.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def context():
    """A world that stands still."""
    return RenderContext(lambda: None, lambda: 0.5, lambda _: None)


@pytest.fixture
def made(pytestconfig, maker):
    """As many new cases as were asked for, with the answers of node."""
    count, seed = pytestconfig.getoption("--node"), pytestconfig.getoption("--node-seed")
    if not count:
        pytest.skip("--node COUNT compares with node")
    one = maker.Maker(seed)
    cases = [one.case() for _ in range(count)]
    return [
        {"case": case, "answer": answer}
        for case, answer in zip(cases, maker.answers(cases), strict=True)
    ]


def test_what_node_answered_is_what_is_answered_here(context):
    known = operations(context)
    kept = json.loads(KEPT.read_text("ascii"))

    assert [] == [each for each in kept if answer(each["case"], known) != each["answer"]]
    assert {*known} == {each["case"][0] for each in kept}


def test_new_cases_by_chance_are_answered_as_node_does(made, context, update):
    known = operations(context)
    different = [each for each in made if answer(each["case"], known) != each["answer"]]
    if update:
        kept = json.loads(KEPT.read_text("ascii")) if KEPT.exists() else made[:MOST]
        lines = map(json.dumps, kept + different)
        KEPT.write_text("[\n" + ",\n".join(lines) + "\n]\n", "ascii")

    assert [] == different
