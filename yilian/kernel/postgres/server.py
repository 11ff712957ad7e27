"""One embedded PostgreSQL server in a private folder: made, started, watched and stopped.

It listens on a Unix socket only, asks for a random password (scram), and runs as a system account when started by root.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from psycopg import pq

from yilian.kernel.postgres.account import Account, server_account
from yilian.kernel.postgres.binaries import find_binaries, reachable_binaries, release
from yilian.kernel.postgres.postmaster import PidFile, State
from yilian.kernel.postgres.secret_file import kept_secret
from yilian.kernel.postgres.tuning import tuning

PORT = 5432  # only names the socket file: nothing listens on TCP
SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 103  # bytes that macOS allows, Linux some more
SETTINGS_FILE = "yilian.conf"
LARGEST_LOG = 20_000_000
PATIENCE_WITH_ZOMBIES = 2.0
IN_USE = ("is still in use", "already exists", "lock file")  # what a start says while orphaned backends finish


class ServerFailed(RuntimeError):
    """PostgreSQL could not be made, started or stopped; the message holds what it said."""


def socket_folder(folder: Path) -> Path:
    """Return where the socket of the server in this folder is: inside it, or in /tmp when that path is too long."""
    inside = folder / "socket"
    if len(bytes(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return inside
    # not the temporary folder of the user: on macOS that one is too long as well
    return Path("/tmp") / f"yilian-{hashlib.sha256(bytes(inside)).hexdigest()[:12]}"  # noqa: S108


class Server:
    """The server that lives in one folder. Making the object touches nothing; `start` does."""

    def __init__(
        self, folder: Path, *, settings: Mapping[str, str] | None = None, binaries: Path | None = None
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.sockets = socket_folder(folder)
        self.settings = {**tuning(), **(settings or {})}
        self._given_binaries = binaries
        self._pid_file = PidFile(self.data / "postmaster.pid")

    @cached_property
    def account(self) -> Account:
        """Whom the server runs as."""
        return server_account()

    @cached_property
    def binaries(self) -> Path:
        """The folder of programs, in a place the account can run them from."""
        return reachable_binaries(self._given_binaries or find_binaries(), self.account, self.folder)

    def password(self) -> str:
        """Return the superuser's password: for the launcher only."""
        return kept_secret(self.folder / "superuser-password")

    def state(self) -> State:
        """Return what the server is doing now."""
        return self._pid_file.state()

    def pid(self) -> int | None:
        """Return the process id of a server that runs, else None."""
        return self._pid_file.pid() if self.state() not in (State.STOPPED, State.ZOMBIE) else None

    def start(self, *, patience: float = 60) -> bool:
        """Make sure the server runs and takes connections; True when this call started it.

        Recovers after `kill -9`: waits for orphaned backends, then lets PostgreSQL replay its log. Raises ServerFailed.
        """
        deadline = time.monotonic() + patience
        self._make_folders()
        with self._alone():
            if self._settled(deadline) is State.RUNNING:
                return False
            self._initialise()
            self._write_settings()
            self._launch(deadline)
            return True

    def stop(self) -> None:
        """Stop the server, breaking off open connections; does nothing when it does not run. Raises ServerFailed."""
        if not self.data.is_dir():
            return
        with self._alone():
            for mode in ("fast", "immediate"):
                if self.pid() is None:
                    return
                said = self._run("pg_ctl", "-D", self.data, "-w", "-t", "30", "-m", mode, "stop")
            if self.pid() is not None:
                raise ServerFailed(f"PostgreSQL does not stop: {said.stdout}")

    def _make_folders(self) -> None:
        for folder in (self.folder, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), self.account.uid):
                raise ServerFailed(f"{folder} belongs to somebody else: remove it, or choose another YILIAN_HOME.")
            folder.chmod(0o700)
            self.account.own(folder)

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self.password()
        self.account.own(self.folder / "superuser-password")
        said = self._run(
            "initdb", "-D", self.data, "-U", SUPERUSER, "-E", "UTF8", *self._locale(), "--auth=scram-sha-256",
            f"--pwfile={self.folder / 'superuser-password'}", "--data-checksums",
        )  # fmt: skip
        if said.returncode:
            raise ServerFailed(f"PostgreSQL could not make its data folder {self.data}: {said.stdout}")

    def _locale(self) -> list[str]:
        """Sort by code point; know every letter: with the ctype C, trigram search would drop all Chinese."""
        ctype = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if release(self.binaries) >= 17 else []
        return [*provider, "--locale=C", f"--lc-ctype={ctype}"]

    def _write_settings(self) -> None:
        fixed = {"listen_addresses": "", "unix_socket_directories": str(self.sockets), "port": str(PORT)}
        lines = (f"{name} = '{value}'\n" for name, value in {**self.settings, **fixed}.items())
        ours, main = self.data / SETTINGS_FILE, self.data / "postgresql.conf"
        ours.write_text("".join(lines))
        self.account.own(ours)
        if f"include '{SETTINGS_FILE}'" not in main.read_text():
            with main.open("a") as file:
                file.write(f"include '{SETTINGS_FILE}'\n")

    def _launch(self, deadline: float) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        while True:
            begin = self.log.stat().st_size if self.log.exists() else 0
            seconds = str(max(1, int(deadline - time.monotonic())))
            said = self._run("pg_ctl", "-D", self.data, "-w", "-t", seconds, "-l", self.log, "start")
            if said.returncode == 0:
                return
            log = self._log_from(begin)
            if time.monotonic() > deadline or not any(words in log for words in IN_USE):
                raise ServerFailed(f"PostgreSQL does not start: {said.stdout}\n{log}")
            time.sleep(0.2)

    def _log_from(self, begin: int) -> str:
        if not self.log.exists():
            return ""
        with self.log.open(errors="replace") as file:
            file.seek(begin)
            return file.read()[-2000:]

    def _settled(self, deadline: float) -> State:
        """Wait until the server is either running or gone, and bury a zombie nobody collects."""
        began = time.monotonic()
        while (state := self.state()) is not State.STOPPED and not self._answers(state):
            if state is State.ZOMBIE and time.monotonic() - began > PATIENCE_WITH_ZOMBIES:
                self._pid_file.bury(self.sockets / f".s.PGSQL.{PORT}.lock")
            if time.monotonic() > deadline:
                raise ServerFailed(f"PostgreSQL in {self.folder} is {state.value} and does not come to rest.")
            time.sleep(0.05)
        return state

    def _answers(self, state: State) -> bool:
        """A server killed this instant may still look like a running process: ask it."""
        address = f"host='{self.sockets}' port={PORT}"
        return state is State.RUNNING and pq.PGconn.ping(address.encode()) == pq.Ping.OK

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload]
            [self.binaries / program, *arguments],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self.account.spawning(),
        )
