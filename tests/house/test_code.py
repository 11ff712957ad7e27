"""Laws over the code itself: what may import what, how long a file may be, what a module may be called."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for path in (ROOT / "yilian").rglob("*.py") if "migrations" not in path.parts)
PLAIN = {"rules", "case_type", "flow", "rule", "regulation", "clocks"}
WRITERS = {"actions", "api", "pages", "tests", "demo", "engine", "effects"}


def imports_of(path: Path) -> set[str]:
    """Return the full names of everything a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_plain(path: Path) -> bool:
    """Rules, flows and tables of steps are plain Python."""
    return any(path.stem == name or path.stem.startswith(f"{name}_") for name in PLAIN) or "rules" in path.parent.name


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_a_module_says_what_it_is_for_and_stays_small(path: Path):
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "the first line says what the module is for"
    assert text.count("\n") <= 400, "split it by use case"
    assert path.stem not in {"utils", "helpers", "common", "misc", "base", "mixins"}


@pytest.mark.parametrize("path", [p for p in MODULES if "domains" in p.parts and is_plain(p)], ids=label)
def test_rules_and_tables_of_steps_do_not_touch_django(path: Path):
    allowed = ("django.utils.translation", "django.utils.functional")
    touched = {name for name in imports_of(path) if name.startswith("django.") and not name.startswith(allowed)}
    assert not touched


@pytest.mark.parametrize("path", [p for p in MODULES if {"domains", "reports"} & set(p.parts)], ids=label)
def test_only_writers_call_the_engine(path: Path):
    uses = {name for name in imports_of(path) if name.startswith("yilian.kernel.workflow.engine")}
    assert not uses or any(part.split("_")[0] in WRITERS for part in (*path.parts, path.stem))
