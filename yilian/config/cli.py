"""The console script `yilian`: one command for each thing an installation needs."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

import django
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.config.messages import compile_messages

INTERRUPTED = 130  # what shells report after Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. A known failure is printed as a sentence, without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    compile_messages()
    try:
        django.setup()
    except ValueError as error:  # an address or a number in the environment that cannot be read
        return _say(str(error))
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    with translation.override(console_language()):
        from yilian.config.commands import COMMANDS
        from yilian.config.commands.failure import FAILURES

        chosen = _parser(COMMANDS).parse_args(arguments)
        try:
            return chosen.run(chosen) or 0
        except FAILURES as error:
            return _say(str(error))
        except KeyboardInterrupt:
            return INTERRUPTED


def console_language() -> str:
    """Return the language the console speaks: Chinese in a Chinese terminal, else English."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-hans" if wanted.startswith("zh") else "en"


def _parser(commands: Sequence[object]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yilian", description=_("医联：医联体协同平台"))
    choices = parser.add_subparsers(required=True, metavar=_("命令"))
    for command in commands:
        part = choices.add_parser(command.NAME, help=str(command.HELP), description=str(command.HELP))  # type: ignore[attr-defined]
        command.add_arguments(part)  # type: ignore[attr-defined]
        part.set_defaults(run=command.run)  # type: ignore[attr-defined]
    return parser


def _leave(number: int, frame: object) -> None:
    """End in good order: what was started for this command is stopped on the way out."""
    raise SystemExit(128 + number)


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
