"""The data folder of this installation and the secrets kept in it."""

import os
from collections.abc import Mapping
from pathlib import Path

from yilian.kernel.postgres.secret_file import kept_secret, private_folder

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).resolve().parents[1]
IS_CHECKOUT = (ROOT / "pyproject.toml").is_file()


def part(beside: str, inside: str) -> Path:
    """Return a folder that lies beside the package in a checkout, and inside it where a wheel was installed."""
    return ROOT / beside if IS_CHECKOUT else PACKAGE / inside


def data_home(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for everything this installation keeps: YILIAN_HOME, else `var` in the checkout.

    A wheel has no checkout: without YILIAN_HOME it keeps everything in `.yilian` of the person's home.

    Root's folder may be passed through, not listed: its database server runs as another account inside it.
    """
    home = Path(environ.get("YILIAN_HOME") or (ROOT / "var" if IS_CHECKOUT else Path.home() / ".yilian")).absolute()
    return private_folder(home, 0o711 if os.geteuid() == 0 else 0o700)


def secret(name: str, home: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Return a secret from the environment (YILIAN_SECRET_KEY for "secret-key"), else the one kept in the folder."""
    return environ.get(f"YILIAN_{name.upper().replace('-', '_')}") or kept_secret(home / name)


def switch(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether an environment variable says yes."""
    return environ.get(name, "").strip().lower() in {"1", "yes", "true", "on"}
