"""What holds of expressions whatever a file and a payload say."""

import json
import operator
from contextlib import suppress
from copy import deepcopy
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.expressions.condition import ConditionError, compile_condition
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.expressions.scope import Scope, new_scope
from kobjctl.expressions.value import TEMPLATE_MARK, compile_value
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING


def law(*values):
    """Test something of any values; time is measured where it matters, and not here."""
    return lambda test: settings(deadline=None, max_examples=80)(given(*values)(test))


SEGMENTS = st.sampled_from(
    ["steps", "1", "a-b", "error", "variables", "attributes", "data", "items", "length", "@x", ""]
) | st.from_regex(r"0{0,12}[0-9]{1,12}", fullmatch=True)
REFERENCES = st.lists(SEGMENTS | st.text(max_size=4), max_size=6).map("/#{}".format) | st.lists(
    SEGMENTS, min_size=1, max_size=6
).map(lambda segments: "/#" + ".".join(segments))
NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
NUMBER_TEXTS = NUMBERS.map(str) | st.sampled_from(["10", "10.0", " 1", "1e3", "", ".", "-0", "²"])
DATES = st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.isoformat())
WORDS = st.text() | NUMBER_TEXTS | DATES | st.sampled_from(["true", "false", "null"])
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS


def json_of(leaves):
    """Give JSON values with these leaves."""
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(SEGMENTS | st.text(max_size=4), inner, max_size=4)
        ),
        max_leaves=12,
    )


JSON = json_of(SCALARS)
EXPRESSIONS = REFERENCES | st.sampled_from(["/#fn:parseInt,steps.1", "{{a}}", "a {{b}} c"])
PARAMS = json_of(SCALARS | EXPRESSIONS)
SCOPES = st.builds(
    lambda trigger, steps, variables: Scope(
        {"steps": {"1": trigger, **steps}, "variables": variables}
    ),
    JSON,
    st.dictionaries(SEGMENTS, JSON, max_size=3),
    st.dictionaries(SEGMENTS, JSON, max_size=3),
)
CONDITIONS = st.recursive(
    st.builds(
        lambda op, values: {"op": op, "values": values},
        st.sampled_from(sorted(OPERATORS)) | st.text(max_size=3),
        st.lists(PARAMS, max_size=3),
    ),
    lambda parts: st.builds(
        lambda op, values: {"op": op, "values": values},
        st.sampled_from(["and", "or"]),
        st.lists(parts, max_size=3),
    ),
    max_leaves=4,
)


def scope_of(**values):
    return new_scope(values)


def holds(op, left, right):
    """Decide an operator on two values of a payload, so that neither is text of the file."""
    condition = {"op": op, "values": ["/#steps.1.left", "/#steps.1.right"]}
    return compile_condition(condition)(scope_of(left=left, right=right))[0]


def told_apart(value):
    """Give a value in which, as in JSON, true is not 1, and 1 is 1.0."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("list", tuple(map(told_apart, value)))
    if isinstance(value, dict):
        return ("object", frozenset((key, told_apart(each)) for key, each in value.items()))
    return ("scalar", value)


@law(PARAMS, SCOPES)
def test_any_params_resolve_to_json_or_raise_our_own_error(raw, scope):
    try:
        value = compile_value(raw).resolve(scope)
    except KobjctlError:
        return

    assert value is MISSING or value == json.loads(json.dumps(value))


@law(PARAMS, SCOPES)
def test_resolving_leaves_the_params_and_the_scope_as_they_are(raw, scope):
    raw_before, scope_before = deepcopy(raw), deepcopy(scope)
    compiled = compile_value(raw)

    with suppress(KobjctlError):
        compiled.resolve(scope)

    assert raw_before == raw
    assert scope_before == scope


@law(PARAMS, SCOPES)
def test_resolving_twice_gives_the_same(raw, scope):
    compiled = compile_value(raw)

    try:
        first = compiled.resolve(scope)
    except KobjctlError:
        return

    assert first == compiled.resolve(scope)


@law(
    json_of(
        SCALARS.filter(
            lambda leaf: (
                not (isinstance(leaf, str) and (leaf.startswith("/#") or TEMPLATE_MARK in leaf))
            )
        )
    )
)
def test_what_has_no_expression_in_it_is_itself(raw):
    assert raw == compile_value(raw).resolve({})


@law(st.text().map(FUNCTION_MARK.__add__), SCOPES)
def test_no_function_is_taken_for_a_reference(text, scope):
    name = text.removeprefix(FUNCTION_MARK).split(",")[0]

    resolved = compile_value(text).resolve(scope)

    assert resolved is MISSING or name in FUNCTIONS


@law(JSON, st.lists(st.sampled_from(["a", "b", "0", "length"]), max_size=4))
def test_a_reference_finds_what_was_put_at_its_path(value, path):
    scope = value
    for segment in reversed(path):
        scope = {segment: scope}

    assert value == compile_value(f"/#root{''.join(map('.{}'.format, path))}").resolve(
        {"root": scope}
    )


@law(st.lists(JSON, max_size=5))
def test_an_index_gives_that_element_and_one_past_the_end_gives_nothing(items):
    scope = {"steps": {"1": items}}

    found = [compile_value(f"/#steps.1.{index}").resolve(scope) for index in range(len(items) + 1)]

    assert [*items, MISSING] == found


@law(st.lists(st.integers(), max_size=3), st.integers(0, 15), st.integers(min_value=0))
def test_any_digits_give_an_element_or_nothing(items, zeros, number):
    reference = f"/#steps.1.{'0' * zeros}{number}"

    found = compile_value(reference).resolve({"steps": {"1": items}})

    assert found is MISSING or found in items


@law(st.text())
def test_the_length_of_a_text_counts_utf_16_units(text):
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2

    assert units == compile_value("/#steps.1.length").resolve({"steps": {"1": text}})


@law(CONDITIONS, SCOPES)
def test_any_condition_is_decided_or_raises_our_own_error(condition, scope):
    try:
        decided, seen = compile_condition(condition)(scope)
    except KobjctlError:
        return

    assert decided is seen["holds"]
    assert condition["op"] == seen["op"]
    assert len(condition["values"]) == len(seen.get("values", seen.get("parts")))
    assert seen == json.loads(json.dumps(seen))


@law(CONDITIONS, SCOPES)
def test_a_condition_that_cant_be_decided_tells_where_the_fault_is(condition, scope):
    at = ("values",)
    try:
        compile_condition(condition)(scope)
    except ConditionError as error:
        at = error.at
    except KobjctlError:
        return
    *way, last = at

    faulty = reduce(operator.getitem, way, condition)

    assert last in (range(len(faulty)) if isinstance(faulty, list) else ("op", "values"))


@law(CONDITIONS, SCOPES)
def test_deciding_leaves_the_condition_and_the_scope_as_they_are(condition, scope):
    condition_before, scope_before = deepcopy(condition), deepcopy(scope)

    with suppress(KobjctlError):
        compile_condition(condition)(scope)

    assert condition_before == condition
    assert scope_before == scope


@law(JSON)
def test_every_value_equals_itself(value):
    assert holds("eq", value, value)
    assert holds("eq", value, json.loads(json.dumps(value)))


@law(JSON, JSON)
def test_equality_has_no_sides_and_is_that_of_json(left, right):
    expected = told_apart(left) == told_apart(right)

    assert expected is holds("eq", left, right)
    assert expected is holds("eq", right, left)
    assert (not expected) is holds("neq", left, right)
    assert (not expected) is holds("ne", left, right)


@law(SCALARS, SCALARS)
def test_greater_and_less_are_opposites(left, right):
    assert holds("gt", left, right) is holds("lt", right, left)
    assert holds("gte", left, right) is holds("lte", right, left)
    assert not (holds("gt", left, right) and holds("lt", left, right))


@law(SCALARS, SCALARS)
def test_values_have_an_order_or_none_at_all(left, right):
    greater, less = holds("gt", left, right), holds("lt", left, right)
    at_least, at_most = holds("gte", left, right), holds("lte", left, right)

    assert greater is (at_least and not at_most)
    assert less is (at_most and not at_least)


@law(NUMBERS, NUMBERS)
def test_numbers_have_the_order_of_numbers(left, right):
    for op in ("gt", "gte", "lt", "lte"):
        compare = getattr(operator, {"gte": "ge", "lte": "le"}.get(op, op))
        assert compare(left, right) is holds(op, left, right)


@law(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
def test_dates_have_the_order_of_the_instants_they_name(left, right):
    first, second = left.isoformat(), right.isoformat()

    assert ((left - right).total_seconds() > 0) is holds("gt", first, second)
    assert ((left - right).total_seconds() <= 0) is holds("lte", first, second)


@law(JSON)
def test_a_missing_value_is_neither_greater_nor_less_nor_contained(value):
    for op in ("gt", "gte", "lt", "lte", "contains"):
        for values in (["/#steps.1.value", "/#steps.no"], ["/#steps.no", "/#steps.1.value"]):
            assert not compile_condition({"op": op, "values": values})(scope_of(value=value))[0]


@law(JSON, WORDS)
def test_a_missing_value_equals_nothing_that_a_file_can_say(value, text):
    for literal in (value, text):
        condition = {"op": "eq", "values": ["/#steps.no.such", literal]}
        with suppress(KobjctlError):
            assert not compile_condition(condition)(new_scope({}))[0]


@law(JSON | st.just(MISSING))
def test_a_value_exists_or_it_does_not(value):
    scope = {"steps": {"1": {} if value is MISSING else {"value": value}}}

    def decide(op):
        return compile_condition({"op": op, "values": ["/#steps.1.value"]})(scope)[0]

    assert decide("exists") is not decide("dne")
    assert decide("exists") is (value is not MISSING and value is not None)


@law(st.lists(JSON, max_size=4), JSON, st.lists(JSON, max_size=3))
def test_a_list_contains_what_is_in_it(items, extra, wanted):
    known = {told_apart(item) for item in [*items, extra]}

    assert holds("contains", [*items, extra], [extra])
    assert any(told_apart(each) in known for each in wanted) is holds(
        "contains", [*items, extra], wanted
    )


@law(st.text(), st.text(), st.text())
def test_a_text_contains_what_is_within_it(before, within, after):
    assert holds("contains", before + within + after, within)
    assert (after in before) is holds("contains", before, [after])


TRUTHS = st.recursive(
    st.booleans(),
    lambda parts: st.tuples(st.sampled_from(["and", "or"]), st.lists(parts, min_size=1)),
    max_leaves=20,
)


def as_condition(truth):
    if isinstance(truth, bool):
        return {"op": "eq", "values": ["/#steps.1.yes", truth]}
    op, parts = truth
    return {"op": op, "values": [as_condition(part) for part in parts]}


def as_python(truth):
    if isinstance(truth, bool):
        return truth
    op, parts = truth
    return (all if op == "and" else any)(as_python(part) for part in parts)


def leaves_of(seen):
    if "parts" in seen:
        return [leaf for part in seen["parts"] for leaf in leaves_of(part)]
    return [seen["holds"]]


def leaves_in(truth):
    if isinstance(truth, bool):
        return [truth]
    return [leaf for part in truth[1] for leaf in leaves_in(part)]


@law(TRUTHS)
def test_and_is_all_or_is_any_and_every_part_is_shown(truth):
    decided, seen = compile_condition(as_condition(truth))(scope_of(yes=True))

    assert as_python(truth) is decided
    assert leaves_in(truth) == leaves_of(seen)


# None is larger than a payload may be: 400 KB.
LONG = "1" * 200_000
WIDE = list(range(3000))
COSTLY = {
    "numbers that are nearly none": ("gt", "1" * 299 + "x", "9" * 299 + "e"),
    "long digits": ("gt", LONG, LONG + "x"),
    "blanks": ("gt", " " * 200_000, "\n" * 200_000),
    "a long date": ("lt", "2026-01-02" + "0" * 200_000, "2026-01-02"),
    "long texts within each other": ("contains", "ab" * 100_000, "ba" * 50_000 + "c"),
    "many texts within one": ("contains", "a" * 20_000, ["b" * 100] * 2000),
    "equal lists": ("eq", WIDE * 20, WIDE * 20),
    "equal objects": (
        "eq",
        {str(each): WIDE[:30] for each in WIDE},
        {str(each): WIDE[:30] for each in WIDE},
    ),
    "lists with nothing in common": ("contains", WIDE, [-each for each in WIDE if each]),
    "lists of lists with nothing in common": ("contains", [[each] for each in WIDE], WIDE),
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_condition_takes_long(name, in_time):
    with in_time():
        holds(*COSTLY[name])


def test_thousands_of_references_do_not_take_long(in_time):
    scope = scope_of(items=[{"sku": str(number)} for number in range(10_000)])
    raw = [f"/#steps.1.items.{number}.sku" for number in range(10_000)]

    with in_time():
        resolved = compile_value(raw).resolve(scope)

    assert [str(number) for number in range(10_000)] == resolved
