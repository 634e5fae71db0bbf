"""The command line: parse → call → print. Heavy imports stay inside the commands."""

import sys
import traceback
from collections.abc import Sequence
from typing import cast

import typer

from geo.errors import (
    ArgumentError,
    DataError,
    DeclarationError,
    ForbiddenError,
    GovmapError,
    InputError,
    StoreError,
)
from webmap.cli import atlas, data, planning, reports, serving, sheets, store
from webmap.cli.context import for_terminal
from webmap.cli.hints import with_hint

UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])
"""What typer raises for wrong arguments; it has no public name there, and the methods of this child."""

DONE, BLOCKED, BAD_ARGUMENT, FAULT = 0, 1, 2, 3

app = typer.Typer(
    help="万荣县基层治理一张图：建库、导入、检查、发布。", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
parts = (
    store.commands, data.commands, planning.commands, sheets.commands, atlas.commands, reports.commands,
    serving.commands,
)  # fmt: skip
for part in parts:
    app.registered_commands.extend(part.registered_commands)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 blocked by the data, 2 bad argument or
    unreadable input, 3 a fault of ours. Errors are one line on stderr, ``error[code]: …``.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = app(words, standalone_mode=False)
    except GovmapError as error:
        return _say(
            error.code,
            with_hint(str(error), error.remedy, flags_of(next(iter(words), ""))),
            _status_of(error),
        )
    except UsageError as error:
        return _say(ArgumentError.code, error.format_message(), BAD_ARGUMENT)
    except (KeyboardInterrupt, typer.Abort):
        return _say("interrupted", "已中断，没有改动任何数据。", BAD_ARGUMENT)
    except Exception as error:  # noqa: BLE001 - the outermost frame: any fault still ends in one line and status 3
        print(traceback.format_exc(), file=sys.stderr)  # noqa: T201 - for whoever reports the fault
        return _say(GovmapError.code, f"程序内部错误：{type(error).__name__}: {error}", FAULT)
    return status if isinstance(status, int) else DONE


def commands() -> dict[str, frozenset[str]]:
    """The options of each command."""
    found: dict[str, typer.core.TyperCommand] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return {
        name: frozenset(flag for one in command.params for flag in one.opts)
        for name, command in found.items()
    }


def flags_of(command: str) -> frozenset[str]:
    """The options that a command has; none for a command that there is not."""
    return commands().get(command, frozenset())


def _status_of(error: GovmapError) -> int:
    if isinstance(error, DataError):
        return BLOCKED
    corrigible = (ArgumentError, InputError, DeclarationError, ForbiddenError, StoreError)
    return BAD_ARGUMENT if isinstance(error, corrigible) else FAULT


def _say(code: str, message: str, status: int) -> int:
    line = for_terminal(" ".join(message.split()))
    sys.stderr.write(f"error[{code}]: {line}\n")
    return status
