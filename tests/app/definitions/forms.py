"""Documents as the platform gives them out, with anything in them that it may ever add."""

from hypothesis import strategies as st

from kobjctl.model.app import full_name

# What SQLite and JSON can keep: any character but halves of surrogate pairs.
# An expression would be judged, too.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).filter(
    lambda text: not text.startswith("/#") and "{{" not in text
)
# Numbers are doubles, and beyond 2^53 those of whole numbers are written as JavaScript does, with
# zeros where they have other digits: to Python that is another number.
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: not 2**53 < abs(number) < 1e21
)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(texts, values, max_size=3)
names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
ids = st.from_regex(r"[0-9a-f]{24}", fullmatch=True)
KNOWN_KEYS = frozenset(
    [
        "_id",
        "action",
        "actions",
        "app",
        "appVersion",
        "appSettings",
        "attributes",
        "callable",
        "condition",
        "data",
        "default",
        "defaultValue",
        "description",
        "displayEventName",
        "displayName",
        "enabled",
        "enumeration",
        "errorCases",
        "eventName",
        "hook",
        "hooks",
        "icon",
        "color",
        "id",
        "inputSchema",
        "inputTemplate",
        "key",
        "klasses",
        "mixins",
        "metadata",
        "meta",
        "multi",
        "name",
        "op",
        "outputTemplate",
        "params",
        "properties",
        "response",
        "schema",
        "secret",
        "settings",
        "standard",
        "status",
        "steps",
        "target",
        "title",
        "transitions",
        "tree",
        "trigger",
        "triggers",
        "type",
        "values",
        "version",
        "workflows",
        "array",
        "relationships",
    ]
)
unknown = st.dictionaries(texts.filter(lambda key: key not in KNOWN_KEYS), values, max_size=2)


def also(fixed, **optional):
    """Give objects with these keys, perhaps with others that nobody knows."""
    known = st.fixed_dictionaries(fixed, optional=optional)
    return st.builds(lambda others, own: {**others, **own}, unknown, known)


conditions = st.recursive(
    also({"op": st.just("eq"), "values": st.lists(values, min_size=2, max_size=2)})
    | also({"op": st.just("gt"), "values": st.lists(numbers, min_size=2, max_size=2)})
    | also({"op": st.just("exists"), "values": st.lists(values, min_size=1, max_size=2)}),
    lambda inner: also(
        {"op": st.sampled_from(["and", "or"]), "values": st.lists(inner, min_size=1, max_size=2)}
    ),
    max_leaves=3,
)


def transitions(targets):
    """Give lists of ways to steps that come later, so that there is no loop."""
    if not targets:
        return st.just([])
    way = also({"target": st.sampled_from(targets), "condition": conditions}, meta=objects)
    return st.lists(way, max_size=2)


def steps(step_ids):
    """Give steps with these ids."""
    return st.tuples(
        *(
            also(
                {
                    "id": st.just(step_id),
                    "transitions": transitions(step_ids[place + 1 :]),
                    "errorCases": transitions(step_ids[place + 1 :]),
                },
                action=st.just("kustomer.customer.find"),
                appVersion=texts,
                params=objects,
                meta=st.dictionaries(st.just("displayName"), texts),
            )
            for place, step_id in enumerate(step_ids)
        )
    ).map(list)


@st.composite
def workflows(draw, name=names, actions=(), **more):
    """Give a workflow without sugar."""
    step_ids = draw(st.lists(names.map(lambda word: f"s{word}"), max_size=3, unique=True))
    events = st.sampled_from(["kustomer.conversation.create", "kustomer.app.a_b.c"])
    fixed = {"id": st.just("1"), "transitions": transitions(step_ids)}
    trigger = draw(
        also({**fixed, "eventName": events}, appVersion=texts, meta=objects)
        | also({**fixed, "callable": st.just(True)}, schema=objects)
    )
    whole = also(
        {"name": name, "description": texts | st.none(), **more},
        enabled=st.booleans(),
        rev=st.integers(0, 99),
        response=objects,
        meta=objects,
    )
    return {**draw(whole), "trigger": trigger, "steps": draw(steps(step_ids))}


def envelopes(body, kind="workflow"):
    """Give the resource of the API that holds a body as its attributes."""
    return also(
        {"type": st.just(kind), "id": ids, "attributes": body},
        relationships=objects,
        links=objects,
    )


def lists(items, name_of):
    """Give lists in which no two have one name."""
    return st.lists(items, min_size=1, max_size=3, unique_by=name_of)


def name_in(item):
    """Give the name of a workflow in any form."""
    item = item.get("data", item)
    return item.get("attributes", item)["name"]


def id_in(item):
    """Give the id of a workflow in any form; its name, which is no id, where it has none."""
    item = item.get("data", item)
    return item.get("attributes", item).get("id") or item.get("id") or name_in(item)


WORKFLOW = (name_in, id_in)


bare = workflows() | workflows(id=ids)
enveloped = envelopes(bare)
answers = also({"data": enveloped}, links=objects, meta=objects)
listed = also({"data": lists(enveloped, WORKFLOW)}, links=objects, meta=objects)
bare_lists = lists(bare | enveloped | answers, WORKFLOW)

attributes = st.dictionaries(
    st.from_regex(r"[a-z]{1,5}(Str|Num)", fullmatch=True),
    also({}, displayName=texts, multi=st.booleans()),
    max_size=2,
)
klasses = also(
    {"name": names.map(lambda word: f"k{word}")},
    displayName=texts,
    icon=texts,
    metadata=also({"properties": attributes}),
    mixins=values,
)


@st.composite
def apps(draw):
    """Give an app definition, whose name or parts may have the id of an org."""
    suffix = draw(st.just("") | ids.map(lambda org: f"_{org}"))
    app = f"a{draw(st.from_regex(r'[a-z_]{1,6}', fullmatch=True))}{suffix}"
    own = names.map(lambda word: full_name(app, word)) | names
    events = names.map(lambda word: full_name(app, word))
    settings = st.dictionaries(
        names,
        st.dictionaries(
            names, also({"type": st.sampled_from(["string", "secret"])}, defaultValue=values)
        ),
        max_size=2,
    )
    definition = also(
        {"app": st.just(app), "version": st.just("1.0.0"), "title": texts},
        settings=settings,
        klasses=lists(klasses, lambda each: each["name"].casefold()),
        hooks=lists(
            also(
                {"eventName": events, "type": st.sampled_from(["form", "web"])}, description=texts
            ),
            lambda each: each["eventName"],
        ),
        actions=lists(
            also(
                {"name": own, "type": texts.filter(bool)},
                inputTemplate=objects | st.none(),
                appSettings=st.just({}),
            ),
            lambda each: full_name(app, each["name"]),
        ),
        triggers=lists(
            also({"eventName": own}, outputTemplate=values),
            lambda each: full_name(app, each["eventName"]),
        ),
        workflows=lists(bare, WORKFLOW),
    )
    drawn = draw(definition)
    # Without any of its parts it could not be told from any other object.
    return (
        drawn
        if drawn.keys() & {"klasses", "hooks", "workflows", "actions"}
        else {**drawn, "klasses": []}
    )
