"""What holds of every action whatever it is given."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import carry_out
from kobjctl.model.errors import KobjctlError, PlatformError

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
IDS = st.sampled_from([f"{number:024x}" for number in range(16)])
NAMES = st.sampled_from(
    ["aStr", "aNum", "anAt", "aBool", "aUrl", "parentId", "aTree", "sizeStr", "a"]
)
LIKELY = {
    "id": IDS,
    "identifier": IDS,
    "customer": IDS,
    "company": IDS,
    "klassName": st.sampled_from(["order", "nps", "customer", "gone"]),
    "title": st.just("Order"),
    "data": st.dictionaries(st.text(max_size=3), JSON, max_size=2),
    "email": st.sampled_from(["ada@example.com", "new@example.com", "nope"]),
    "phone": st.sampled_from(["+15551234567", "+49301234567", 5]),
    "externalId": st.sampled_from(["shop-1", "o-1", "new"]),
    "emails": st.lists(
        st.sampled_from(["a@b", {"email": "A@b"}, {"email": "c@d", "type": 5}, 5, {}])
    ),
    "phones": st.lists(st.sampled_from(["123", {"phone": "+1 2"}, {"phone": None}, [], None])),
    "externalIds": st.lists(st.sampled_from(["a", {"externalId": "a"}, {"externalId": 5}, {}])),
    "whatsapps": st.lists(st.sampled_from(["a", {"phone": "a"}, {"phone": {}}, 5])),
    "socials": st.lists(
        st.fixed_dictionaries(
            {"type": st.sampled_from(["twitter", 5, None]), "username": st.sampled_from(["a", {}])}
        )
        | JSON,
        max_size=3,
    ),
    "tags": st.lists(st.sampled_from(["a", "b", 5, {}, [], None]), max_size=3),
    "images": st.lists(st.sampled_from(["https://a.b/c", 5, {}]), max_size=3),
    "eventName": st.sampled_from(["my.event", "kustomer.customer.create"]),
    "workflowId": st.just("673e81eb496bbd0347073e76"),
    "runAt": st.fixed_dictionaries(
        {
            "type": st.sampled_from(["relative", "absolute", "cron"]),
            "value": st.sampled_from([0, 60, -1, "90", "2026-01-02T03:04:05Z", 1e300]) | JSON,
        }
    ),
    "uri": st.sampled_from(["https://a.example/b?c=d", "http://[::1]:8080", "file:///etc/passwd"]),
    "method": st.sampled_from(["post", "GET", "steal"]),
    "headers": st.dictionaries(st.sampled_from(["a", "Host", "b c"]), JSON, max_size=2),
    "custom": st.dictionaries(NAMES, JSON | IDS, max_size=3),
    "mixins": st.lists(st.sampled_from(["editable", "a", {}, None])),
    "Text": st.text(st.characters(exclude_categories=["Cs"])),
    "testString": st.sampled_from(["Order 7", "", {"a": 7}]),
    "regex": st.sampled_from([".*", r"\d+", "(", "x"]),
    "conversation": IDS,
    "facebookId": st.sampled_from(["f-42", "t-42"]),
    "instagramId": st.sampled_from(["i-42", "t-42"]),
    "twitterId": st.sampled_from(["t-42", "eve"]),
    "whatsapp": st.sampled_from(["whatsapp:+4915", "+4915"]),
    "source": IDS,
    "target": IDS,
    "team": IDS | st.lists(IDS, max_size=2),
    "user": IDS | st.lists(IDS, max_size=2),
    "name": st.sampled_from(["vip", "Acme Inc", "refund", "order", "customer", "a b", "x" * 300]),
    "body": st.just("Hi"),
    "channel": st.sampled_from(["email", "chat", "pigeon"]),
    "app": st.just("postmark"),
    "status": st.sampled_from(["open", "done", "snoozed", "sent", "enabled", "off"]),
    "priority": st.sampled_from([1, 5, 2.5, "3", 1e300]),
    "queue": IDS | st.fixed_dictionaries({"id": IDS}),
    "userMentions": st.lists(IDS | st.fixed_dictionaries({"user": JSON}), max_size=2),
    "assignedUsers": st.lists(IDS | JSON, max_size=3),
}


def value_of(param):
    return LIKELY.get(param.name, JSON) | JSON


@st.composite
def params_of(draw, action):
    """Give params of an action: those it requires, mostly likely ones, and up to three others."""
    declared = ACTIONS[action].params
    given = {param.name: draw(LIKELY[param.name]) for param in declared if param.required}
    others = [param for param in declared if not param.required]
    for param in draw(st.lists(st.sampled_from(others), max_size=3)) if others else ():
        given[param.name] = draw(value_of(param))
    if declared and draw(st.integers(0, 5)) == 0:
        spoiled = draw(st.sampled_from(declared))
        given[spoiled.name] = draw(JSON)
    return given


def attempt(action, params, engine):
    """Perform an action and undo it; give what it gave, or what it was refused with."""
    engine.org.store.begin()
    try:
        return carry_out(ACTIONS[action], params, engine.context(0, 1))
    except PlatformError as refusal:
        return refusal.as_json(), [refusal.message]
    except KobjctlError as failure:
        return {}, [failure.message]
    finally:
        engine.org.store.rollback()


@pytest.mark.parametrize("name", ACTIONS)
def test_any_params_are_taken_or_refused_as_the_platform_would(name, engine, perform, org):
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(params_of(name))
    def check(params):
        before = json.dumps(params)

        output, warnings = attempt(name, params, engine)

        assert output == json.loads(json.dumps(output))
        assert "title" not in output or output.get("status", 400) in (400, 404, 409)
        assert all(isinstance(each, str) and each for each in warnings)
        assert before == json.dumps(params)

    check()
