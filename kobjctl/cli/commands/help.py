"""`kobjctl help`: the manual, and the help of commands."""

import sys
from typing import Annotated, Any

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import Session, session_of
from kobjctl.model.errors import UnknownNameError

app = group("The manual.")


def _complete(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the topics and the commands, or the commands of the group that was named."""
    from kobjctl.manual import TOPICS

    root = ctx.find_root()
    named = ctx.params.get("words") or []
    command: Any = root.command
    for word in named:
        command = command.get_command(root, word) if hasattr(command, "get_command") else None
    names = command.list_commands(root) if hasattr(command, "list_commands") else []
    known = names if named else dict.fromkeys([*TOPICS, *names])
    return [name for name in known if name.startswith(incomplete)]


@app.command(cls=Command)
def show_help(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC", help="A topic of the manual, or a command.", autocompletion=_complete
        ),
    ] = None,
) -> None:
    """Read the manual, or the help of a command.

    On a terminal, a page longer than the screen opens in $PAGER.

    \b
    Examples:
      kobjctl help
      kobjctl help getting-started
      kobjctl help hook send
    """
    from kobjctl.cli.views.manual import topic_list
    from kobjctl.manual import TOPICS, read_pages

    commands = ctx.find_root().command.list_commands(ctx)  # type: ignore[attr-defined]
    if not words:
        session_of(ctx).show(*topic_list(read_pages()))
    elif (topic := "-".join(words)) in TOPICS:
        _show_topic(session_of(ctx), topic)
        if topic in commands:
            session_of(ctx).say(f"the options of the command: kobjctl {topic} --help")
    elif words[0] in commands:
        _show_command(ctx, words)
    else:
        raise _unknown(" ".join(words), [*TOPICS, *commands])


def _unknown(words: str, known: list[str]) -> UnknownNameError:
    """Return what is said of a topic that is none: what is close, or which pages have the words."""
    from kobjctl.manual import topics_with

    pages = [f"kobjctl help {topic}" for topic in topics_with(words)[:3]] if words else []
    otherwise = f"it is mentioned in {', '.join(pages)}" if pages else "kobjctl help lists topics"
    return UnknownNameError("topic or command", words, known, otherwise=otherwise)


def _show_topic(session: Session, topic: str) -> None:
    from kobjctl.cli.views.manual import page_view
    from kobjctl.manual import read_page

    value, blocks = page_view(read_page(topic))
    if session.json or not session.is_terminal:
        session.show(value, blocks)
        return
    from kobjctl.cli.output.render import page_on_terminal

    page_on_terminal(blocks, sys.stdout)


def _show_command(ctx: typer.Context, words: list[str]) -> None:
    """Do what `--help` after a command does."""
    command: Any = ctx.find_root().command
    with command.make_context("kobjctl", [*words, "--help"]) as root:
        command.invoke(root)
