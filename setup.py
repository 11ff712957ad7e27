"""What a wheel carries besides the code: templates and the like, and from beside the package catalogues and front end.

Everything else about the package stands in pyproject.toml.
"""

import runpy
import sys
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).resolve().parent
KINDS = ("css", "csv", "html", "js", "svg", "txt", "typ")
FRONT_END = runpy.run_path(str(HERE / "yilian" / "config" / "front_end.py"))

packages = [*find_packages(str(HERE), include=["yilian*"], exclude=["*.tests", "*.tests.*"]), "yilian.locale"]
if (HERE / "node_modules").is_dir():
    packages.append("yilian.vendor")
else:
    print(
        "No front-end files: run `python3 bootstrap.py` first, or the pages have neither style nor icons.",
        file=sys.stderr,
    )

setup(
    packages=packages,
    package_dir={"yilian.locale": "locale", "yilian.vendor": "node_modules"},
    package_data={
        "yilian": [f"**/*.{kind}" for kind in KINDS],
        "yilian.locale": ["*/LC_MESSAGES/*.po"],
        "yilian.vendor": [*FRONT_END["SITE_FILES"].values(), FRONT_END["SPRITE"]],
    },
)
