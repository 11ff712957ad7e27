"""A wheel carries what the product reads at run time: every file of the package that is not Python, and its parts."""

import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest
import setuptools

from yilian.config.front_end import SITE_FILES, SPRITE
from yilian.config.home import ROOT


@pytest.fixture
def told(monkeypatch) -> dict[str, Any]:
    """What setup.py tells setuptools."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(setuptools, "setup", lambda **facts: kept.update(facts))
    runpy.run_path(str(ROOT / "setup.py"))
    return kept


def test_every_file_that_is_not_python_is_in_the_wheel(told):
    listed = subprocess.run(["git", "ls-files", "yilian"], cwd=ROOT, capture_output=True, text=True, check=True)
    wanted = {
        path for path in map(Path, listed.stdout.splitlines()) if path.suffix != ".py" and "tests" not in path.parts
    }
    package = ROOT / "yilian"
    carried = {path.relative_to(ROOT) for kind in told["package_data"]["yilian"] for path in package.glob(kind)}
    assert wanted
    assert not wanted - carried


def test_every_package_is_in_the_wheel_and_no_tests(told):
    listed = {".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "yilian").rglob("__init__.py")}
    product = {name for name in listed if "tests" not in name.split(".")}
    assert product <= set(told["packages"])
    assert not (listed - product) & set(told["packages"])


def test_catalogues_and_front_end_come_from_beside_the_package(told):
    folders = {name: ROOT / folder for name, folder in told["package_dir"].items()}
    assert list(folders["yilian.locale"].glob(told["package_data"]["yilian.locale"][0]))
    for file in (*SITE_FILES.values(), SPRITE):
        assert file in told["package_data"]["yilian.vendor"]
        assert (folders["yilian.vendor"] / file).is_file()
