"""``crmtui help``: a guide for each task."""

from __future__ import annotations

import difflib
import shutil
import sys

import click

from crmtui import guides

_WIDEST = 100


def _topic(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return the topic of ``value``, which may be the unique beginning of a topic."""
    if value is None or value.lower() in guides.TOPICS:
        return value and value.lower()
    found = [topic for topic in guides.TOPICS if topic.startswith(value.lower())]
    if len(found) != 1:
        near = found or difflib.get_close_matches(value, guides.TOPICS)
        meant = f" (did you mean {' or '.join(near)}?)" if near else ""
        raise click.BadParameter(f"There is no guide {value}{meant}. crmtui help lists them.")
    return found[0]


@click.command("help")
@click.argument("topic", callback=_topic, required=False)
def help_(topic: str | None) -> None:
    """Print the guide on TOPIC, or list the guides.

    There is a guide for each task: first-look, standby, failed-resource, move, new-service, fencing,
    undo, ssh, states, keys, settings; and a reference each of exit-status and json.

    In a pipe the output is plain Markdown.
    """
    if topic is None:
        for guide in guides.every():
            click.echo(f"crmtui help {guide.topic:<16} {guide.title}")
        click.echo("\nOptions and commands: crmtui --help. A check of this machine: crmtui doctor.")
        return
    text = guides.read(topic).text
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    width = min(_WIDEST, shutil.get_terminal_size().columns)
    Console(width=width).print(Markdown(text, code_theme="ansi_dark"))
