"""Which name is meant by a misspelled one, among few names and among very many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.actions import ACTIONS
from kobjctl.model.errors import closest, did_you_mean

MANY = [f"step-{number}" for number in range(1000, 6000)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lokup", "lookup"), ("LOOKUP", "lookup"), ("look-up", "lookup"), ("xyz", ""), ("", "")],
)
def test_the_closest_of_few_names_is_meant(name, expected):
    assert bool(expected) == bool(did_you_mean(name, ["lookup", "create"]))
    assert expected in did_you_mean(name, ["lookup", "create"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("step-123", "step-1123"),
        ("step-12345", "step-1234"),
        ("tsep-1234", "step-1234"),
        ("Step_4321", "step-4321"),
        ("STEP-4321", "step-4321"),
        ("other", ""),
    ],
)
def test_one_slip_is_seen_among_many_names(name, expected):
    suggested = did_you_mean(name, MANY)

    assert bool(expected) == bool(suggested)
    assert not expected or suggested.startswith('did you mean "step-')


def test_the_exact_name_in_another_case_is_meant_before_others():
    assert 'did you mean "step-4321"?' == did_you_mean("STEP-4321", MANY)


def test_thousands_of_slips_among_thousands_of_names_are_looked_at_in_seconds(in_time):
    with in_time():
        for name in MANY:
            did_you_mean(name + "x", MANY)


def test_a_text_that_is_no_name_is_not_looked_at_for_long():
    long = "ab" * 200_000

    assert "" == did_you_mean(long, [long + "a", "name"])
    assert "" == did_you_mean(long, [*MANY, long + "a"])


@given(st.permutations(["abcdx", "abcdy", "abcdz", "other"]))
def test_of_names_equally_close_the_first_of_the_alphabet_is_meant_in_whatever_order(names):
    assert "abcdx" == closest("abcd", names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nsp", "nps"),
        ("kustomer.customr.find", "kustomer.customer.find"),
        ("find-body", "kustomer.conversation.find-body"),
        ("something.else.altogether", ""),
    ],
)
def test_what_is_meant_has_most_letters_in_common(name, expected):
    assert expected == closest(name, [*ACTIONS, "nps"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kustomer.costumer.find", "kustomer.customer.find"),
        ("kustomer.customers.create", "kustomer.customer.create"),
        ("kustomer.kobject.ordr.create", "kustomer.kobject.order.create"),
        ("kustomer.order.create", "kustomer.kobject.order.create"),
        ("customer.find-by-emial", "kustomer.customer.find-by-email"),
        ("kustmer.customer.find", "kustomer.customer.find"),
        ("kustomer.customer.findByEmail", "kustomer.customer.find-by-email"),
        ("kustomer.customer.find-by-mail", "kustomer.customer.find-by-email"),
        ("kustomer.user.find-by-di", "kustomer.user.find-by-id"),
        ("kustomer.cust.omer.find", "kustomer.customer.find"),
        ("kustomer.app.shops.put", "kustomer.app.shop.put"),
        ("order.paid", "orders.paid"),
        # Another noun, another verb, another app: nothing that is there was meant.
        ("kustomer.team.create", ""),
        ("kustomer.company.append-tags", ""),
        ("kustomer.find-by-email", ""),
        ("kustomer.customer.find-by-sms", ""),
        ("kustomer.conversation.unappend-tags", ""),
        ("kustomer.app.shop2.put", ""),
        ("kustomer.app.store.put", ""),
        ("kustomer..", ""),
    ],
)
def test_a_dotted_name_means_none_with_another_noun(name, expected):
    others = ["kustomer.app.shop.put", "kustomer.kobject.order.create", "orders.paid"]

    assert expected == closest(name, [*ACTIONS, *others])


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_of_another_noun_is_never_meant(name):
    noun, _, verb = name.rpartition(".")
    others = [each for each in ACTIONS if not each.startswith(f"{noun}.")]

    assert "" == closest(f"{noun}.{verb}", [*others, f"{noun}.something-else"])


@given(st.sampled_from(list(ACTIONS)), st.integers(0, 60), st.sampled_from("ax.-é"))
def test_a_name_with_a_letter_too_many_means_an_action(name, at, letter):
    slip = name[:at] + letter + name[at:]

    assert slip in ACTIONS or len(closest(slip, ACTIONS)) in range(len(name) - 2, len(name) + 3)
