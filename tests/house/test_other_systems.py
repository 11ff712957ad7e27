"""What differs on macOS: no /proc, paths with spaces, an older shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from yilian.config import process_record
from yilian.config.home import ROOT


def test_a_process_is_born_at_one_moment_whoever_asks(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    told = set()
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        told.add(process_record.birth(os.getpid()))
    assert len(told) == 1
    assert "" not in told
    assert process_record.Process(os.getpid(), *told).lives()


def test_the_console_script_stands_a_path_with_spaces(monkeypatch, tmp_path):
    environment = tmp_path / "my projects" / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    python = environment / "bin" / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    python.chmod(0o755)
    for name, value in (("ENVIRONMENT", environment), ("PROGRAMS", environment / "bin"), ("PYTHON", python)):
        monkeypatch.setattr(bootstrap, name, value)
    bootstrap.link_checkout()
    script = environment / "bin" / "yilian"
    said = subprocess.run([script, "doctor", "two words"], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == [str(script), "doctor", "two words"]
    compile(script.read_text(), str(script), "exec")


@pytest.mark.parametrize("file", [".ci/run"])
def test_scripts_expand_no_array_that_may_be_empty(file):
    """The bash of macOS (3.2) calls an empty array unbound under `set -u`."""
    text = Path(ROOT, file).read_text()
    assert "set -uo" in text
    assert "rights[@]" not in text
    assert subprocess.run(["bash", "-n", ROOT / file], check=False).returncode == 0
