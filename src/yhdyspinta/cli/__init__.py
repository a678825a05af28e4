"""The front door for the terminal: ``yhdyspinta COMMAND``.

Commands are imported when they are called, so that ``check`` and ``status --facts`` answer without starting Django.
Data goes to standard output, talk to standard error. Exit 0: done; 1: what was looked at has faults; 2: the call is
wrong.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

COMMANDS = {
    "check": "yhdyspinta.cli.agreement:check",
    "status": "yhdyspinta.cli.agreement:status",
    "duties": "yhdyspinta.cli.agreement:duties",
    "compare": "yhdyspinta.cli.agreement:compare",
    "schema": "yhdyspinta.cli.agreement:schema",
    "new": "yhdyspinta.cli.new:new",
    "simulate": "yhdyspinta.cli.simulate:simulate",
    "load": "yhdyspinta.cli.database:load",
    "attach-text": "yhdyspinta.cli.database:attach_text",
    "demo": "yhdyspinta.cli.database:demo",
    "createadmin": "yhdyspinta.cli.database:createadmin",
    "appoint": "yhdyspinta.cli.installation:appoint",
    "dismiss": "yhdyspinta.cli.installation:dismiss",
    "closeaccount": "yhdyspinta.cli.installation:closeaccount",
    "publicity": "yhdyspinta.cli.installation:publicity",
    "import": "yhdyspinta.cli.database:import_",
    "export": "yhdyspinta.cli.database:export",
    "backup": "yhdyspinta.cli.database:backup",
    "restore": "yhdyspinta.cli.database:restore",
    "verify": "yhdyspinta.cli.database:verify",
    "serve": "yhdyspinta.cli.serve:serve",
    "worker": "yhdyspinta.cli.worker:worker",
    "task": "yhdyspinta.cli.worker:task",
    "manage": "yhdyspinta.cli.serve:manage",
}


class Door(click.Group):
    """A group whose commands are imported only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's
        """Return a command by its name, or None."""
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="yhdyspinta")
def door() -> None:
    """Yhdyspinta: the living agreement."""


def main() -> None:
    """Run the command line; a wrong call is told in one line and ends with 2.

    Whatever a command or the server writes is its owner's alone, in whatever folder it is put.
    """
    os.umask(0o077)
    try:
        code = door(prog_name="yhdyspinta", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.UsageError as error:
        name = error.ctx.command_path if error.ctx else "yhdyspinta"
        click.echo(f"{name}: {' '.join(error.format_message().split())}", err=True)
        code = 2
    except click.ClickException as error:
        click.echo(f"yhdyspinta: {error.format_message()}", err=True)
        code = error.exit_code
    except click.Abort:
        click.echo("yhdyspinta: stopped", err=True)
        code = 130
    except BrokenPipeError:
        code = 141
    sys.exit(code if isinstance(code, int) else 0)
