import json
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.payloads.email import EmailPayload, read_email
from kobjctl.files.payloads.payload import PayloadError

ORDER = '{"orderId": "1234", "price": "$10.25"}'
FIRES = "the mail has no script for this hook; the event was emitted anyway"


def script(text, key="k1", kind="application/ld+json"):
    carried = "" if key is None else f' data-kustomer-key="{key}"'
    return f'<script type="{kind}"{carried}>{text}</script>'


def mail(*html, charset="utf-8", cte=None):
    message = EmailMessage()
    message["Subject"] = "Your order"
    message.set_content("Thank you. " + script('{"plain": "text"}'))
    for text in html:
        body = f"<html><body>{text}<p>Thanks</p></body></html>"
        message.add_alternative(body, subtype="html", charset=charset, cte=cte)
    return message.as_bytes()


def test_one_script_gives_its_json():
    assert EmailPayload(json.loads(ORDER), ()) == read_email(mail(script(ORDER)), "k1")


def test_several_scripts_give_a_list_also_from_several_parts():
    raw = mail(script("1") + script("[2]"), script('"<b>3</b> &amp; 4"'))

    assert EmailPayload([1, [2], "<b>3</b> &amp; 4"], ()) == read_email(raw, "k1")


@pytest.mark.parametrize("cte", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_script_is_read_in_the_encodings_of_its_part(charset, cte):
    assert "é" == read_email(mail(script('"é"'), charset=charset, cte=cte), "k1").data


def test_a_mail_without_scripts_fires_with_nothing_in_it():
    assert EmailPayload({}, (FIRES,)) == read_email(mail("<p>run now</p>"), "k1")
    assert EmailPayload({}, (FIRES,)) == read_email(b"", "k1")


def test_scripts_with_another_key_or_none_are_skipped_with_a_note():
    raw = mail(script("1", "k2") + script("2") + script("3", None) + script("4", "K1"))

    expected = (
        'a script with the key "k2" was skipped',
        "a script without a key was skipped",
        'a script with the key "K1" was skipped',
    )
    assert EmailPayload(2, expected) == read_email(raw, "k1")


def test_a_hook_without_a_key_takes_all_scripts():
    assert [1, 2] == read_email(mail(script("1", None) + script("2", "x")), "").data


def test_scripts_of_another_type_are_none():
    raw = mail(script("1", kind="text/javascript") + script("2", kind="Application/LD+JSON"))

    assert EmailPayload(2, ()) == read_email(raw, "k1")


def test_characters_that_the_charset_does_not_have_are_noted():
    raw = mail(script('"é"'), charset="iso-8859-1", cte="8bit").replace(b"iso-8859-1", b"utf-8")

    payload = read_email(raw, "k1")

    assert "\ufffd" == payload.data
    assert ("some characters of the mail are not valid in its charset",) == payload.notes


def test_a_charset_that_nobody_knows_is_read_as_utf_8():
    raw = mail(script('"é"'), cte="8bit").replace(b'charset="utf-8"', b'charset="x-none"')

    assert "é" == read_email(raw, "k1").data


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n}', 'script 1 of the mail:1:8: a comma is not allowed before "}"'),
        ("", "script 1 of the mail: the payload is empty"),
        ("[NaN]", 'script 1 of the mail:1:2: "NaN" is not a number in JSON'),
        (f'"{"a" * 410_000}"', "the mail: the payload has 410,002 bytes, more than"),
    ],
)
def test_what_no_hook_takes_is_refused(text, message):
    with pytest.raises(PayloadError) as raised:
        read_email(mail(script(text)), "k1")

    assert raised.value.message.startswith(message)


def test_scripts_that_are_too_large_together_are_refused():
    text = json.dumps("a" * 300_000)

    with pytest.raises(PayloadError, match="the mail: the payload has 600,004 bytes"):
        read_email(mail(script(text) + script(text)), "k1")


def test_a_mail_of_endless_parts_is_refused():
    raw = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (part, part)
        for part in range(5000)
    )

    with pytest.raises(PayloadError, match="nested too deeply"):
        read_email(raw, "k1")


HEADERS = st.sampled_from(["Content-Type", "Content-Transfer-Encoding", "MIME-Version"])
WORDS = st.text("text/html;charset=\"utf-8*0'=%?\x00()<>[],\u00e9 ", max_size=40)


@given(st.lists(st.tuples(HEADERS, WORDS)), st.text('<script!-->[]/"=k1{} \x00&#;'))
def test_any_mail_reads_or_is_refused(headers, body):
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    raw = f"Content-Type: text/html\n{head}\n{body}{script(ORDER)}".encode()
    try:
        payload = read_email(raw, "k1")
    except PayloadError:
        return
    assert isinstance(payload, EmailPayload)
