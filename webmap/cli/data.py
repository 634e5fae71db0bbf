"""Commands on data: import, check, template, photo."""

import typer

commands = typer.Typer()
