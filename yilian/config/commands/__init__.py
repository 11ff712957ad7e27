"""The commands of the console script `yilian`, one module each: NAME, HELP, add_arguments(parser), run(arguments)."""

from yilian.config.commands import account, demo, doctor, importing, lake, migrate, serve, stop, worker

COMMANDS = (demo, serve, worker, migrate, importing, account, doctor, lake, stop)
