"""`yilian doctor`: says in plain words what is missing or set wrong."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.config.doctor import examine
from yilian.config.doctor.engine import look_at_engine
from yilian.config.doctor.finding import Grade

NAME = "doctor"
HELP = gettext_lazy("检查本安装：缺什么，哪里设置不当")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is looked at besides the installation."""
    parser.add_argument("--engine", action="store_true", help=_("只检查指标计算引擎"))


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; the exit status is 1 when one of them is bad."""
    is_well = True
    for finding in look_at_engine() if arguments.engine else examine():
        print(f"{finding.grade.value} {finding.says}")
        is_well = is_well and finding.grade is not Grade.BAD
    print(_("没有发现问题。") if is_well else _("标 ✗ 的各项需要处理。"))
    return 0 if is_well else 1
