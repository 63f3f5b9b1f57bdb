"""The `backline` command. Each subcommand imports what it needs, so that the supervisor stays small."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date

Command = Callable[[argparse.Namespace], int]

EPILOG = "Settings come from the environment (BACKLINE_PORT, BACKLINE_DATA, ...): see docs/settings.md."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        return _manage(given[1:])
    options = _parser().parse_args(given)
    command: Command = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backline", description="Runs and looks after Backline.", epilog=EPILOG
    )
    commands = parser.add_subparsers(title="commands", metavar="command", required=True)
    run = _add(commands, "run", _run, "start everything: databases, demo world, web server and worker")
    prepare = _add(
        commands, "prepare", _prepare, "bring the databases and static files up to date; make the demo world"
    )
    for command in (run, prepare):
        command.add_argument("--empty", action="store_true", help="without the demo world")
    _add(commands, "web", _web, "only the web server (after `prepare`)")
    _add(commands, "worker", _worker, "only the worker: audio, listens, money, standing")
    _add(commands, "migrate", _migrate, "bring both stores up to date")
    _add_demo(commands)
    _add_money(commands)
    _add_listening(commands)
    _add(commands, "numbers", _numbers, "print docs/numbers.md: every metric and what counts towards it")
    # Answered in `main`, listed here for --help.
    commands.add_parser("manage", help="Django's own commands, such as `backline manage changepassword`")
    return parser


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser("demo", help="the demo world: build, signins, status")
    parts = demo.add_subparsers(title="commands", metavar="command", required=True)
    build = _add(parts, "build", _demo_build, "make the demo world in an empty installation")
    build.add_argument(
        "--small", action="store_true", help="the cast with a handful of beats, in a few seconds"
    )
    signins = _add(parts, "signins", _demo_signins, "who can sign in, with which password")
    signins.add_argument("--json", action="store_true", help="with tokens and handles, for programs")
    _add(parts, "status", _demo_status, "how far the demo world and its audio are")


def _add_money(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = _add(commands, "explain", _explain, "how a statement came about, day by day, recomputed")
    explain.add_argument("statement", type=_statement, help="its reference (ST-2026-10-EUR-0147) or number")
    check = _add(commands, "check", _check, "whether every invariant of money holds")
    check.add_argument("--json", action="store_true", help="for programs")
    simulate = _add(commands, "simulate", _simulate, "a closed month under each pool rule, as CSV")
    simulate.add_argument("month", type=_month, help="YYYY-MM")


def _add_listening(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listening = commands.add_parser(
        "listening", help="the listening store: rebuild, seal, restore, copy, ddl"
    )
    parts = listening.add_subparsers(title="commands", metavar="command", required=True)
    rebuild = _add(parts, "rebuild", _rebuild, "judge and count the logs again while serving goes on")
    rebuild.add_argument("--from", dest="from_day", metavar="DAY", type=date.fromisoformat, help="YYYY-MM-DD")
    seal = _add(parts, "seal", _seal, "write the log of a month that is over to a Parquet file")
    seal.add_argument("--drop", action="store_true", help="and remove its rows from the store")
    restore = _add(parts, "restore", _restore, "bring the rows of a sealed month back from its file")
    for part in (seal, restore):
        part.add_argument("--month", type=_month, required=True, help="YYYY-MM")
    copy = _add(parts, "copy", _copy, "copy the listening store into another, empty one")
    copy.add_argument(
        "--to", metavar="URL", required=True, help="the address of the other one, as LISTENING_URL"
    )
    ddl = _add(parts, "ddl", _ddl, "print the tables of a ClickHouse listening store")
    ddl.add_argument("--cluster", metavar="NAME", default="", help="on all servers of a cluster")


def _statement(text: str) -> int:
    from backline.domain.references import statement_number

    number = statement_number(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text} is neither the reference nor the number of a statement")
    return number


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command, summary: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=EPILOG
    )
    parser.set_defaults(command=command)
    return parser


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")
    import django

    django.setup()


def _run(options: argparse.Namespace) -> int:
    from backline.run import run

    return run(empty=options.empty)


def _prepare(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.prepare import prepare

    return prepare(with_demo=not options.empty)


def _web(_options: argparse.Namespace) -> int:
    from backline.run import CannotStart, place, web_command

    try:
        command = web_command(place())
    except CannotStart as problem:
        return _refuse(str(problem))
    os.execv(command[0], command)


def _worker(_options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.worker import work

    return work()


def _migrate(_options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.prepare import migrate

    migrate()
    return 0


def _demo_build(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.prepare import build_demo, migrate

    migrate()
    return build_demo(size="small" if options.small else "full")


def _demo_signins(options: argparse.Namespace) -> int:
    from backline import signins
    from backline.run import CannotStart, place

    try:
        here = place()
    except CannotStart as problem:
        return _refuse(str(problem))
    found = signins.read(here.data)
    if not found:
        return _refuse(f"there is no demo world in {here.data}; `backline demo build` makes one.")
    print(json.dumps(found, indent=2) if options.json else signins.as_text(found, address=here.address))
    return 0


def _demo_status(_options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.demo.build import status

    print(status())
    return 0


def _explain(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.money.commands import run_explain

    return run_explain(options.statement)


def _check(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.money.commands import run_check

    return run_check(as_json=options.json)


def _simulate(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.money.commands import run_simulate

    return run_simulate(options.month)


def _rebuild(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.listening.commands import run_rebuild

    return run_rebuild(options.from_day)


def _copy(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.listening.commands import run_copy

    return run_copy(options.to)


def _ddl(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.listening.commands import run_ddl

    return run_ddl(options.cluster)


def _seal(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.listening.commands import run_seal

    return run_seal(options.month, drop=options.drop)


def _restore(options: argparse.Namespace) -> int:
    _set_up_django()
    from backline.listening.commands import run_restore

    return run_restore(options.month)


def _numbers(_options: argparse.Namespace) -> int:
    from backline.domain.metrics.document import as_markdown

    print(as_markdown(), end="")
    return 0


def _manage(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backline.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["backline manage", *arguments])
    return 0


def _refuse(sentence: str) -> int:
    print(f"backline: {sentence}", file=sys.stderr)
    return 1
