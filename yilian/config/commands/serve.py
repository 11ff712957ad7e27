"""`yilian serve`: the web server for real use."""

import argparse
import ipaddress
import os
import socket

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.preparing import prepare_database, prepare_static_files
from yilian.config.supervisor import Child, Supervisor
from yilian.kernel.postgres.place import in_use

NAME = "serve"
HELP = gettext_lazy("启动网站（生产用）；不含后台任务，另用 yilian worker")
STREAMS_POOL = "4"  # sessions are looked at a few at a time
SPARE_CONNECTIONS = 2  # a request uses one connection; the spares cover a thread that is just giving its back


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where to listen and how many processes and threads to use."""
    parser.add_argument("--host", default="127.0.0.1", help=_("监听地址，默认仅本机"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help=_("监听端口"))
    parser.add_argument("--workers", type=int, default=2, help=_("进程数"))
    parser.add_argument(
        "--streams-port", type=int, default=int(os.environ.get("YILIAN_STREAMS_PORT", "0")),
        help=_("实时更新所用端口，仅本机监听；默认为任一空闲端口，0 以下为不启用"),
    )  # fmt: skip
    parser.add_argument("--threads", type=int, default=4, help=_("每个进程的线程数"))


def run(arguments: argparse.Namespace) -> None:
    """Prepare what is missing and serve until Ctrl-C."""
    if settings.DEMO and not is_loopback(arguments.host):
        raise CommandRefused(_("演示数据只允许在本机使用。如确需对外开放，请运行 yilian demo --allow-remote。"))
    refuse_taken_port(arguments.host, arguments.port)
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        prepare_static_files()
        print(_("网站地址：%s") % site_address(arguments.host, arguments.port), flush=True)
        Supervisor(settings.HOME, web_children(arguments), settings.PLACE.server()).run()


def web_children(arguments: argparse.Namespace) -> list[Child]:
    """Return the web process and, unless it is not wanted, the process of the streams beside it."""
    web = web_child(arguments)
    if arguments.streams_port < 0:
        return [web]
    port = arguments.streams_port or free_port()
    web.environment["YILIAN_STREAMS_PORT"] = str(port)
    streams = Child(
        role="streams",
        module="yilian.config.streams_process",
        arguments=[f"--port={port}"],
        environment={"YILIAN_POOL": STREAMS_POOL},
        is_spare=True,
    )
    return [web, streams]


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def web_child(arguments: argparse.Namespace) -> Child:
    """Return the web process; each of its processes gets a pool that its threads cannot exhaust."""
    options = {name: getattr(arguments, name) for name in ("host", "port", "workers", "threads")}
    return Child(
        role="web",
        module="yilian.config.web_process",
        arguments=[f"--{name}={value}" for name, value in options.items()],
        environment={"YILIAN_POOL": str(arguments.threads + SPARE_CONNECTIONS)},
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def site_address(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    return f"http://{'localhost' if is_loopback(host) or host == '0.0.0.0' else host}:{port}/"  # noqa: S104


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandRefused when another program listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandRefused(
                _("无法监听 %(host)s:%(port)s（%(why)s）。请换一个端口，例如 PORT=%(next)s。")
                % {"host": host, "port": port, "why": error.strerror, "next": port + 1}
            ) from error
