"""Laws of the front end: old browsers, a strict content policy, small templates, icons that exist."""

import re
from pathlib import Path

import pytest

from yilian.kernel.pages.icons import icon

ROOT = Path(__file__).resolve().parents[2] / "yilian"
STYLES = sorted(ROOT.rglob("static/**/*.css"))
SCRIPTS = sorted(ROOT.rglob("static/**/*.js"))
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
NEWER_STYLE = re.compile(
    r":has\(|:is\(|:where\(|color-mix|oklch|light-dark|@container|@layer|@property|@scope|aspect-ratio|accent-color"
    r"|\binset\s*:|\d[ds]vh|content-visibility|text-wrap|overflow:\s*clip|scrollbar-gutter|&:|&\s*[.>]"
)
NEWER_SCRIPT = re.compile(r"\?\?=|\|\|=|&&=|\.replaceAll\(|\.at\(|structuredClone|\.inert\b|Object\.hasOwn")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", STYLES, ids=label)
def test_styles_use_only_what_chrome_80_knows(path):
    text = path.read_text()
    assert not NEWER_STYLE.search(text)
    for selector, body in RULE.findall(text):
        flexes = re.search(r"display:\s*(inline-)?flex", body)
        assert not (flexes and re.search(r"(^|[;\s])(row-|column-)?gap:", body)), f"{selector}: flex items have no gap"


@pytest.mark.parametrize("path", SCRIPTS, ids=label)
def test_scripts_use_only_what_chrome_80_knows(path):
    assert not NEWER_SCRIPT.search(path.read_text())


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=label)
def test_styles_and_scripts_stay_small(path):
    assert path.read_text().count("\n") <= 400, "split it by use case"


@pytest.mark.parametrize("path", TEMPLATES, ids=label)
def test_templates_are_small_and_hold_no_style_and_no_script(path):
    text = path.read_text()
    assert text.count("\n") <= 150
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=label)
def test_icons_exist(path):
    for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()):
        assert icon(name)
