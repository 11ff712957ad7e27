"""The system account that runs PostgreSQL: PostgreSQL refuses root, so root hands over to an account without rights."""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LINUX_ACCOUNT = "yilian-postgres"
MACOS_ACCOUNT = "_postgres"  # exists on every macOS


class NoAccount(RuntimeError):
    """Root cannot hand the server over to an account without rights."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as; `switches` is False when that is already the present user."""

    uid: int
    gid: int
    switches: bool

    def spawning(self) -> dict[str, object]:
        """Return the arguments of `subprocess` that start a child as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switches else {}

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.switches:
            os.chown(path, self.uid, self.gid)

    def may_execute(self, path: Path) -> bool:
        """Tell whether this account reaches and may run a program (a venv below /root it may not)."""
        if not self.switches:
            return os.access(path, os.X_OK)
        return subprocess.run(["test", "-x", path], check=False, **self.spawning()).returncode == 0  # type: ignore[call-overload]


def server_account() -> Account:
    """Return the account for the server: the present user, or for root a system account that is made when missing.

    Raises NoAccount when root cannot make it.
    """
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), switches=False)
    entry = _system_account(MACOS_ACCOUNT if sys.platform == "darwin" else LINUX_ACCOUNT)
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switches=True)


def _system_account(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        said = _add_account(name)
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise NoAccount(
            f"PostgreSQL does not run as root and the system account {name} could not be made ({said}). "
            "Run this command as an ordinary user, or set DATABASE_URL."
        ) from None


def _add_account(name: str) -> str:
    program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        return "the program useradd is missing"
    arguments = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stderr.strip()
