"""`yilian stop`: ends whatever of this installation still runs, and nothing else."""

import argparse

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.process_record import Process, Records

NAME = "stop"
HELP = gettext_lazy("停止本安装的全部进程，包括内置数据库")
ROLES = (
    "supervisor",
    "web",
    "streams",
    "worker",
)  # a supervisor stops its children; the rest it left behind
PATIENCE = 25.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Stopping takes no options."""


def run(arguments: argparse.Namespace) -> None:
    """End the recorded processes and the embedded server."""
    ended = stop_processes()
    server = settings.PLACE.server()
    if server and server.pid() is not None:
        server.stop()
        ended.append("PostgreSQL")
    print(_("已停止：%s") % _("、").join(ended) if ended else _("没有正在运行的进程。"))


def stop_processes() -> list[str]:
    """End every recorded process that still lives; return what was ended."""
    records, ended = Records(settings.HOME), []
    for role in ROLES:
        for process in records.living(role):
            process.end(PATIENCE)
            ended.append(_name(role, process))
    return ended


def _name(role: str, process: Process) -> str:
    return f"{role} ({process.pid})"
