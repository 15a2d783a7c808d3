"""The names of Klasses and attributes: from labels and back, suffixes, what may be a name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.model.errors import UsageError
from kobjctl.model.kinds import STANDARD_KLASSES, check_klass_name
from kobjctl.model.klass import (
    SUFFIXES,
    Attribute,
    attribute_name,
    check_attributes,
    display_name_of,
    plural,
    suffix_of,
    title_of,
)

CASES = json.loads((Path(__file__).parent / "names.json").read_text("utf-8"))


def named(key):
    return [
        pytest.param(case, id=f"{case['label']}-{case['suffix']}") for case in CASES if key in case
    ]


def attributes(*names):
    return {name: Attribute(name, name) for name in names}


@pytest.mark.parametrize("case", named("name"))
def test_a_label_gives_the_api_name(case):
    assert case["name"] == attribute_name(case["label"], case["suffix"])


@pytest.mark.parametrize("case", named("display"))
def test_an_api_name_gives_a_display_name(case):
    assert case["display"] == display_name_of(case["name"])


@pytest.mark.parametrize("case", named("name"))
def test_a_derived_name_ends_in_the_type_it_was_made_for(case):
    assert case["suffix"] == suffix_of(case["name"])


@pytest.mark.parametrize("case", named("error"))
def test_a_label_that_gives_no_name_says_so_and_what_to_do(case):
    with pytest.raises(UsageError) as caught:
        attribute_name(case["label"], case["suffix"])

    assert case["error"] in caught.value.message
    assert "" != caught.value.hint


@given(st.lists(st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True), min_size=1, max_size=5))
def test_a_label_of_plain_words_survives_the_way_there_and_back(words):
    label = " ".join(words)

    assert label == display_name_of(attribute_name(label, "Str"))


@given(st.text(), st.sampled_from(sorted(SUFFIXES)))
def test_any_label_gives_a_name_of_its_type_or_our_own_error(label, suffix):
    try:
        name = attribute_name(label, suffix)
    except UsageError:
        return

    assert suffix == suffix_of(name)
    assert name.isascii()


@pytest.mark.parametrize(
    ("name", "display"),
    [
        ("AvgSatScoreNum", "Avg Sat Score"),
        ("@acmeordLifetimeValueNum", "Acmeord Lifetime Value"),
        ("orderHTTPCodeNum", "Order HTTP Code"),
        ("createdAt", "Created"),
        ("order_numberStr", "Order Number"),
        ("shopifyCustomerIdNum", "Shopify Customer Id"),
    ],
)
def test_a_name_of_an_export_gets_the_platforms_display_name(name, display):
    assert display == display_name_of(name)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("orderIDStr", "Str"),
        ("noteTxt", "Txt"),
        ("qtyNum", "Num"),
        ("createdAt", "At"),
        ("vipBool", "Bool"),
        ("homeUrl", "Url"),
        ("parentId", "Id"),
        ("reasonTree", "Tree"),
        ("@effotim2TimerBool", "Bool"),
        ("orderIdStr", "Str"),
        ("StrNum", "Num"),
        ("order_numberStr", "Str"),
        ("1Str", "Str"),
        ("notAnActualAttribute", None),
        ("Str", None),
        ("@Str", None),
        ("", None),
        ("order", None),
        ("orderstr", None),
        ("orderSTR", None),
        ("totalDec", None),
        ("dataObj", None),
        ("listArr", None),
        ("orderStr ", None),
        (" orderStr", None),
        ("orderStr\n", None),
        ("order Str", None),
        ("order.idStr", None),
        ("größeStr", None),
        ("@@orderStr", None),
    ],
)
def test_the_type_of_an_attribute_is_the_end_of_its_name(name, suffix):
    assert suffix == suffix_of(name)


@pytest.mark.parametrize(
    "name", ["order", "Order", "acme_orders-order", "calendly-event", "0", "-", "a" * 255, "ORDER"]
)
def test_a_klass_may_have_a_name_of_letters_digits_and_dashes(name):
    assert None is check_klass_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "a" * 256, "order item", "order.item", "order/1", "größe", "order\n", "\norder", "ord€r"],
)
def test_a_klass_may_have_no_other_name(name):
    with pytest.raises(UsageError, match="can't be the name of a klass"):
        check_klass_name(name)


@pytest.mark.parametrize("name", STANDARD_KLASSES)
def test_a_standard_name_is_only_for_a_standard_klass(name):
    with pytest.raises(UsageError, match="is a standard klass of the platform"):
        check_klass_name(name)

    assert None is check_klass_name(name, standard=True)


def test_the_standard_names_are_case_sensitive():
    assert None is check_klass_name("Customer")


@pytest.mark.parametrize(
    ("name", "title"),
    [("order", "Order"), ("acme_orders-order", "Acme Orders Order"), ("nps", "Nps"), ("-", "")],
)
def test_a_klass_without_a_display_name_gets_one(name, title):
    assert title == title_of(name)


@pytest.mark.parametrize(
    ("name", "many"), [("order", "orders"), ("status", "statuss"), ("category", "categorys")]
)
def test_a_plural_is_the_name_with_an_s_whatever_the_word(name, many):
    assert many == plural(name)


def test_names_that_differ_only_in_case_are_refused():
    with pytest.raises(UsageError, match='"orderIDStr" and "orderIdStr" differ only in case'):
        check_attributes(attributes("orderIDStr", "noteTxt", "orderIdStr"))


def test_names_that_differ_in_their_type_are_two_attributes():
    assert None is check_attributes(attributes("orderIdStr", "orderIdNum"))


def test_a_name_without_a_type_is_refused():
    with pytest.raises(UsageError, match='"order" does not end in a type'):
        check_attributes(attributes("order"))


@pytest.mark.parametrize("name", ["a bStr", "f\u00fcStr", "b-Str", "a@bStr"])
def test_a_name_with_other_signs_is_refused(name):
    with pytest.raises(UsageError, match="has characters other than letters, digits and _"):
        check_attributes(attributes(name))
