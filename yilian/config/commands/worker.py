"""`yilian worker`: the process that does the jobs: notices, deadlines, papers."""

import argparse

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.preparing import prepare_database
from yilian.config.supervisor import Child, Supervisor
from yilian.kernel.postgres.place import in_use

NAME = "worker"
HELP = gettext_lazy("启动后台任务：时限、消息、文书")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The worker takes no options."""


def run(arguments: argparse.Namespace) -> None:
    """Work until Ctrl-C."""
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        print(_("后台任务已启动。"), flush=True)
        Supervisor(settings.HOME, [worker_child()], settings.PLACE.server()).run()


def worker_child() -> Child:
    """Return the worker process."""
    return Child(role="worker", module="yilian.config.worker_process")
