"""What identifies a customer: emails, phones and external ids, as they are stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.identities import (
    MAX_IDENTITIES,
    contact_ids,
    identities,
    identity_items,
    normalize_email,
)
from kobjctl.model.phone import is_phone, normalize_phone, other_spellings

VALUES = {
    "emails": "a{}@example.com",
    "phones": "+155512345{:02}",
    "externalIds": "id-{}",
    "whatsapps": "whatsapp:+155512345{:02}",
}
KEYS = {"emails": "email", "phones": "phone", "externalIds": "externalId", "whatsapps": "phone"}


def some(kind, count):
    return [VALUES[kind].format(number) for number in range(count)]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("test@example.com", "test@example.com"),
        ("Test@Example.COM", "test@example.com"),
        ("  test@example.com\n", "test@example.com"),
        ("\ufefftest@example.com\u00a0", "test@example.com"),
        ("k@t", "k@t"),
        ("ÄRGER@example.com", "ärger@example.com"),
        ("a+b.c@sub.example.com", "a+b.c@sub.example.com"),
    ],
)
def test_an_email_is_stored_in_lower_case(given, stored):
    assert stored == normalize_email(given)


@pytest.mark.parametrize(
    "given",
    [
        "",
        " ",
        "@",
        "a@",
        "@b",
        "a b@c",
        "a@b c",
        "a@b@c",
        "www.kustomer.com",
        None,
        5,
        True,
        [],
        {},
    ],
)
def test_what_is_no_email_is_refused(given):
    with pytest.raises(BadParamError) as caught:
        normalize_email(given)

    assert "email" == caught.value.parameter


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("+15551234567", "+15551234567"),
        ("+1 (555) 123-4567", "+15551234567"),
        ("1 555 123 4567", "15551234567"),
        ("[1]5551234567", "15551234567"),
        ("+1\u00a0555\t123\n4567", "+15551234567"),
        (15551234567, "15551234567"),
        ("12", "12"),
        ("555.123.4567", "5551234567"),
        ("555/123\u20114567", "5551234567"),
        ("\u202a+15551234567\u202c", "+15551234567"),
        ("\ufeff+15551234567", "+15551234567"),
        ("tel:+15551234567", "+15551234567"),
        ("+1\u0665\u0665\u0665\u0661\u0662\u0663\u0664\u0665\u0666\u0667", "+15551234567"),
        ("555-CALL-NOW", "+15552255669"),
        ("+1 555 123 4567 ext. 5", "+15551234567"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_a_phone_number_is_stored_without_its_decoration(given, stored):
    assert stored == normalize_phone(given)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "+",
        "1",
        "0123456",
        "+0123456",
        "+1555123456789012",
        None,
        True,
        [],
        {},
    ],
)
def test_what_is_no_phone_number_is_refused(given):
    with pytest.raises(BadParamError) as caught:
        normalize_phone(given)

    assert "phone" == caught.value.parameter


@given(st.text() | st.from_regex(r"\+?[0-9(][0-9 ()./-]{2,14}[a-z]{0,5}", fullmatch=True))
def test_what_is_checked_to_be_a_phone_number_can_be_stored(text):
    if is_phone(text):
        assert normalize_phone(text)


@pytest.mark.parametrize(
    ("number", "others"),
    [
        ("+15551234567", ["15551234567", "5551234567"]),
        ("+447911123456", ["447911123456"]),
        ("5551234567", ["+5551234567", "+15551234567", "15551234567"]),
        ("15551234567", ["+15551234567", "5551234567"]),
        ("447911123456", ["+447911123456"]),
    ],
)
def test_a_number_may_be_written_in_other_ways(number, others):
    assert others == [*other_spellings(number)]


@given(st.text())
def test_what_was_normalized_stays_as_it_is(text):
    for normalize in (normalize_email, normalize_phone):
        try:
            stored = normalize(text)
        except BadParamError:
            continue
        assert stored == normalize(stored)


def test_the_items_come_back_as_the_platform_stores_them():
    assert [
        {"type": "home", "email": "a@b.c", "verified": False, "externalVerified": False}
    ] == identity_items("emails", [{"email": "A@B.c"}])
    assert [{"type": "mobile", "phone": "+15551234567", "verified": False}] == identity_items(
        "phones", [{"phone": "+1 555 123 4567"}]
    )
    assert [{"externalId": "shop-7", "verified": True}] == identity_items(
        "externalIds", [{"externalId": "shop-7"}]
    )


def test_a_social_is_known_by_its_network_and_name():
    items = [
        {"type": "twitter", "username": "ada", "userid": "7", "url": "https://example.com/ada"},
        {"type": "facebook", "username": "ada"},
    ]

    stored = identity_items("socials", items)

    assert [{**item, "verified": False} for item in items] == stored
    assert [("socials", "twitter:ada"), ("socials", "facebook:ada")] == list(
        identities({"socials": stored})
    )


def test_what_an_item_says_of_itself_is_kept():
    assert [
        {"type": "work", "email": "a@b.c", "verified": True, "externalVerified": False}
    ] == identity_items("emails", [{"email": "a@b.c", "type": "work", "verified": True}])
    assert [{"type": "fax", "phone": "12345", "verified": True}] == identity_items(
        "phones", [{"phone": "12345", "type": "fax", "verified": True}]
    )


@pytest.mark.parametrize("kind", VALUES)
def test_an_item_may_be_the_bare_value(kind):
    (value,) = some(kind, 1)

    assert identity_items(kind, [{KEYS[kind]: value}]) == identity_items(kind, [value])


@pytest.mark.parametrize("kind", VALUES)
def test_ten_items_are_taken_and_eleven_are_not(kind):
    assert MAX_IDENTITIES == len(identity_items(kind, some(kind, 10)))

    with pytest.raises(BadParamError, match="at most 10") as caught:
        identity_items(kind, some(kind, 11))

    assert kind == caught.value.parameter


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        ("emails", ["a@b.c", "A@B.C"]),
        ("emails", ["a@b.c", {"email": "a@b.c", "type": "work"}]),
        ("phones", ["+1 555 123", "+1555-123"]),
        ("externalIds", ["x", "x"]),
        ("whatsapps", ["whatsapp:+1555", "whatsapp:+1555"]),
        (
            "socials",
            [{"type": "twitter", "username": "ada"}, {"type": "twitter", "username": "ada"}],
        ),
    ],
)
def test_the_same_value_twice_is_refused(kind, items):
    with pytest.raises(BadParamError, match="has the same value twice") as caught:
        identity_items(kind, items)

    assert kind == caught.value.parameter


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize(
    "items",
    [
        "text",
        {"email": "a@b.c"},
        5,
        None,
        [None],
        [[]],
        [{}],
        [True],
        [{"email": None, "phone": None, "externalId": None}],
        [{"other": "a@b.c"}],
    ],
)
def test_what_is_no_list_of_items_is_refused(kind, items):
    with pytest.raises(BadParamError):
        identity_items(kind, items)


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("emails", {"email": "a@b.c", "type": "fax"}),
        ("emails", {"email": "a@b.c", "type": 5}),
        ("emails", {"email": "a@b.c", "colour": "red"}),
        ("emails", {"email": "a@b.c", "verified": "yes"}),
        ("phones", {"phone": "12345", "type": "pager"}),
        ("phones", {"phone": "12345", "extension": "9"}),
        ("externalIds", {"externalId": "x", "type": "home"}),
        ("whatsapps", {"phone": "whatsapp:+1555", "type": "work"}),
        ("socials", {"type": "myspace", "username": "ada"}),
        ("socials", {"type": "twitter"}),
        ("socials", {"type": "twitter", "username": ""}),
        ("socials", {"type": "twitter", "username": "a" * 257}),
    ],
)
def test_an_item_has_only_what_the_platform_knows(kind, item):
    with pytest.raises(BadParamError):
        identity_items(kind, [item])


@pytest.mark.parametrize(("length", "fits"), [(0, False), (1, True), (255, True), (256, False)])
def test_an_external_id_has_1_to_255_characters(length, fits):
    external_id = "x" * length

    if fits:
        assert external_id == identity_items("externalIds", [external_id])[0]["externalId"]
    else:
        with pytest.raises(BadParamError, match="1 to 255 characters"):
            identity_items("externalIds", [external_id])


def test_shared_contact_points_identify_nobody():
    given = {
        "emails": identity_items("emails", ["a@b.c", "d@e.f"]),
        "externalIds": identity_items("externalIds", ["x"]),
        "sharedEmails": [{"email": "s@b.c"}],
        "sharedPhones": [{"phone": "+15551234567"}],
        "sharedExternalIds": [{"externalId": "s"}],
    }

    assert [("emails", "a@b.c"), ("emails", "d@e.f"), ("externalIds", "x")] == list(
        identities(given)
    )


@pytest.mark.parametrize(
    ("attributes", "ids"),
    [
        ({}, []),
        ({"facebookIds": None, "socials": None}, []),
        ({"facebookIds": [None, 5, "x", {}, {"userId": None}, {"userId": ["1"]}]}, []),
        ({"facebookIds": [{"userId": "7"}, {"userId": 8}]}, ["facebookIds 7", "facebookIds 8"]),
        (
            {"instagramIds": [{"instagramId": "a", "threadId": "b"}]},
            ["instagramIds a", "instagramIds b"],
        ),
        ({"socials": [{"type": "twitter", "userid": "9"}, {"type": "x"}]}, ["twitterIds 9"]),
    ],
)
def test_the_ids_of_other_services_are_those_that_are_there(attributes, ids):
    assert ids == [f"{kind} {value}" for kind, value in contact_ids(attributes)]
