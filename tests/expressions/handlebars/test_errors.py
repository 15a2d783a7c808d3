"""What is said of a template that can't be read or rendered, and where."""

import pytest

from kobjctl.expressions.handlebars import TemplateError, compile_template
from kobjctl.model.errors import KobjctlError


def fault(text, context=None, **roots):
    with pytest.raises(TemplateError) as caught:
        compile_template(text).render(roots, context)
    return caught.value


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("{{", (1, 1), "the tag is not closed"),
        ("ab\n c {{a", (2, 4), "the tag is not closed"),
        ("x {{a (b", (1, 3), "the tag is not closed"),
        ("{{#a}}{{/", (1, 7), "the tag is not closed"),
        ("{{a b=", (1, 1), "the tag is not closed"),
        ("{{a }", (1, 5), '"}" is not allowed here'),
        ("{{a}}}", (1, 4), '"}}}" is not allowed here'),
        ("{{a b.}}", (1, 1), 'missing helper: "a"'),
        ("{{}}", (1, 3), '"}}" is not allowed here'),
        ("a\r\nb\rc{{#x}}", (3, 2), "the block is not closed"),
        ("{{#a}}{{else}}", (1, 1), "the block is not closed"),
        ("{{#a}}{{/b}}", (1, 7), 'close the block "a" of line 1 first'),
        ("{{#a}}\n{{#b}}\n{{/a}}", (3, 1), 'close the block "b" of line 2 first'),
        ("{{/a}}", (1, 1), "this closing tag has no opening tag"),
        ("x{{else}}", (1, 2), '"else" is only allowed inside a block'),
        ("x{{else if y}}", (1, 2), '"else" is only allowed inside a block'),
        ("{{#a}}{{else}}{{else}}{{/a}}", (1, 15), '"{{else}}" is not allowed here'),
        ("{{a.b/..}}", (1, 3), '".." is only allowed at the start of a path'),
        ("{{a.this}}", (1, 3), '"this" is only allowed at the start of a path'),
        ("{{a(b)}}", (1, 4), '"(" is not allowed here'),
        ("{{a %}}", (1, 5), '"%" is not allowed here'),
        ("{{a 'b}}", (1, 5), "the text is not closed"),
        ('{{a "b}}', (1, 5), "the text is not closed"),
        ("{{[a}}", (1, 3), "the bracket is not closed"),
        ("{{! a", (1, 1), "the comment is not closed"),
        ("{{!-- a }}", (1, 1), "the comment is not closed"),
        ("\\{{a}} {{b '{{c'", (1, 8), "the tag is not closed"),
        ("{{{{a}}}} b", (1, 10), "the raw block is not closed"),
        ("{{{{a}}}}{{{{/b}}}}", (1, 10), 'close the block "a" of line 1 first'),
        ("a\0{{b}}", (1, 2), "a NUL character can't be in a template"),
        ("\\{{a}} \0", (1, 8), "a NUL character can't be in a template"),
        ("{{{{a}}}}b\0{{{{/a}}}}", (1, 11), "a NUL character can't be in a template"),
        ("{{> part}}", (1, 1), "partials can't be used in a workflow"),
        ("{{#> part}}{{/part}}", (1, 1), "partials can't be used in a workflow"),
        ("{{* part}}", (1, 1), "decorators can't be used in a workflow"),
        ("{{#*inline}}{{/inline}}", (1, 1), "decorators can't be used in a workflow"),
        ("{{#each a as |[b]|}}{{/each}}", (1, 11), "a block parameter can't be in brackets"),
        ("{{a\n  b=}}", (2, 5), '"}}" is not allowed here'),
    ],
)
def test_a_template_that_cannot_be_read_is_refused_with_its_place(text, place, message):
    error = fault(text)

    assert (place, message) == ((error.line, error.column), error.message)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('x {{nobody "y"}}', 3, 'missing helper: "nobody"'),
        ("{{#if (no.body 1)}}{{/if}}", 7, 'missing helper: "no.body"'),
        ("{{steps x=1}}", 1, '"steps" is a value, not a helper'),
        ("{{toLower}}{{toLower 1 2}}", 12, '"toLower" needs 1 value'),
        ("{{#if}}{{/if}}", 1, '"if" needs 1 value'),
        ("{{join}}{{join 1 2 3}}", 9, '"join" needs 1 or 2 values'),
        ("{{randomId 1}}", 1, '"randomId" needs no values'),
        ("{{and x=1}}", 1, '"and" needs at least 1 value'),
        ("{{if 1}}", 1, '"if" is a block: write {{#if ...}}'),
        ("{{math 1 '^' 2}}", 1, 'math knows + - * / %, not "^"'),
        ("{{math 1 (math 1 2 3) 2}}", 10, 'math knows + - * / %, not "2"'),
        ("{{numberFormat 1 decimals=21}}", 1, "numberFormat gives 0 to 20 decimals"),
        ("{{#each l}}{{json this}}{{/each}}", 12, "the value is nested too deeply"),
        ("{{randomId size=1001}}", 1, "randomId makes at most 1,000 characters"),
        ("{{#if 1 as |x|}}{{x}}{{/if}}", 19, '"x" has no value: the helper of its block '),
        ("{{math 1 'a\n  b' 2}}", 1, 'math knows + - * / %, not "a b"'),
        ("{{[a\nb] 1}}", 1, 'missing helper: "[a b]"'),
        ("{{" + "n" * 99 + " 1}}", 1, 'missing helper: "' + "n" * 60 + '…"'),
        ("{{helperMissing}}", 1, 'missing helper: "helperMissing"'),
    ],
)
def test_a_call_that_fails_has_its_place(text, column, message, context):
    deep = []
    for _ in range(1_000):
        deep = [deep]

    error = fault(text, context, steps={"1": {}}, l=[deep])

    assert (1, column) == (error.line, error.column)
    assert error.message.startswith(message)


@pytest.mark.parametrize(
    "text", ["{{#if x}}{{nobody 1}}{{/if}}", "{{#if x}}{{toLower 1 2}}{{/if}}"]
)
def test_a_wrong_call_fails_only_where_it_is_reached(text, render):
    assert "" == render(text)
    with pytest.raises(TemplateError):
        render(text, x=1)


def test_what_will_fail_is_known_before():
    template = compile_template("{{a}}\n{{b 1}}{{#if}}{{/if}}{{toLower (c 1)}}{{d x=1}}")

    problems = [(problem.line, problem.column, problem.message) for problem in template.problems]

    assert [
        (2, 1, 'missing helper: "b"'),
        (2, 8, '"if" needs 1 value'),
        (2, 32, 'missing helper: "c"'),
    ] == problems
    assert ["b", None, "c"] == [problem.helper for problem in template.problems]


def test_no_more_than_a_hundred_problems_are_told():
    assert 100 == len(compile_template("{{b 1}}" * 101).problems)


def test_a_block_that_is_not_closed_comes_with_the_tag_that_closes_it():
    assert 'end it with "{{/a.b}}"' == fault("{{#a.b c}}").hint


def test_an_unknown_helper_comes_with_the_name_that_was_meant():
    assert 'did you mean "toLower"?' == fault("{{tolower 1}}").hint


def test_an_error_is_one_of_ours():
    error = fault("{{")

    assert isinstance(error, KobjctlError)
    assert "the tag is not closed" == str(error)


@pytest.mark.parametrize("depth", [98, 100])
def test_tags_nest_a_hundred_levels_deep(depth, render):
    text = "{{#if x}}" * depth + "{{x}}" + "{{/if}}" * depth

    assert "1" == render(text, x=1)


def test_a_value_nests_a_hundred_levels_deep(render):
    assert "false" == render("{{not " + "(not " * 99 + "0" + ")" * 99 + "}}")


@pytest.mark.parametrize(
    "text",
    [
        "{{#if x}}" * 101 + "{{/if}}" * 101,
        "{{#if x}}" * 40_000,
        "{{#if x}}" + "{{else if x}}" * 101 + "{{/if}}",
        "{{not " + "(not " * 101 + "0" + ")" * 101 + "}}",
        "{{not " + "(not " * 15_000,
    ],
)
def test_nesting_deeper_is_refused(text):
    assert fault(text[:90_000]).message == "tags and values are nested deeper than 100 levels"


def test_a_template_has_a_hundred_thousand_characters_at_most():
    assert "a" * 100_000 == compile_template("a" * 100_000).render({}, None)
    assert "the template is longer than 100,000 characters" == fault("a" * 100_001).message


LIST = list(range(3000))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("{{#each l}}{{#each ../l}}{{this}}{{/each}}{{/each}}", "1,000,000 steps"),
        ("{{#each l}}" + "{{@../index}}" * 400 + "{{/each}}", "1,000,000 steps"),
        ("{{#each l}}{{../t" + ".0" * 400 + "}}{{/each}}", "1,000,000 steps"),
        ("{{#each l}}{{#if (toLower ../t)}}{{/if}}{{/each}}", "1,000,000 steps"),
        ("{{#each l}}{{#if (join ../l)}}{{/if}}{{/each}}", "1,000,000 steps"),
        ("{{#each l}}{{#if (json @root)}}{{/if}}{{/each}}", "1,000,000 steps"),
        ("{{#each l}}{{#with ../l}}{{#each this}}{{../x}}{{/each}}{{/with}}{{/each}}", "steps"),
        ("{{#each l}}{{../t}}{{/each}}", "10,000,000 characters"),
        ("{{#each l}}{{{../t}}}{{/each}}", "10,000,000 characters"),
        ("{{{t}}}{{{t}}}" * 100, "10,000,000 characters"),
        ("{{#each l}}" + "x" * 5000 + "{{/each}}", "10,000,000 characters"),
        ("{{replace t 'x' t}}", "10,000,000 characters"),
        ("{{join l t}}", "10,000,000 characters"),
    ],
)
def test_what_would_take_too_long_or_too_much_is_refused(text, limit, context):
    assert limit in fault(text, context, l=LIST, t="x" * 400_000).message
