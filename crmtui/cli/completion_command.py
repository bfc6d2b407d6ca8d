"""``crmtui completion``: scripts by which a shell completes options and commands of crmtui."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "fish", "zsh")
_ONCE, _ALWAYS = "$zsh_eval_context[-1] == loadautofunc", "$funcstack[1] == _crmtui"
"""Two tests that zsh is loading click's script from a folder. Click's own holds for the first Tab only
(seen with click 8.5 and zsh 5.9); the other one holds for every Tab."""


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> None:
    """Print the script by which a SHELL completes options and commands of crmtui.

    \b
    bash: crmtui completion bash > /etc/bash_completion.d/crmtui
    zsh:  crmtui completion zsh > /usr/share/zsh/site-functions/_crmtui
    fish: crmtui completion fish > /usr/share/fish/vendor_completions.d/crmtui.fish
    """  # noqa: D301 - click needs the character itself
    program = click.get_current_context().find_root()
    made = get_completion_class(shell)
    assert made is not None
    complete = made(program.command, {}, "crmtui", "_CRMTUI_COMPLETE")
    click.echo(complete.source().replace(_ONCE, _ALWAYS))
