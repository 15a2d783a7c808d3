"""A secret is found in whatever way it is written."""

import html
import json
from base64 import b64encode, urlsafe_b64encode
from time import perf_counter
from urllib.parse import quote, quote_plus

import pytest

from kobjctl.model.masking import MASK
from kobjctl.model.secrets import NO_SECRETS, Secrets, SecretText
from kobjctl.model.values import MISSING

ODD = "Ab\"c/dé%+ fGh'i\\j😀k&l"

FORMS = {
    "as it is": ODD,
    "capitals": ODD.upper(),
    "small letters": ODD.lower(),
    "both the other way round": ODD.swapcase(),
    "JSON": json.dumps(ODD, ensure_ascii=False)[1:-1],
    "JSON in ASCII": json.dumps(ODD)[1:-1],
    "JSON with escaped slashes": json.dumps(ODD)[1:-1].replace("/", r"\/"),
    "JSON with a slash by number": json.dumps(ODD)[1:-1].replace("/", r"\u002F"),
    "JSON within JSON": json.dumps(json.dumps(ODD)[1:-1])[1:-1],
    "an address": quote(ODD, safe=""),
    "an address in part": quote(ODD, safe="/&'\""),
    "an address within one": quote(quote(ODD)),
    "small hexadecimal": quote(ODD).lower(),
    "Latin-1": quote(ODD.replace("😀", ""), encoding="latin-1"),
    "a form": quote_plus(ODD),
    "HTML": html.escape(ODD),
    "HTML by numbers": "".join(f"&#{ord(each)};" for each in ODD),
    "HTML in an address": quote(html.escape(ODD)),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_masked_in_every_form(form):
    secrets = Secrets([ODD.replace("😀", "") if form == "Latin-1" else ODD])

    assert f"<{MASK}>" == secrets.mask(f"<{FORMS[form]}>")


@pytest.mark.parametrize("before", ["", "u:", "us:", "user:"])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_a_secret_is_masked_within_base64(before, encode, charset):
    form = encode(f"{before}{ODD}".encode(charset, "replace")).decode()

    for shown in (form, quote(form, safe="")):
        masked = Secrets([ODD]).mask(f"Basic {shown}").removeprefix("Basic ")
        assert MASK in masked
        # A login before it stays, and the end that it shares with nothing.
        assert len(masked) <= len(encode(before.encode())) + len(MASK) + len("s%3D%3D")


@pytest.mark.parametrize("size", [16_384, 98_000, 400_000])
def test_a_long_secret_takes_time_in_proportion(size):
    secret = ('x"é/' * size)[:size]
    begun = perf_counter()
    secrets = Secrets([secret])

    assert f"a {MASK} b" == secrets.mask(f"a {quote(secret)} b")
    assert perf_counter() - begun < 10e-6 * size + 1


def test_what_a_secret_and_its_encoding_share_is_masked_once():
    assert f"k={MASK}&" == Secrets(["a%41b c", "aAb"]).mask("k=a%41b%20c&")


def cut(text):
    return text[:5] if isinstance(text, str) else MISSING


def test_what_is_made_of_a_secret_is_one():
    secrets = Secrets(["correct horse"])

    made = secrets.derived(cut("correct horse"), cut, "correct horse")

    assert isinstance(made, SecretText)
    assert MASK == secrets.mask(made)
    assert f"x {MASK}" == secrets.mask("x corre")


def test_a_short_part_of_a_secret_is_masked_where_it_stands():
    secrets = Secrets(["correct horse"])

    made = secrets.derived(["co", "rr", 5, True], lambda _: [], "correct horse")

    assert [MASK, MASK, 5, True] == secrets.mask(made)
    assert "co" == secrets.mask("co")


def test_what_carries_a_secret_on_is_not_one_as_a_whole():
    secrets = Secrets(["correct horse"])

    made = secrets.derived(
        "https://x/?k=correct horse", lambda key: f"https://x/?k={key}", "correct horse"
    )

    assert f"https://x/?k={MASK}" == secrets.mask(made)


def test_what_is_made_of_other_texts_is_none():
    secrets = Secrets(["correct horse"])

    assert "batte" == secrets.mask(secrets.derived("batte", cut, "battery"))


def test_a_set_of_secrets_grows_for_itself():
    first = Secrets(["correct horse"])
    second = first.copy()
    second.learn("battery")

    assert (["battery"], []) == (second.learnt, first.learnt)
    assert "battery" == first.mask("battery")
    assert not NO_SECRETS
