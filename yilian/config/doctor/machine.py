"""What can be seen without the database: folder, disk, keys, programs, fonts and front-end files."""

import importlib.util
import os
import shutil
import stat
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yilian.config.doctor.finding import Finding, Findings, Grade, bad, good, note
from yilian.kernel.postgres.account import NoAccount
from yilian.kernel.postgres.binaries import NoBinaries, find_binaries, release
from yilian.kernel.postgres.postmaster import State
from yilian.kernel.sealing import digest_method, is_known_here

GIGABYTE = 1024**3


def look_at_folder() -> Findings:
    """The data folder is ours alone and can be written."""
    home = Path(settings.HOME)
    if not os.access(home, os.W_OK | os.X_OK):
        yield bad(_("数据目录 %s 不可写：请更正所有者，或设置 YILIAN_HOME。") % home)
    elif home.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) & ~(stat.S_IXGRP | stat.S_IXOTH):
        yield bad(_("数据目录 %s 可被他人读取：请运行 chmod 700。") % home)
    else:
        yield good(_("数据目录 %s 正常。") % home)
    if os.geteuid() == 0:
        yield note(_("正以 root 运行：正式使用请改用普通账号。"))


def look_at_disk() -> Findings:
    """There is room for data."""
    free = shutil.disk_usage(settings.HOME).free / GIGABYTE
    grade = Grade.BAD if free < 0.5 else Grade.NOTE if free < 5 else Grade.GOOD
    yield Finding(grade, _("磁盘剩余 %.1f GB。") % free)


def look_at_keys() -> Findings:
    """The secrets are given from outside, or lie in files only we may read."""
    for name in ("secret-key", "data-key"):
        variable, file = f"YILIAN_{name.upper().replace('-', '_')}", Path(settings.HOME) / name
        if os.environ.get(variable):
            yield good(_("密钥 %s 来自环境变量。") % variable)
        elif stat.S_IMODE(file.stat().st_mode) != 0o600:
            yield bad(_("密钥文件 %s 可被他人读取：请运行 chmod 600。") % file)
        else:
            yield note(_("密钥在文件 %s 中：请与数据库分开备份，丢失后加密的身份信息无法恢复。") % file)


def look_at_hash() -> Findings:
    """The hash that the first key asks for is one this machine can compute."""
    method = digest_method()
    if is_known_here(method):
        yield good(_("身份信息以 HMAC-%s 查找。") % method.upper())
    else:
        yield bad(_("密钥要求 %s，但本机的 OpenSSL 不支持：请改用支持国密的 OpenSSL。") % method.upper())


def look_at_reach() -> Findings:
    """Pages reach people encrypted."""
    if not settings.HTTPS:
        yield note(_("未启用 HTTPS：除本机试用外，请置于 HTTPS 代理之后并设置 YILIAN_HTTPS=1。"))
    if "*" in settings.ALLOWED_HOSTS:
        yield bad(_("YILIAN_HOSTS 含 *：请写明网站的域名。"))


def look_at_programs() -> Findings:
    """A database server is there to be started, or one is named."""
    server = settings.PLACE.server()
    if server is None:
        yield good(_("使用 DATABASE_URL 指定的数据库 %s。") % settings.PLACE.app.host)
        return
    try:
        folder = find_binaries()
        yield good(_("PostgreSQL %(version)s：%(folder)s") % {"version": release(folder), "folder": folder})
        if server.state() is not State.RUNNING:
            yield note(_("内置数据库没有运行：yilian demo、serve 或 worker 会启动它。"))
    except (NoBinaries, NoAccount) as error:
        yield bad(str(error))


def look_at_parts() -> Findings:
    """Fonts, front-end files and catalogues are in their places."""
    if not importlib.util.find_spec("pylopdf_fonts_zh_cn"):
        yield bad(_("缺少中文字体包 pylopdf-fonts-zh-cn，文书无法打印：请重新运行 make demo。"))
    needed = (*settings.VENDOR_FILES.values(), settings.ICON_SPRITE)
    missing = [source for source in needed if not (settings.VENDOR_ROOT / source).is_file()]
    if missing:
        yield bad(_("缺少前端文件 %s：请重新运行 make demo。") % _("、").join(missing))
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield note(_("静态文件尚未收集：yilian serve 启动时会自动收集。"))
    if not all(file.with_suffix(".mo").exists() for folder in settings.LOCALE_PATHS for file in folder.rglob("*.po")):
        yield note(_("英文界面尚未编译：运行任一 yilian 命令即可。"))
