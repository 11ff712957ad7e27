"""One part of `bench.lake`, in a process of its own: prints one line of JSON."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from bench.lake.options import chosen_options
from bench.lake.spending import peak_mebibytes

PARTS = {
    "making": "making", "comparable": "counting", "additive": "counting", "library": "counting", "dirty": "dirt",
    "extract": "extracting", "rivals": "rivals", "spark": "sparks", "cockpit": "screens", "assessment": "screens",
}  # fmt: skip
"""Where each part is; it is the function of its own name."""


def main() -> None:
    part, folder, encounters, *rest = sys.argv[1:]
    chosen = chosen_options(None, rest)
    chosen.lake, chosen.home = Path(folder) / "lake", Path(folder) / "home"
    chosen.encounters = int(encounters)
    if part not in ("cockpit", "assessment"):  # these two open a city that was loaded by itself
        os.environ["YILIAN_HOME"] = str(chosen.home)
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
        django.setup()
    work: Callable[[Namespace], dict[str, Any]] = getattr(import_module(f"bench.lake.{PARTS[part]}"), part)
    found = work(chosen)
    print(json.dumps(found | {"peak_mebibytes": peak_mebibytes(), "load": os.getloadavg()[0]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
