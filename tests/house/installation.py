"""An installation of its own for tests that start, kill and stop its processes."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from yilian.config.home import ROOT
from yilian.config.process_record import Records
from yilian.kernel.postgres.place import find_place

PATIENCE = 90.0  # for slow machines; nothing waits that long on purpose
FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "YILIAN_POOL", "PORT")


class Installation:
    """A data folder of its own, and the commands that run on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.place = find_place(home, environ={})
        own = {"YILIAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tests.settings_of_processes", "LC_ALL": "zh_CN"}
        self.environment = {name: value for name, value in os.environ.items() if name not in FOREIGN} | own
        self.started: list[subprocess.Popen[bytes]] = []

    def yilian(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "yilian.config.cli", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.started.append(process)
        return process

    def serve(self) -> tuple[subprocess.Popen[bytes], str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        return self.yilian("serve", f"--port={port}", "--workers=1"), f"http://127.0.0.1:{port}/health/"

    def living(self) -> list:
        return [process for role in ("supervisor", "web", "worker") for process in Records(self.home).living(role)]

    def app(self) -> psycopg.Connection:
        return psycopg.connect(**self.place.app.for_psycopg(), autocommit=True)


@contextmanager
def installation():
    """Make an installation; whatever it still runs in the end is stopped by its own command."""
    home = Path(tempfile.mkdtemp(prefix="yilian-faults-"))
    home.chmod(0o711)
    made = Installation(home)
    try:
        yield made
    finally:
        made.yilian("stop").wait()
        for process in made.started:
            process.kill()
            process.communicate()
        shutil.rmtree(home)


class Load:
    """Visitors of pages and writers of rows, until the block ends; `answers` and `kept` are what they got."""

    def __init__(self, made: Installation, addresses: list[str]) -> None:
        self.made = made
        self.answers: list[tuple[int, str]] = []
        self.kept: list[int] = []
        self.numbers = count()
        self.over = threading.Event()
        visitors = [threading.Thread(target=self._visit, args=(address,)) for address in addresses * 4]
        self.threads = [*visitors, *(threading.Thread(target=self._write) for _ in range(2))]

    def __enter__(self) -> "Load":
        with psycopg.connect(**self.made.place.owner.for_psycopg(), autocommit=True) as owner:
            owner.execute("create table kept (id bigint primary key)")
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _visit(self, address: str) -> None:
        while not self.over.is_set():
            self.answers.append(status_of(address))

    def _write(self) -> None:
        while not self.over.is_set():
            try:
                with self.made.app() as connection:
                    while not self.over.is_set():
                        number = next(self.numbers)
                        connection.execute("insert into kept values (%s)", [number])
                        self.kept.append(number)
            except psycopg.Error:
                time.sleep(0.05)  # what was not acknowledged may be lost; the next number is tried


def wait_for(fact, what: str):
    """Wait until the fact holds and return it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := fact():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come about")


def status_of(address: str) -> tuple[int, str]:
    """Return status and text of a page; 0 and why while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError as error:
        return 0, repr(error)


def command_line(pid: int) -> bytes:
    """Return how a process was called."""
    return subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, check=True).stdout
