"""JSON on lines of YAML is read alike by all: readers of JSON, of YAML 1.1 and of YAML 1.2."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.yaml.flow import write_flow
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.store.text import decode

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_what_is_written_is_read_alike_by_all(value, indent):
    held = decode(json.dumps({"a": value}))
    written = write_flow(held, indent=indent)
    document = read_yaml(written, "x.yaml")

    assert () == document.problems
    assert held == document.data == json.loads(written) == yaml.safe_load(written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1e-05, "1.0e-05"),
        (-1e22, "-1.0e+22"),
        (1.5e-07, "1.5e-07"),
        (125e98, "1.25e+100"),
        ("1e-05", '"1e-05"'),
        ('\\"1e-05', '"\\\\\\"1e-05"'),
        ("\uffff", '"\\uffff"'),
    ],
)
def test_a_number_with_an_exponent_has_a_point_and_a_text_is_left(value, written):
    assert written == write_flow(value)
