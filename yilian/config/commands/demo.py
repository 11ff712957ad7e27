"""`yilian demo`: everything at once, with the fictional city of Jiangcheng, on this machine only."""

import argparse
import os
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings
from django.core.management import call_command, get_commands
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.commands.failure import CommandRefused
from yilian.config.commands.serve import add_arguments as add_server_arguments
from yilian.config.commands.serve import is_loopback, refuse_taken_port, site_address, web_children
from yilian.config.commands.stop import stop_processes
from yilian.config.commands.worker import worker_child
from yilian.config.preparing import prepare_database, prepare_static_files
from yilian.config.supervisor import Supervisor
from yilian.kernel.postgres.place import in_use

NAME = "demo"
HELP = gettext_lazy("演示：数据库、示范城市、网站、后台任务，一条命令")
CITY = "load_demo_city"
PASSWORD = "yilian-demo"  # noqa: S105 - printed for everybody: demo data on this machine only
ACCOUNTS = {
    "township": gettext_lazy("乡镇卫生院医生"),
    "county": gettext_lazy("县医院医生"),
    "city": gettext_lazy("市医院医生"),
    "reception": gettext_lazy("市医院转诊办公室"),
    "office": gettext_lazy("医联体办公室"),
    "authority": gettext_lazy("卫生健康行政部门"),
    "stranger": gettext_lazy("联盟外医院"),
}
START_PATIENCE = 120.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the size of the city, and what `serve` takes."""
    add_server_arguments(parser)
    parser.add_argument("--scale", type=int, default=1, help=_("示范城市的规模倍数"))
    parser.add_argument("--allow-remote", action="store_true", help=_("允许其他机器访问演示数据"))


def run(arguments: argparse.Namespace) -> None:
    """Start all parts, print address and accounts, and stay until Ctrl-C."""
    if not is_loopback(arguments.host) and not arguments.allow_remote:
        raise CommandRefused(_("演示账号的密码是公开的，因此只在本机开放。如确需对外开放，请加 --allow-remote。"))
    stop_processes()  # what a killed demo left behind
    refuse_taken_port(arguments.host, arguments.port)
    _name_public_address(arguments)
    began = time.monotonic()
    print(_("启动数据库 …"), flush=True)
    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        prepare_static_files()
        print(_("载入示范城市 …"), flush=True)
        load_city(arguments.scale)
        supervisor = Supervisor(settings.HOME, _children(arguments), settings.PLACE.server())
        supervisor.run(lambda running: _greet(running, arguments, began))
    print(_("已全部停止。"), flush=True)


def _name_public_address(arguments: argparse.Namespace) -> None:
    """Let papers and notices of the demo lead to the port it listens on, unless a public address is given."""
    address = os.environ.setdefault("YILIAN_PUBLIC_URL", site_address(arguments.host, arguments.port).rstrip("/"))
    settings.PUBLIC_URL = address


def load_city(scale: int) -> None:
    """Load the demo city when this edition has one; the command itself knows what is there already."""
    if CITY in get_commands():
        call_command(CITY, scale=scale)


def _children(arguments: argparse.Namespace) -> list:
    environment = {"YILIAN_DEMO": "1"}
    if arguments.allow_remote:
        environment["YILIAN_HOSTS"] = os.environ.get("YILIAN_HOSTS", "*")
    children = [*web_children(arguments), worker_child()]
    for child in children:
        child.environment.update(environment)
        child.log_file = settings.HOME / "run" / f"{child.role}.log"
        child.log_file.unlink(missing_ok=True)
    return children


def _greet(supervisor: Supervisor, arguments: argparse.Namespace, began: float) -> None:
    address = site_address(arguments.host, arguments.port)
    _wait_for(f"{address}health/", supervisor)
    if supervisor.stopping:
        return
    print(_("\n医联已就绪（%.1f 秒）：%s\n") % (time.monotonic() - began, address))
    print(_("账号（密码均为 %s）：") % PASSWORD)
    for name, who in ACCOUNTS.items():
        print(f"  {name:<10} {who}")
    print(_("\n日志在 %s。按 Ctrl-C 停止。") % (settings.HOME / "run"), flush=True)


def _wait_for(address: str, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while not supervisor.stopping and not _answers(address):
        supervisor.look_after()
        if time.monotonic() > deadline:
            raise CommandRefused(_("网站没有在 %d 秒内就绪，请看日志：%s") % (START_PATIENCE, settings.HOME / "run"))
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own http address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
