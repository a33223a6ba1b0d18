"""`claimtrack completion`: the script that lets a shell complete our commands."""

from __future__ import annotations

import click

from claimtrack.cli.arguments import argument
from claimtrack.cli.output import write

SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Completion for a shell.")
@argument("shell", "The shell that is to complete.", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes claimtrack's commands and options in a shell.

    \b
    Examples:
      eval "$(claimtrack completion bash)"
      claimtrack completion fish > ~/.config/fish/completions/claimtrack.fish
    """
    from click.shell_completion import get_completion_class

    made_for = get_completion_class(shell)
    assert made_for is not None  # every one of SHELLS comes with click
    write([made_for(ctx.find_root().command, {}, "claimtrack", "_CLAIMTRACK_COMPLETE").source()])
